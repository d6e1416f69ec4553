package io.millrace.datasync.change;

/** A stream record that never becomes a load request: trying it again changes nothing. */
public final class UnloadableRecord extends RuntimeException {

    private UnloadableRecord(String message) {
        super(message);
    }

    private UnloadableRecord(String message, Throwable cause) {
        super(message, cause);
    }

    static UnloadableRecord lacks(String field) {
        return new UnloadableRecord("the stream record lacks '%s'".formatted(field));
    }

    static UnloadableRecord lacksAttribute(String attribute) {
        return new UnloadableRecord(
                ("the new image lacks the string attribute '%s'; write it, or set"
                                + " millrace.data-sync.required-attribute")
                        .formatted(attribute));
    }

    static UnloadableRecord tooLong(int bytes, long permitted) {
        return new UnloadableRecord(
                "the load request has %d bytes, a message at most %d; its images are left out here"
                        .formatted(bytes, permitted));
    }

    static UnloadableRecord unreadable(RuntimeException cause) {
        return new UnloadableRecord(
                "the stream record is not what DynamoDB writes: " + cause.getMessage(), cause);
    }
}
