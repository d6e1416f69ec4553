package io.millrace.batchjob.lines;

/** An object that cannot be read as what it says it is: trying it again changes nothing. */
public final class UnreadableObject extends RuntimeException {

    private UnreadableObject(String message) {
        super(message);
    }

    static UnreadableObject header(String header, String problem) {
        return new UnreadableObject(
                "the header line '%s' %s".formatted(abbreviated(header), problem));
    }

    private static String abbreviated(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
