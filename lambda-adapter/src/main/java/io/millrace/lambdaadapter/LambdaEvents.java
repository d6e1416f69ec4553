package io.millrace.lambdaadapter;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.springframework.cloud.function.adapter.aws.AWSLambdaUtils;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds the trigger that takes an event, and waits for what it leaves to other threads. */
final class LambdaEvents {

    /** What is left for the answer itself. */
    private static final Duration FOR_THE_ANSWER = Duration.ofMillis(500);

    private static final int SHOWN = 200;

    private final List<LambdaTrigger> triggers;
    private final List<BeforeFreeze> unfinished;
    private final JsonMapper json;

    LambdaEvents(List<LambdaTrigger> triggers, List<BeforeFreeze> unfinished, JsonMapper json) {
        this.triggers = triggers;
        this.unfinished = unfinished;
        this.json = json;
    }

    Message<byte[]> handle(Message<InputStream> invocation) {
        var event = json.readTree(invocation.getPayload());
        var deadline = deadline(invocation);
        return MessageBuilder.withPayload(json.writeValueAsBytes(answer(event, deadline))).build();
    }

    private Object answer(JsonNode event, Deadline deadline) {
        try {
            return trigger(event).handle(event, deadline);
        } finally {
            unfinished.forEach(each -> each.await(deadline));
        }
    }

    private LambdaTrigger trigger(JsonNode event) {
        return triggers.stream()
                .filter(each -> each.takes(event))
                .findFirst()
                .orElseThrow(() -> {
                    var text = event.toString();
                    return new IllegalArgumentException(
                            "this function is not for such events; check its event sources in the template: "
                                    + text.substring(0, Math.min(text.length(), SHOWN)));
                });
    }

    private static Deadline deadline(Message<?> invocation) {
        var context = invocation.getHeaders().get(AWSLambdaUtils.AWS_CONTEXT, Context.class);
        if (context == null) {
            throw new IllegalStateException("the invocation has no Lambda context");
        }
        return () -> Duration.ofMillis(context.getRemainingTimeInMillis()).minus(FOR_THE_ANSWER);
    }
}
