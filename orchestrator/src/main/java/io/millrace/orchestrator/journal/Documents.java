package io.millrace.orchestrator.journal;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.millrace.orchestrator.execution.Datum;
import io.millrace.orchestrator.execution.ExecutionId;
import io.millrace.orchestrator.journal.HeadCodec.Kept;
import io.millrace.orchestrator.journal.Packing.Document;
import io.millrace.orchestrator.journal.Packing.Piece;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Documents as attributes of items. Data that stands in an item of its own never changes, so it is
 * remembered.
 */
final class Documents {

    private static final String STRUCTURE = "doc";
    private static final String DATA = "data";
    private static final String REFERENCE = "at";
    private static final int REMEMBERED = 16 * 1024 * 1024;

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final LargeData largeData;
    private final Remembered known = new Remembered(REMEMBERED);

    Documents(DynamoDbClient dynamoDb, String table, LargeData largeData) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.largeData = largeData;
    }

    static Map<String, AttributeValue> attributes(Document document) {
        return Map.of(
                STRUCTURE,
                fromS(document.structure()),
                DATA,
                fromL(document.data().stream().map(Documents::attribute).toList()));
    }

    private static AttributeValue attribute(Piece piece) {
        return switch (piece) {
            case Piece.Inline(var text) -> fromS(text);
            case Piece.Elsewhere(var key) -> fromM(Map.of(REFERENCE, fromS(key)));
        };
    }

    boolean isKnown(ExecutionId id, String sortKey) {
        return known.get(id.text() + sortKey).isPresent();
    }

    void remember(ExecutionId id, String sortKey, Document document) {
        if (document.structure().isEmpty()
                && document.data().getFirst() instanceof Piece.Inline(var text)) {
            known.put(id.text() + sortKey, text);
        }
    }

    Kept read(ExecutionId id, Map<String, AttributeValue> item) {
        return new Kept(
                attribute(item, STRUCTURE).s(),
                data(item).stream().map(value -> datum(id, value)).toList());
    }

    private Datum datum(ExecutionId id, AttributeValue value) {
        if (!value.hasM()) {
            return Datum.ofText(value.s());
        }
        var key = attribute(value.m(), REFERENCE).s();
        return Datum.elsewhere(() -> elsewhere(id, key));
    }

    private String elsewhere(ExecutionId id, String key) {
        var remembered = known.get(id.text() + key);
        if (remembered.isPresent()) {
            return remembered.get();
        }
        var text = Packing.isObject(key) ? largeData.get(id, key) : inItem(id, key);
        known.put(id.text() + key, text);
        return text;
    }

    private String inItem(ExecutionId id, String sortKey) {
        var item =
                dynamoDb.getItem(get ->
                                get.tableName(table)
                                        .key(DynamoDbJournal.key(id, sortKey))
                                        .consistentRead(true))
                        .item();
        return data(item).getFirst().s();
    }

    private static List<AttributeValue> data(Map<String, AttributeValue> item) {
        return attribute(item, DATA).l();
    }

    private static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name))
                .orElseThrow(() -> new IllegalStateException("An item has no " + name));
    }
}
