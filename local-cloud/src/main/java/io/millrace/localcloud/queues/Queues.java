package io.millrace.localcloud.queues;

import io.millrace.localcloud.aws.AwsError;
import io.millrace.localcloud.aws.AwsPlace;
import io.millrace.localcloud.front.LoopbackClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.util.component.LifeCycle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the other parts do with queues, said in SQS's JSON protocol. */
public final class Queues implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String JSON_TYPE = "application/x-amz-json-1.0";
    private static final int BATCH = 10;
    private static final int BATCH_BYTES = 256 * 1024;

    private final URI server;
    private final HttpClient http;

    Queues(URI server) {
        this.server = server;
        http = LoopbackClient.named("to-queues");
        LifeCycle.start(http);
    }

    /** The names of all queues. */
    public Set<String> names() {
        var names = new HashSet<String>();
        call("ListQueues", JSON.createObjectNode())
                .path("QueueUrls")
                .forEach(url -> names.add(url.asString().replaceFirst(".*/", "")));
        return names;
    }

    /** Whether a queue of that ARN is here. */
    public boolean exists(String arn) {
        return arn.equals(AwsPlace.arn("sqs", AwsPlace.nameIn(arn)))
                && names().contains(AwsPlace.nameIn(arn));
    }

    /** Creates a queue; attributes as CreateQueue takes them. */
    public void create(String name, Map<String, String> attributes, Map<String, String> tags) {
        var request = JSON.createObjectNode().put("QueueName", name);
        attributes.forEach(request.putObject("Attributes")::put);
        if (!tags.isEmpty()) {
            tags.forEach(request.putObject("tags")::put);
        }
        call("CreateQueue", request);
    }

    /**
     * Puts a message into the queue of that ARN.
     *
     * @throws AwsError if the queue is gone or refuses the message
     */
    public void send(String arn, QueueMessage message) {
        call("SendMessage", entry(message).put("QueueUrl", url(arn)));
    }

    /**
     * Puts messages into the queue of that ARN, ten at a time; the answer is those it refuses.
     *
     * @throws AwsError if the queue is gone
     */
    public List<QueueMessage> send(String arn, List<QueueMessage> messages) {
        var refused = new ArrayList<QueueMessage>();
        var batch = new ArrayList<QueueMessage>();
        var bytes = 0;
        for (var message : messages) {
            if (batch.size() == BATCH || bytes + message.bytes() > BATCH_BYTES) {
                refused.addAll(sendBatch(arn, batch));
                batch.clear();
                bytes = 0;
            }
            batch.add(message);
            bytes += message.bytes();
        }
        refused.addAll(sendBatch(arn, batch));
        return refused;
    }

    private List<QueueMessage> sendBatch(String arn, List<QueueMessage> messages) {
        if (messages.isEmpty()) {
            return List.of();
        }
        var request = JSON.createObjectNode().put("QueueUrl", url(arn));
        var entries = request.putArray("Entries");
        for (var message : messages) {
            entries.add(entry(message).put("Id", String.valueOf(entries.size())));
        }
        return call("SendMessageBatch", request)
                .path("Failed")
                .valueStream()
                .map(failed -> messages.get(Integer.parseInt(failed.path("Id").asString())))
                .toList();
    }

    private static ObjectNode entry(QueueMessage message) {
        var entry = JSON.createObjectNode().put("MessageBody", message.body());
        message.group().ifPresent(group -> entry.put("MessageGroupId", group));
        message.deduplication().ifPresent(id -> entry.put("MessageDeduplicationId", id));
        if (!message.attributes().isEmpty()) {
            var attributes = entry.putObject("MessageAttributes");
            message.attributes()
                    .forEach((name, attribute) ->
                            attributes
                                    .putObject(name)
                                    .put("DataType", attribute.type())
                                    .put(
                                            attribute.isBinary() ? "BinaryValue" : "StringValue",
                                            attribute.value()));
        }
        return entry;
    }

    private String url(String arn) {
        return server + "/" + AwsPlace.ACCOUNT + "/" + AwsPlace.nameIn(arn);
    }

    private JsonNode call(String action, ObjectNode body) {
        try {
            var response =
                    http.POST(server.resolve("/"))
                            .headers(headers -> headers.put("X-Amz-Target", "AmazonSQS." + action))
                            .body(new StringRequestContent(JSON_TYPE, body.toString()))
                            .send();
            var text = response.getContentAsString();
            var answer = text.isBlank() ? JSON.createObjectNode() : JSON.readTree(text);
            if (response.getStatus() >= 400) {
                var type = answer.path("__type").asString("InternalFailure");
                throw AwsError.of(
                        response.getStatus(),
                        type.substring(type.indexOf('#') + 1),
                        answer.path("message").asString(text));
            }
            return answer;
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("ElasticMQ does not answer " + action, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during " + action, e);
        }
    }

    @Override
    public void close() {
        LifeCycle.stop(http);
    }
}
