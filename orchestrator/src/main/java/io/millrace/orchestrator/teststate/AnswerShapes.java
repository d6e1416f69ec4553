package io.millrace.orchestrator.teststate;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What the answers of tasks look like. */
public interface AnswerShapes {

    /**
     * What is wrong with an answer.
     *
     * @param resource the task's
     * @param strict whether all that has to be there must be
     */
    Optional<String> problem(String resource, JsonNode answer, boolean strict);
}
