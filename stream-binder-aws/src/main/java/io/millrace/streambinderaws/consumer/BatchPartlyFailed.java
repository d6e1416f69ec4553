package io.millrace.streambinderaws.consumer;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by the handler of a batch to say which of its messages failed. The others are deleted;
 * each that failed comes back or goes to the dead-letter queue for its own reason.
 */
public final class BatchPartlyFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Map<Integer, Throwable> failures;

    private BatchPartlyFailed(Map<Integer, Throwable> failures) {
        super(
                "messages %s of the batch failed".formatted(failures.keySet()),
                failures.values().iterator().next());
        this.failures = failures;
    }

    /**
     * @param failures why each message failed, by its place in the batch, from 0
     */
    public static BatchPartlyFailed at(Map<Integer, ? extends Throwable> failures) {
        if (failures.isEmpty()) {
            throw new IllegalArgumentException("nothing failed; return instead of throwing");
        }
        return new BatchPartlyFailed(Map.copyOf(failures));
    }

    /** Why each message failed, by its place in the batch. */
    Map<Integer, Throwable> failures() {
        return failures;
    }

    static Optional<BatchPartlyFailed> in(Throwable thrown) {
        for (@Nullable Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof BatchPartlyFailed partly) {
                return Optional.of(partly);
            }
        }
        return Optional.empty();
    }
}
