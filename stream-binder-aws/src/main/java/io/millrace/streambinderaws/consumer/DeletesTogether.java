package io.millrace.streambinderaws.consumer;

import io.awspring.cloud.sqs.listener.SqsContainerOptions;
import io.awspring.cloud.sqs.listener.StandardSqsComponentFactory;
import io.awspring.cloud.sqs.listener.acknowledgement.AcknowledgementCallback;
import io.awspring.cloud.sqs.listener.acknowledgement.handler.AcknowledgementHandler;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.messaging.Message;

/**
 * Has a container of a standard queue delete through {@link Deletes} what was handled, without
 * waiting for it: a message that is being deleted is no longer work. In a FIFO queue the next
 * message of a group waits for the delete, so there the container's own way is right.
 */
final class DeletesTogether extends StandardSqsComponentFactory<byte[]> {

    private final Deletes deletes;

    DeletesTogether(Deletes deletes) {
        this.deletes = deletes;
    }

    @Override
    public AcknowledgementHandler<byte[]> createAcknowledgementHandler(
            SqsContainerOptions options) {
        return new OnSuccess();
    }

    private final class OnSuccess implements AcknowledgementHandler<byte[]> {

        @Override
        public CompletableFuture<Void> onSuccess(
                Message<byte[]> message, AcknowledgementCallback<byte[]> callback) {
            return onSuccess(List.of(message), callback);
        }

        @Override
        public CompletableFuture<Void> onSuccess(
                Collection<Message<byte[]>> messages, AcknowledgementCallback<byte[]> callback) {
            messages.forEach(message -> deletes.add(SqsMessages.receipt(message)));
            return CompletableFuture.completedFuture(null);
        }
    }
}
