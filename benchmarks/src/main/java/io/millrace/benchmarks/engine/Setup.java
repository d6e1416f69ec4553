package io.millrace.benchmarks.engine;

import java.net.URI;
import tools.jackson.databind.json.JsonMapper;

/** Makes state machines and queues, each new. */
record Setup(URI states, URI sqs) {

    String stateMachine(String definition, String type) {
        try (var connection = AwsConnection.states(states)) {
            return connection
                    .call(
                            "AWSStepFunctions.CreateStateMachine",
                            JsonMapper.shared()
                                    .createObjectNode()
                                    .put("name", "figures-" + System.nanoTime())
                                    .put("definition", definition)
                                    .put("roleArn", "arn:aws:iam::000000000000:role/figures")
                                    .put("type", type))
                    .required("stateMachineArn")
                    .stringValue();
        }
    }

    /** The URL of a queue. */
    String queue() {
        try (var connection = AwsConnection.sqs(sqs)) {
            return connection
                    .call(
                            "AmazonSQS.CreateQueue",
                            JsonMapper.shared()
                                    .createObjectNode()
                                    .put("QueueName", "figures-" + System.nanoTime()))
                    .required("QueueUrl")
                    .stringValue();
        }
    }
}
