package io.millrace.localcloud;

import static io.millrace.localcloud.SharedCloud.clients;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A queue of one test's own. */
record TestQueue(String name, String url) {

    static TestQueue create() {
        return create(Map.of(), "");
    }

    static TestQueue create(Map<QueueAttributeName, String> attributes, String suffix) {
        var name = "test-" + UUID.randomUUID() + suffix;
        return new TestQueue(
                name,
                clients()
                        .sqs()
                        .createQueue(request -> request.queueName(name).attributes(attributes))
                        .queueUrl());
    }

    String arn() {
        return "arn:aws:sqs:us-east-1:000000000000:" + name;
    }

    /** Receives and deletes all that is there now or within so many seconds. */
    List<Message> receive(int seconds) {
        var all = new ArrayList<Message>();
        for (var more = poll(seconds); !more.isEmpty(); more = poll(0)) {
            all.addAll(more);
        }
        return all;
    }

    Message receiveOne() {
        var messages = receive(10);
        assertThat(messages).hasSize(1);
        return messages.getFirst();
    }

    private List<Message> poll(int seconds) {
        var messages =
                clients()
                        .sqs()
                        .receiveMessage(request ->
                                request.queueUrl(url)
                                        .maxNumberOfMessages(10)
                                        .waitTimeSeconds(seconds)
                                        .messageAttributeNames("All"))
                        .messages();
        messages.forEach(message ->
                clients()
                        .sqs()
                        .deleteMessage(request ->
                                request.queueUrl(url).receiptHandle(message.receiptHandle())));
        return messages;
    }
}
