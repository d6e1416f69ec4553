package io.millrace.orchestrator.api;

/** A request is refused, with the type and message that AWS has for it. */
final class ApiError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String type;

    private ApiError(String type, String message) {
        super(message, null, false, false);
        this.type = type;
    }

    static ApiError validation(String message) {
        return new ApiError("ValidationException", message);
    }

    static ApiError unknownOperation(String target) {
        return new ApiError(
                "UnknownOperationException", "The operation '%s' is not known".formatted(target));
    }

    /** The operation is for the other type of workflow. */
    static ApiError unsupportedType() {
        return new ApiError(
                "StateMachineTypeNotSupported",
                "This operation is not supported by this type of state machine");
    }

    static ApiError invalidLogging(String message) {
        return new ApiError("InvalidLoggingConfiguration", message);
    }

    static ApiError invalidEncryption(String message) {
        return new ApiError("InvalidEncryptionConfiguration", message);
    }

    /** The ARN is one, but of something that the operation is not for. */
    static ApiError invalidArnType(String type) {
        return new ApiError(
                "InvalidArn",
                "Invalid Arn: 'Resource type not valid in this context: %s'".formatted(type));
    }

    static ApiError serialization(String message) {
        return new ApiError("SerializationException", message);
    }

    static ApiError invalidName(String name) {
        return new ApiError("InvalidName", "Invalid Name: '%s'".formatted(name));
    }

    static ApiError invalidArn(String arn) {
        return new ApiError("InvalidArn", "Invalid Arn: 'Invalid ARN prefix: %s'".formatted(arn));
    }

    static ApiError invalidDefinition(String problems) {
        return new ApiError(
                "InvalidDefinition", "Invalid State Machine Definition: '%s'".formatted(problems));
    }

    /** TestState's own message about a definition stands alone. */
    static ApiError untestable(String message) {
        return new ApiError("InvalidDefinition", message);
    }

    static ApiError invalidInput(String reason) {
        return new ApiError(
                "InvalidExecutionInput",
                "Invalid State Machine Execution Input: '%s'".formatted(reason));
    }

    static ApiError invalidOutput(String reason) {
        return new ApiError("InvalidOutput", "Invalid Output: '%s'".formatted(reason));
    }

    static ApiError invalidToken() {
        return new ApiError("InvalidToken", "Invalid Token: 'Invalid token'");
    }

    static ApiError taskTimedOut() {
        return new ApiError(
                "TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");
    }

    static ApiError taskDoesNotExist() {
        return new ApiError("TaskDoesNotExist", "Task Does Not Exist: 'Task does not exist'");
    }

    static ApiError stateMachineDoesNotExist(String arn) {
        return new ApiError(
                "StateMachineDoesNotExist", "State Machine Does Not Exist: '%s'".formatted(arn));
    }

    static ApiError stateMachineAlreadyExists(String arn) {
        return new ApiError(
                "StateMachineAlreadyExists", "State Machine Already Exists: '%s'".formatted(arn));
    }

    static ApiError executionDoesNotExist(String arn) {
        return new ApiError(
                "ExecutionDoesNotExist", "Execution Does Not Exist: '%s'".formatted(arn));
    }

    static ApiError executionNotRedrivable(String reason) {
        return new ApiError(
                "ExecutionNotRedrivable", "Execution Not Redrivable: '%s'".formatted(reason));
    }

    static ApiError executionAlreadyExists(String arn) {
        return new ApiError(
                "ExecutionAlreadyExists", "Execution Already Exists: '%s'".formatted(arn));
    }

    static ApiError missingUpdate() {
        return new ApiError(
                "MissingRequiredParameter",
                "Either the definition, the role ARN, or the logging configuration must be specified");
    }

    static ApiError activityDoesNotExist(String arn) {
        return new ApiError("ActivityDoesNotExist", "Activity Does Not Exist: '%s'".formatted(arn));
    }

    static ApiError activityLimitExceeded(long most) {
        return new ApiError(
                "ActivityLimitExceeded",
                "Activity Limit Exceeded: 'There may be %d activities at most'".formatted(most));
    }

    static ApiError stateMachineLimitExceeded(long most) {
        return new ApiError(
                "StateMachineLimitExceeded",
                "State Machine Limit Exceeded: 'There may be %d state machines at most'"
                        .formatted(most));
    }

    static ApiError activityWorkerLimitExceeded(String reason) {
        return new ApiError(
                "ActivityWorkerLimitExceeded",
                "Activity Worker Limit Exceeded: '%s'".formatted(reason));
    }

    /** A version, an alias or something that is tagged. */
    static ApiError resourceNotFound(String arn) {
        return new ApiError("ResourceNotFound", "Resource not found: '%s'".formatted(arn));
    }

    static ApiError conflict(String message) {
        return new ApiError("ConflictException", message);
    }

    static ApiError quotaExceeded(String message) {
        return new ApiError("ServiceQuotaExceededException", message);
    }

    static ApiError tooManyTags(String arn) {
        return new ApiError(
                "TooManyTags", "Too Many Tags: '%s' may have 50 of them".formatted(arn));
    }

    static ApiError invalidPage() {
        return new ApiError("InvalidToken", "Invalid Token: 'Invalid token'");
    }

    /** The {@code __type}. */
    String type() {
        return type;
    }
}
