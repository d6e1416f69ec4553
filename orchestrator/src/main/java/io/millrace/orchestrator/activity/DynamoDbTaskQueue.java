package io.millrace.orchestrator.activity;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.millrace.orchestrator.workflow.DefinitionsTable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** Tasks in the table of definitions, those of an activity under one key, the oldest first. */
final class DynamoDbTaskQueue implements TaskQueue {

    /** No task waits longer than an execution may run (Step Functions, "Quotas"). */
    private static final Duration LONGEST = Duration.ofDays(366);

    private final DefinitionsTable table;

    DynamoDbTaskQueue(DefinitionsTable table) {
        this.table = table;
    }

    @Override
    public void add(QueuedTask task) {
        // It may have been put there before.
        var _ = table.putNew(item(task));
    }

    @Override
    public List<QueuedTask> first(String activity, int limit) {
        return table.first(partition(activity), limit).stream()
                .map(item -> task(activity, item))
                .toList();
    }

    @Override
    public boolean replace(QueuedTask task) {
        return table.replace(task.version() - 1, item(task));
    }

    @Override
    public Removal remove(QueuedTask task) {
        try {
            table.delete(partition(task.activity()), task.position(), task.version());
            return Removal.DONE;
        } catch (ConditionalCheckFailedException e) {
            return e.hasItem() && !e.item().isEmpty() ? Removal.CHANGED : Removal.ABSENT;
        }
    }

    private static String partition(String activity) {
        return "activity-tasks#" + activity;
    }

    private static Map<String, AttributeValue> item(QueuedTask task) {
        return Map.of(
                "pk", fromS(partition(task.activity())),
                "sk", fromS(task.position()),
                "token", fromS(task.token()),
                "handOuts", fromL(task.handOuts().stream().map(AttributeValue::fromS).toList()),
                "heldUntil", fromN(Long.toString(task.heldUntil().toEpochMilli())),
                "version", fromN(Long.toString(task.version())),
                "expiresAt",
                        fromN(Long.toString(task.scheduledAt().plus(LONGEST).getEpochSecond())));
    }

    private static QueuedTask task(String activity, Map<String, AttributeValue> item) {
        return new QueuedTask(
                activity,
                DefinitionsTable.text(item, "sk"),
                DefinitionsTable.text(item, "token"),
                DefinitionsTable.attribute(item, "handOuts").l().stream()
                        .map(AttributeValue::s)
                        .toList(),
                DefinitionsTable.time(item, "heldUntil"),
                DefinitionsTable.number(item, "version"));
    }
}
