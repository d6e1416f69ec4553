package io.millrace.errorhandler.aws;

import io.millrace.errorhandler.failure.TaskAnswers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.InvalidOutputException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;
import software.amazon.awssdk.services.sfn.model.ValidationException;
import tools.jackson.databind.JsonNode;

/** Answers through {@code SendTaskFailure} and {@code SendTaskSuccess}. */
public final class StepFunctionsAnswers implements TaskAnswers {

    private static final Logger log = LoggerFactory.getLogger(StepFunctionsAnswers.class);

    /** Step Functions API reference, SendTaskFailure: error and cause. */
    private static final int MAX_ERROR = 256;

    private static final int MAX_CAUSE = 32_768;

    private static final String INVALID_OUTPUT = "Millrace.InvalidOutput";

    private final SfnClient stepFunctions;

    public StepFunctionsAnswers(SfnClient stepFunctions) {
        this.stepFunctions = stepFunctions;
    }

    @Override
    public boolean fail(String taskToken, String error, String cause) {
        return taken(() ->
                stepFunctions.sendTaskFailure(request ->
                        request.taskToken(taskToken)
                                .error(cut(error, MAX_ERROR))
                                .cause(cut(cause, MAX_CAUSE))));
    }

    @Override
    public boolean succeed(String taskToken, JsonNode output) {
        try {
            return taken(() ->
                    stepFunctions.sendTaskSuccess(
                            request -> request.taskToken(taskToken).output(output.toString())));
        } catch (InvalidOutputException e) {
            return fail(taskToken, INVALID_OUTPUT, String.valueOf(e.getMessage()));
        }
    }

    /** Any other exception is not about the task: the message comes back and it is tried again. */
    private static boolean taken(Runnable answer) {
        try {
            answer.run();
            return true;
        } catch (TaskTimedOutException
                | TaskDoesNotExistException
                | InvalidTokenException
                | ValidationException e) {
            log.info("no execution waits for the failed task any more: {}", e.getMessage());
            return false;
        }
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
