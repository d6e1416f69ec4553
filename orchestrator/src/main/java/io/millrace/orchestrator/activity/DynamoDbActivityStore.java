package io.millrace.orchestrator.activity;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.millrace.orchestrator.workflow.DefinitionsTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Activities in the table of definitions, all under one key. */
final class DynamoDbActivityStore implements ActivityStore {

    private static final String ACTIVITIES = "activities";

    private final DefinitionsTable table;

    DynamoDbActivityStore(DefinitionsTable table) {
        this.table = table;
    }

    @Override
    public Optional<Activity> find(String name) {
        return table.item(ACTIVITIES, name).map(DynamoDbActivityStore::activity);
    }

    @Override
    public Optional<Activity> create(Activity activity) {
        var createdAt = fromN(Long.toString(activity.createdAt().toEpochMilli()));
        return table.putNew(
                        Map.of(
                                "pk", fromS(ACTIVITIES),
                                "sk", fromS(activity.name()),
                                "createdAt", createdAt))
                ? Optional.empty()
                : Optional.of(find(activity.name()).orElseThrow());
    }

    @Override
    public void delete(String name) {
        table.delete(ACTIVITIES, name);
    }

    @Override
    public List<Activity> list(String after, int limit) {
        return table.page(ACTIVITIES, after, limit).stream()
                .map(DynamoDbActivityStore::activity)
                .toList();
    }

    @Override
    public long count() {
        return table.count(ACTIVITIES);
    }

    private static Activity activity(Map<String, AttributeValue> item) {
        return new Activity(
                DefinitionsTable.text(item, "sk"), DefinitionsTable.time(item, "createdAt"));
    }
}
