package io.millrace.errorhandler.failure;

import io.millrace.events.EventIds;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A message that is no event of ours; AWS's own and those of users' workflows tell what they are.
 */
record ForeignMessage(String messageId, JsonNode content) {

    private static final JsonMapper JSON = new JsonMapper();

    static ForeignMessage read(FailedMessage message) {
        try {
            return new ForeignMessage(message.messageId(), JSON.readTree(message.body()));
        } catch (JacksonException _) {
            return new ForeignMessage(message.messageId(), JSON.missingNode());
        }
    }

    Failure failure() {
        return token().<Failure>map(token -> new Failure.Task(token, task()))
                .orElseGet(() -> new Failure.Unknown(unknown()));
    }

    /**
     * A workflow may put its task token into a message of any form, and a task request may be
     * malformed: an execution waits for the answer all the same.
     */
    private Optional<String> token() {
        return text("/taskToken")
                .or(() -> text("/TaskToken"))
                .or(() -> text("/data/taskToken"))
                .filter(token -> !token.isBlank());
    }

    private Subject task() {
        var execution = text("/data/executionArn").or(() -> text("/executionArn"));
        return new Subject(
                execution.orElse(messageId),
                text("/id"),
                "a task",
                execution,
                text("/data/state"),
                Optional.empty());
    }

    private Subject unknown() {
        var records = content.path("Records");
        if (records.path(0).path("eventSource").asString("").equals("aws:s3")) {
            return subject(uploads(records), "S3 notification");
        }
        return content.at("/dynamodb/SequenceNumber").isString()
                ? subject(change(), "DynamoDB stream")
                : new Subject(
                        messageId,
                        text("/id"),
                        "unknown: the message does not tell its queue",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
    }

    private static Subject subject(String id, String place) {
        return new Subject(
                id, Optional.of(id), place, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static String uploads(JsonNode records) {
        return records.valueStream()
                .map(each -> each.path("s3"))
                .map(s3 ->
                        EventIds.upload(
                                s3.at("/bucket/name").asString(""),
                                s3.at("/object/key").asString(""),
                                s3.at("/object/versionId").stringValueOpt(),
                                s3.at("/object/sequencer").asString("")))
                .collect(Collectors.joining(","));
    }

    /** The table's name is the second part of a stream's ARN. */
    private String change() {
        var arn = content.path("eventSourceARN").asString("").split("/", -1);
        return EventIds.change(
                arn.length > 1 ? arn[1] : "", content.at("/dynamodb/SequenceNumber").asString(""));
    }

    private Optional<String> text(String pointer) {
        return content.at(pointer).stringValueOpt();
    }
}
