package io.millrace.transformload.mapping;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A payload that its mapping does not apply to: trying it again changes nothing. */
public final class MappingFailed extends RuntimeException {

    private MappingFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static MappingFailed noMapping(String kind, Collection<String> known) {
        return new MappingFailed(
                "there is no mapping for '%s'; there are mappings for %s; millrace.transform-load.mappings.%s sets one"
                        .formatted(kind, known, kind),
                null);
    }

    static MappingFailed noObject(String kind, String result) {
        return new MappingFailed(
                "the mapping of '%s' has to give an object, but gives %s".formatted(kind, result),
                null);
    }

    static MappingFailed failed(String kind, Throwable cause) {
        var reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new MappingFailed("the mapping of '%s': %s".formatted(kind, reason), cause);
    }
}
