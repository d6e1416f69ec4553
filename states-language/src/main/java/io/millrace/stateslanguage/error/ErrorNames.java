package io.millrace.stateslanguage.error;

/** The error names that the language itself gives (ASL, "Appendix A: Predefined Error Codes"). */
public final class ErrorNames {

    /** Matches every error but those that nothing can handle. */
    public static final String ALL = "States.ALL";

    /** A state, or the execution, took longer than it may. */
    public static final String TIMEOUT = "States.Timeout";

    /** A task sent no heartbeat for longer than it may. */
    public static final String HEARTBEAT_TIMEOUT = "States.HeartbeatTimeout";

    /** Matches every error but a timeout. */
    public static final String TASK_FAILED = "States.TaskFailed";

    public static final String PERMISSIONS = "States.Permissions";
    public static final String RESULT_PATH_MATCH_FAILURE = "States.ResultPathMatchFailure";
    public static final String PARAMETER_PATH_FAILURE = "States.ParameterPathFailure";
    public static final String BRANCH_FAILED = "States.BranchFailed";
    public static final String NO_CHOICE_MATCHED = "States.NoChoiceMatched";
    public static final String INTRINSIC_FAILURE = "States.IntrinsicFailure";

    /** The execution cannot go on; no Retry and no Catch handles it. */
    public static final String RUNTIME = "States.Runtime";

    /** A payload is larger than the service allows; no Retry and no Catch handles it. */
    public static final String DATA_LIMIT_EXCEEDED = "States.DataLimitExceeded";

    public static final String EXCEED_TOLERATED_FAILURE_THRESHOLD =
            "States.ExceedToleratedFailureThreshold";
    public static final String ITEM_READER_FAILED = "States.ItemReaderFailed";
    public static final String RESULT_WRITER_FAILED = "States.ResultWriterFailed";
    public static final String QUERY_EVALUATION_ERROR = "States.QueryEvaluationError";

    private ErrorNames() {}
}
