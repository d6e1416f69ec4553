package io.millrace.lambdaadapter;

import tools.jackson.databind.JsonNode;

/** Takes one kind of event that AWS invokes functions with. */
public interface LambdaTrigger {

    /** Whether an event is of this kind. */
    boolean takes(JsonNode event);

    /**
     * Does what the event asks for.
     *
     * @param deadline when AWS gives up on this invocation
     * @return what AWS is answered, written as JSON
     * @throws RuntimeException if AWS is to deliver the event again
     */
    Object handle(JsonNode event, Deadline deadline);
}
