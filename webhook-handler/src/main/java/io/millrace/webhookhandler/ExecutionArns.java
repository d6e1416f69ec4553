package io.millrace.webhookhandler;

/**
 * Computes the ARN that an execution has or will have (Step Functions, "Amazon States Language
 * ARNs").
 *
 * @param region the region
 * @param account the account
 * @param stateMachine the state machine's name
 */
record ExecutionArns(String region, String account, String stateMachine) {

    String of(String executionName) {
        return "arn:aws:states:%s:%s:execution:%s:%s"
                .formatted(region, account, stateMachine, executionName);
    }
}
