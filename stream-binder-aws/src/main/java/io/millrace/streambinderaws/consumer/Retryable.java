package io.millrace.streambinderaws.consumer;

import io.millrace.streambinderaws.properties.AwsConsumerProperties;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.stream.binder.ExtendedConsumerProperties;
import org.springframework.messaging.MessagingException;

/** Decides by its exception whether a message may come back. */
final class Retryable {

    private static final Set<String> WRAPPERS =
            Set.of(
                    "ListenerExecutionFailedException",
                    "AsyncAdapterBlockingExecutionFailedException");

    private final List<Class<? extends Throwable>> never;
    private final Map<Class<? extends Throwable>, Boolean> byClass;
    private final boolean byDefault;

    Retryable(ExtendedConsumerProperties<AwsConsumerProperties> properties) {
        this.never = properties.getExtension().getDeadLetterOn();
        this.byClass = properties.getRetryableExceptions();
        this.byDefault = properties.isDefaultRetryable();
    }

    boolean test(Throwable failure) {
        for (@Nullable Throwable each = failure; each != null; each = each.getCause()) {
            var thrown = each;
            if (never.stream().anyMatch(type -> type.isInstance(thrown))) {
                return false;
            }
            for (@Nullable Class<?> type = each.getClass();
                    type != null;
                    type = type.getSuperclass()) {
                var decided = byClass.get(type);
                if (decided != null) {
                    return decided;
                }
            }
        }
        return byDefault;
    }

    /** The exception of the handler, without what frameworks wrapped around it on its way. */
    static Throwable handlers(Throwable failure) {
        var cause = failure.getCause();
        return cause != null && isWrapper(failure) ? handlers(cause) : failure;
    }

    private static boolean isWrapper(Throwable failure) {
        return failure instanceof MessagingException
                || failure instanceof CompletionException
                || failure instanceof ExecutionException
                || WRAPPERS.contains(failure.getClass().getSimpleName());
    }
}
