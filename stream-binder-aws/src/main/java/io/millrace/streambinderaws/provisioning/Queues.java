package io.millrace.streambinderaws.provisioning;

import io.millrace.streambinderaws.properties.AwsConsumerProperties;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** Looks up and creates SQS queues. */
final class Queues {

    private final SqsAsyncClient sqs;

    Queues(SqsAsyncClient sqs) {
        this.sqs = sqs;
    }

    Optional<String> url(String name) {
        try {
            return Optional.of(
                    sqs.getQueueUrl(request -> request.queueName(name)).join().queueUrl());
        } catch (CompletionException e) {
            if (e.getCause() instanceof QueueDoesNotExistException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private String create(String name, Map<QueueAttributeName, String> attributes) {
        var all = new HashMap<>(attributes);
        if (QueueNames.isFifo(name)) {
            all.put(QueueAttributeName.FIFO_QUEUE, "true");
            all.put(QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true");
        }
        return sqs.createQueue(request -> request.queueName(name).attributes(all))
                .join()
                .queueUrl();
    }

    /**
     * Creates the queue if it is not there, with a dead-letter queue if the binding asks for one.
     */
    String findOrCreate(String name, @Nullable AwsConsumerProperties consumer) {
        return url(name)
                .orElseGet(() ->
                        create(name, consumer == null ? Map.of() : attributes(name, consumer)));
    }

    private Map<QueueAttributeName, String> attributes(
            String name, AwsConsumerProperties consumer) {
        var attributes = new HashMap<QueueAttributeName, String>();
        var visibility = consumer.getVisibilityTimeout();
        if (visibility != null) {
            attributes.put(
                    QueueAttributeName.VISIBILITY_TIMEOUT, String.valueOf(visibility.toSeconds()));
        }
        if (consumer.isAutoBindDlq() && !QueueNames.isAnonymous(name)) {
            attributes.put(QueueAttributeName.REDRIVE_POLICY, redrive(name, consumer));
        }
        return attributes;
    }

    private String redrive(String name, AwsConsumerProperties consumer) {
        var set = consumer.getDeadLetterQueueName();
        var deadLetters = set == null ? QueueNames.ofDeadLetters(name) : set;
        var url = url(deadLetters).orElseGet(() -> create(deadLetters, Map.of()));
        return RedrivePolicy.write(arn(url), consumer.getMaxReceiveCount());
    }

    String arn(String url) {
        return attributes(url, QueueAttributeName.QUEUE_ARN)
                .getOrDefault(QueueAttributeName.QUEUE_ARN, "");
    }

    Map<QueueAttributeName, String> attributes(String url, QueueAttributeName... names) {
        return sqs.getQueueAttributes(request -> request.queueUrl(url).attributeNames(names))
                .join()
                .attributes();
    }

    CompletableFuture<QueueDepth> depth(String name) {
        return sqs.getQueueUrl(request -> request.queueName(name))
                .thenCompose(found ->
                        sqs.getQueueAttributes(request ->
                                request.queueUrl(found.queueUrl())
                                        .attributeNames(QueueDepth.ATTRIBUTES)))
                .thenApply(response -> QueueDepth.of(response.attributes()));
    }

    void allowTopic(String url, String queueArn, String topicArn) {
        var policy =
                """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                "Principal":{"Service":"sns.amazonaws.com"},"Action":"sqs:SendMessage",
                "Resource":"%s","Condition":{"ArnEquals":{"aws:SourceArn":"%s"}}}]}
                """
                        .formatted(queueArn, topicArn);
        sqs.setQueueAttributes(request ->
                        request.queueUrl(url).attributes(Map.of(QueueAttributeName.POLICY, policy)))
                .join();
    }

    void delete(String name) {
        url(name).ifPresent(url -> sqs.deleteQueue(request -> request.queueUrl(url)).join());
    }
}
