package io.millrace.benchmarks.engine;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The definitions that are measured. */
final class Machines {

    /** What one execution of {@link #passes} moves through, start and end counted in. */
    static final int PASSES = 10;

    private Machines() {}

    /** Ten Pass states, one after the other. */
    static String passes() {
        return IntStream.rangeClosed(1, PASSES)
                .mapToObj(number ->
                        "\"P%d\":{\"Type\":\"Pass\",%s}"
                                .formatted(
                                        number,
                                        number == PASSES
                                                ? "\"End\":true"
                                                : "\"Next\":\"P%d\"".formatted(number + 1)))
                .collect(Collectors.joining(",", "{\"StartAt\":\"P1\",\"States\":{", "}}"));
    }

    /** One task that SQS carries and whose worker answers with the token. */
    static String callback(String queueUrl) {
        return "{\"StartAt\":\"Ask\",\"States\":{\"Ask\":{\"Type\":\"Task\","
                + "\"Resource\":\"arn:aws:states:::sqs:sendMessage.waitForTaskToken\","
                + "\"Parameters\":{\"QueueUrl\":\"%s\",\"MessageBody\":{\"token.$\":\"$$.Task.Token\"}},"
                        .formatted(queueUrl)
                + "\"End\":true}}}";
    }

    /** A wait that nobody sees the end of. */
    static String wait(int seconds) {
        return "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":%d,\"End\":true}}}"
                .formatted(seconds);
    }
}
