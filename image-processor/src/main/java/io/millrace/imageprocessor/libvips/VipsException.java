package io.millrace.imageprocessor.libvips;

/** What libvips says that it cannot do. */
public final class VipsException extends RuntimeException {

    private VipsException(String message) {
        super(message);
    }

    static VipsException of(String operation, String said) {
        // A line per cause, the last being the latest; what came before may be of something else.
        var causes = said.strip().lines().distinct().toList();
        return new VipsException(causes.isEmpty() ? operation + " failed" : causes.getLast());
    }
}
