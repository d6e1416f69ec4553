package io.millrace.events;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A {@code traceparent} value (W3C Trace Context, level 1, section 3.2).
 *
 * @param value the header's value
 */
public record TraceParent(String value) {

    /** The name of the header and of the CloudEvents extension attribute. */
    public static final String NAME = "traceparent";

    private static final Pattern FORM =
            Pattern.compile("[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    public TraceParent {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("%s is no traceparent".formatted(value));
        }
    }

    /** The value if it has the right form; the specification asks to ignore any other. */
    public static Optional<TraceParent> parse(String value) {
        return FORM.matcher(value).matches()
                ? Optional.of(new TraceParent(value))
                : Optional.empty();
    }

    /** The id that all spans of the trace share. */
    public String traceId() {
        return value.substring(3, 35);
    }

    /** The id of the span that whatever bears this belongs to. */
    public String spanId() {
        return value.substring(36, 52);
    }

    /** Two hexadecimal digits; {@code 01} if the trace is sampled. */
    public String flags() {
        return value.substring(53);
    }

    /** Whether whoever made it may have recorded the trace: the last bit of the flags. */
    public boolean sampled() {
        return (Integer.parseInt(flags(), 16) & 1) == 1;
    }
}
