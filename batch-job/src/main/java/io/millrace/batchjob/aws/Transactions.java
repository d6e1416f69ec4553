package io.millrace.batchjob.aws;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Writes of several items, all or none. */
final class Transactions {

    private static final int ATTEMPTS = 8;
    private static final long PAUSE_MILLIS = 20;

    private final DynamoDbClient dynamoDb;

    Transactions(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    /**
     * Writes; false if a condition does not hold. Writes that another transaction is in the way of
     * are tried again (DynamoDB Developer Guide, "Transaction conflict handling").
     */
    boolean write(TransactWriteItem... items) {
        for (var attempt = 1; ; attempt++) {
            try {
                dynamoDb.transactWriteItems(request -> request.transactItems(Arrays.asList(items)));
                return true;
            } catch (TransactionCanceledException e) {
                var reasons =
                        e.cancellationReasons().stream().map(reason -> reason.code()).toList();
                if (reasons.contains("ConditionalCheckFailed")) {
                    return false;
                }
                if (!isConflict(reasons) || attempt == ATTEMPTS) {
                    throw e;
                }
                pause(attempt);
            }
        }
    }

    private static boolean isConflict(List<String> reasons) {
        return reasons.contains("TransactionConflict");
    }

    private static void pause(int attempt) {
        var longest = PAUSE_MILLIS << attempt;
        LockSupport.parkNanos(
                TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextLong(1, longest)));
    }
}
