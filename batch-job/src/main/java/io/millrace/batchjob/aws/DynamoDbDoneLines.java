package io.millrace.batchjob.aws;

import static io.millrace.batchjob.aws.Items.attribute;
import static io.millrace.batchjob.aws.Items.number;
import static io.millrace.batchjob.aws.Items.text;

import io.millrace.batchjob.job.DoneLines;
import io.millrace.batchjob.job.Job;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Done lines as number sets, which know what they hold: adding a line twice changes nothing. A
 * complete segment is counted in one transaction that also drops its set, so a big job's items stay
 * small and asking how far it is reads little.
 */
public final class DynamoDbDoneLines implements DoneLines {

    private final DynamoDbClient dynamoDb;
    private final Transactions transactions;
    private final String table;
    private final Duration kept;
    private final InstantSource clock;

    /**
     * @param kept how long items are kept
     */
    public DynamoDbDoneLines(
            DynamoDbClient dynamoDb, String table, Duration kept, InstantSource clock) {
        this.dynamoDb = dynamoDb;
        this.transactions = new Transactions(dynamoDb);
        this.table = table;
        this.kept = kept;
        this.clock = clock;
    }

    @Override
    public boolean add(String job, long segment, Collection<Long> lines) {
        var numbers = AttributeValue.fromNs(lines.stream().map(String::valueOf).toList());
        return update(
                job,
                segment,
                request ->
                        request.updateExpression("add #lines :lines set expiresAt = :expiry")
                                .expressionAttributeNames(Map.of("#lines", "lines"))
                                .expressionAttributeValues(
                                        Map.of(":lines", numbers, ":expiry", expiry())));
    }

    @Override
    public boolean expect(String job, long segment, long lines) {
        return update(
                job,
                segment,
                request ->
                        request.updateExpression("set expected = :lines, expiresAt = :expiry")
                                .expressionAttributeValues(
                                        Map.of(":lines", number(lines), ":expiry", expiry())));
    }

    private boolean update(String job, long segment, Consumer<UpdateItemRequest.Builder> how) {
        try {
            var item =
                    dynamoDb.updateItem(
                                    request -> {
                                        request.tableName(table)
                                                .key(Items.jobKey(job, sortKey(segment)))
                                                // What is counted is not opened again by a late
                                                // repetition.
                                                .conditionExpression(
                                                        "attribute_not_exists(counted)")
                                                .returnValues(ReturnValue.ALL_NEW);
                                        how.accept(request);
                                    })
                            .attributes();
            var expected =
                    attribute(item, "expected")
                            .map(value -> Long.parseLong(value.n()))
                            .orElse((long) Job.SEGMENT);
            return size(item) == expected && count(job, segment, expected);
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
    }

    private boolean count(String job, long segment, long lines) {
        return transactions.write(
                TransactWriteItem.builder()
                        .update(update ->
                                update.tableName(table)
                                        .key(Items.jobKey(job, sortKey(segment)))
                                        .conditionExpression("attribute_not_exists(counted)")
                                        .updateExpression("set counted = :lines remove #lines")
                                        .expressionAttributeNames(Map.of("#lines", "lines"))
                                        .expressionAttributeValues(Map.of(":lines", number(lines))))
                        .build(),
                TransactWriteItem.builder()
                        .update(update ->
                                update.tableName(table)
                                        .key(Items.jobKey(job, Items.COUNT))
                                        .updateExpression(
                                                "add counted :lines set expiresAt = :expiry")
                                        .expressionAttributeValues(
                                                Map.of(
                                                        ":lines", number(lines),
                                                        ":expiry", expiry())))
                        .build());
    }

    @Override
    public long counted(String job) {
        var item =
                dynamoDb.getItem(request ->
                                request.tableName(table)
                                        .key(Items.jobKey(job, Items.COUNT))
                                        .consistentRead(true))
                        .item();
        return attribute(item, "counted").map(value -> Long.parseLong(value.n())).orElse(0L);
    }

    @Override
    public long noted(String job) {
        var values = new HashMap<String, AttributeValue>();
        values.put(":pk", text(Items.pk(job)));
        values.put(":segments", text(Items.SEGMENT));
        return dynamoDb
                .queryPaginator(request ->
                        request.tableName(table)
                                .keyConditionExpression("pk = :pk and begins_with(sk, :segments)")
                                .expressionAttributeValues(values))
                .items()
                .stream()
                .mapToLong(item ->
                        attribute(item, "counted")
                                .map(value -> Long.parseLong(value.n()))
                                .orElseGet(() -> size(item)))
                .sum();
    }

    private static long size(Map<String, AttributeValue> segment) {
        return attribute(segment, "lines").map(lines -> (long) lines.ns().size()).orElse(0L);
    }

    private static String sortKey(long segment) {
        return Items.SEGMENT + "%010d".formatted(segment);
    }

    private AttributeValue expiry() {
        return number(clock.instant().plus(kept).getEpochSecond());
    }
}
