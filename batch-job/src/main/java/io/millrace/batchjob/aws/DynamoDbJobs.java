package io.millrace.batchjob.aws;

import static io.millrace.batchjob.aws.Items.number;
import static io.millrace.batchjob.aws.Items.text;

import io.millrace.batchjob.job.Job;
import io.millrace.batchjob.job.JobStatus;
import io.millrace.batchjob.job.Jobs;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Jobs as items: {@code job#<id>/job}, an entry {@code jobs/<created>#<id>} for the list, and until
 * the job ends an entry {@code unfinished/<id>}.
 */
public final class DynamoDbJobs implements Jobs {

    private static final Map<String, String> STATUS = Map.of("#status", "status");
    private static final Map<String, String> HOLD = Map.of("#owner", "owner", "#until", "until");

    private static final Map<String, String> CONTROL =
            Map.of("#status", "status", "#owner", "owner", "#until", "until");

    private final DynamoDbClient dynamoDb;
    private final Transactions transactions;
    private final String table;
    private final Duration kept;

    /**
     * @param kept how long a job is kept after its start
     */
    public DynamoDbJobs(DynamoDbClient dynamoDb, String table, Duration kept) {
        this.dynamoDb = dynamoDb;
        this.transactions = new Transactions(dynamoDb);
        this.table = table;
        this.kept = kept;
    }

    @Override
    public boolean create(Job job) {
        var expiry = Map.of("expiresAt", number(job.createdAt().plus(kept).getEpochSecond()));
        var listed = with(entry(Items.ALL, job.createdAt() + "#" + job.id(), job.id()), expiry);
        var unfinished = with(entry(Items.UNFINISHED, job.id(), job.id()), expiry);
        return transactions.write(
                put(with(JobItem.of(job), expiry), "attribute_not_exists(pk)"),
                put(listed, "attribute_not_exists(pk)"),
                put(unfinished, "attribute_not_exists(pk)"));
    }

    private static Map<String, AttributeValue> entry(String pk, String sk, String id) {
        return with(Items.key(pk, sk), Map.of("id", text(id)));
    }

    private static Map<String, AttributeValue> with(
            Map<String, AttributeValue> item, Map<String, AttributeValue> more) {
        var all = new HashMap<>(item);
        all.putAll(more);
        return all;
    }

    private TransactWriteItem put(Map<String, AttributeValue> item, String condition) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table).item(item).conditionExpression(condition))
                .build();
    }

    @Override
    public Optional<Job> find(String id) {
        var item =
                dynamoDb.getItem(request ->
                                request.tableName(table)
                                        .key(Items.jobKey(id, Items.JOB))
                                        .consistentRead(true))
                        .item();
        return Optional.of(item).filter(found -> !found.isEmpty()).map(JobItem::job);
    }

    @Override
    public List<Job> latest(int limit) {
        return query(Items.ALL, request -> request.scanIndexForward(false).limit(limit))
                .limit(limit)
                .flatMap(id -> find(id).stream())
                .toList();
    }

    @Override
    public List<Job> unfinished() {
        return query(Items.UNFINISHED, request -> request.consistentRead(true))
                .flatMap(id -> find(id).stream())
                .toList();
    }

    private Stream<String> query(String pk, Consumer<QueryRequest.Builder> how) {
        var request =
                QueryRequest.builder()
                        .tableName(table)
                        .keyConditionExpression("pk = :pk")
                        .expressionAttributeValues(Map.of(":pk", text(pk)));
        how.accept(request);
        return dynamoDb.queryPaginator(request.build()).items().stream()
                .map(item -> text(item, "id"));
    }

    @Override
    public Optional<Job> take(Job seen, String owner, Instant until) {
        var hold = new Job.Hold(Optional.of(owner), seen.hold().generation() + 1, until);
        var taken =
                update(
                        seen.id(),
                        request ->
                                request.conditionExpression(
                                                "generation = :seen and #until = :before")
                                        .updateExpression(
                                                "set #owner = :owner, generation = :next, #until = :until")
                                        .expressionAttributeNames(HOLD)
                                        .expressionAttributeValues(
                                                Map.of(
                                                        ":seen", number(seen.hold().generation()),
                                                        ":before", millis(seen.hold().until()),
                                                        ":owner", text(owner),
                                                        ":next", number(hold.generation()),
                                                        ":until", millis(until))));
        return taken ? find(seen.id()).filter(job -> job.hold().equals(hold)) : Optional.empty();
    }

    @Override
    public boolean advance(Job held, Job.Reading reading, Instant until) {
        var values = new HashMap<String, AttributeValue>();
        JobItem.reading(reading).forEach((name, value) -> values.put(":" + name, value));
        values.put(":owner", text(held.hold().owner().orElseThrow()));
        values.put(":generation", number(held.hold().generation()));
        values.put(":until", millis(until));
        var names = new HashMap<>(HOLD);
        names.put("#offset", "offset");
        return update(
                held.id(),
                request ->
                        request.conditionExpression("#owner = :owner and generation = :generation")
                                .updateExpression(
                                        "set #offset = :offset, physical = :physical, records = :records,"
                                                + " failed = :failed, finished = :finished, #until = :until")
                                .expressionAttributeNames(names)
                                .expressionAttributeValues(values));
    }

    @Override
    public boolean completing(String id, Instant until) {
        return update(
                id,
                request ->
                        request.conditionExpression("#status = :running")
                                .updateExpression("set #status = :completing, #until = :until")
                                .expressionAttributeNames(
                                        Map.of("#status", "status", "#until", "until"))
                                .expressionAttributeValues(
                                        Map.of(
                                                ":running", text(JobStatus.RUNNING.name()),
                                                ":completing", text(JobStatus.COMPLETING.name()),
                                                ":until", millis(until))));
    }

    @Override
    public void complete(String id, Instant at) {
        end(
                id,
                update ->
                        update.conditionExpression("#status = :completing")
                                .updateExpression("set #status = :complete, endedAt = :at")
                                .expressionAttributeNames(STATUS)
                                .expressionAttributeValues(
                                        Map.of(
                                                ":completing", text(JobStatus.COMPLETING.name()),
                                                ":complete", text(JobStatus.COMPLETE.name()),
                                                ":at", text(at.toString()))));
    }

    @Override
    public boolean pause(Job seen, Instant at) {
        return release(seen, JobStatus.RUNNING, JobStatus.PAUSED, at);
    }

    @Override
    public boolean resume(Job seen, Instant at) {
        return release(seen, JobStatus.PAUSED, JobStatus.RUNNING, at);
    }

    /** Takes a job that is not read to its end out of all hands, in another status. */
    private boolean release(Job seen, JobStatus from, JobStatus to, Instant at) {
        return update(
                seen.id(),
                request ->
                        request.conditionExpression(
                                        "generation = :seen and #status = :from and finished = :false")
                                .updateExpression(
                                        "set #status = :to, generation = :next, #until = :at remove #owner")
                                .expressionAttributeNames(CONTROL)
                                .expressionAttributeValues(
                                        Map.of(
                                                ":seen", number(seen.hold().generation()),
                                                ":next", number(seen.hold().generation() + 1),
                                                ":from", text(from.name()),
                                                ":to", text(to.name()),
                                                ":false", AttributeValue.fromBool(false),
                                                ":at", millis(at))));
    }

    @Override
    public boolean cancel(Job seen, Instant at) {
        return end(
                seen.id(),
                update ->
                        update.conditionExpression(
                                        "generation = :seen and #status in (:running, :paused)")
                                .updateExpression(
                                        "set #status = :cancelled, endedAt = :at, generation = :next")
                                .expressionAttributeNames(STATUS)
                                .expressionAttributeValues(
                                        Map.of(
                                                ":seen", number(seen.hold().generation()),
                                                ":next", number(seen.hold().generation() + 1),
                                                ":running", text(JobStatus.RUNNING.name()),
                                                ":paused", text(JobStatus.PAUSED.name()),
                                                ":cancelled", text(JobStatus.CANCELLED.name()),
                                                ":at", text(at.toString()))));
    }

    @Override
    public void fail(Job held, String error, Instant at) {
        end(
                held.id(),
                update ->
                        update.conditionExpression(
                                        "#status = :running and generation = :generation")
                                .updateExpression(
                                        "set #status = :failed, endedAt = :at, #error = :error")
                                .expressionAttributeNames(
                                        Map.of("#status", "status", "#error", "error"))
                                .expressionAttributeValues(
                                        Map.of(
                                                ":running", text(JobStatus.RUNNING.name()),
                                                ":failed", text(JobStatus.FAILED.name()),
                                                ":generation", number(held.hold().generation()),
                                                ":at", text(at.toString()),
                                                ":error", text(error))));
    }

    private boolean end(String id, Consumer<Update.Builder> how) {
        var update = Update.builder().tableName(table).key(Items.jobKey(id, Items.JOB));
        how.accept(update);
        return transactions.write(
                TransactWriteItem.builder().update(update.build()).build(),
                TransactWriteItem.builder()
                        .delete(delete ->
                                delete.tableName(table).key(Items.key(Items.UNFINISHED, id)))
                        .build());
    }

    private boolean update(String id, Consumer<UpdateItemRequest.Builder> how) {
        try {
            dynamoDb.updateItem(request -> {
                request.tableName(table).key(Items.jobKey(id, Items.JOB));
                how.accept(request);
            });
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
    }

    private static AttributeValue millis(Instant instant) {
        return number(instant.toEpochMilli());
    }
}
