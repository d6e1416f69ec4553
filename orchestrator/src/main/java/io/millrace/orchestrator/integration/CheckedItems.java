package io.millrace.orchestrator.integration;

import io.millrace.orchestrator.execution.MapItem;
import io.millrace.stateslanguage.error.EvaluationFailure;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import tools.jackson.core.JacksonException;

/** Items of which each may turn out not to be readable: that ends the map run, not the process. */
final class CheckedItems implements Iterator<MapItem> {

    private static final int SERVER_ERRORS = 500;

    private final Iterator<MapItem> items;

    CheckedItems(Iterator<MapItem> items) {
        this.items = items;
    }

    @Override
    public boolean hasNext() {
        return checked(items::hasNext);
    }

    @Override
    public MapItem next() {
        return checked(items::next);
    }

    /**
     * @throws EvaluationFailure States.ItemReaderFailed, if trying again would not help
     */
    static <T> T checked(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (JacksonException | UncheckedIOException | IllegalStateException e) {
            throw S3Items.failed(String.valueOf(e.getMessage()));
        } catch (S3Exception e) {
            if (e.statusCode() >= SERVER_ERRORS) {
                throw e;
            }
            throw S3Items.failed(String.valueOf(e.getMessage()));
        }
    }
}
