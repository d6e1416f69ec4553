package io.millrace.imageprocessor.upload;

/** A message that is no S3 event notification: trying it again changes nothing. */
public final class InvalidNotification extends RuntimeException {

    private InvalidNotification(String message) {
        super(message);
    }

    static InvalidNotification notJson(String reason) {
        return new InvalidNotification("not an S3 event notification: no JSON: " + reason);
    }

    static InvalidNotification noRecords() {
        return new InvalidNotification("not an S3 event notification: it has no Records");
    }

    static InvalidNotification lacks(int record, String field) {
        return new InvalidNotification(
                "not an S3 event notification: Records[%d] lacks %s".formatted(record, field));
    }
}
