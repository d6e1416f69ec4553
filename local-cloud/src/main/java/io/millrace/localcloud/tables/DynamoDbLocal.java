package io.millrace.localcloud.tables;

import io.millrace.localcloud.aws.AwsPlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Handler;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveSpecification;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/** DynamoDB Local as a handler of the front: no port of its own, no telemetry. */
public final class DynamoDbLocal implements AutoCloseable {

    // Kept here: a logger nobody holds loses its level.
    private static final Logger SQLITE = Logger.getLogger("com.almworks.sqlite4java");
    // With one database for all, keys and regions are not told apart; the key has to look like one.
    static final String ANY_KEY = "local";

    private final LocalDynamoDBRequestHandler requests;
    private final Handler handler;

    private DynamoDbLocal(LocalDynamoDBRequestHandler requests) {
        this.requests = requests;
        this.handler = new AnyCredentials(new LocalDynamoDBServerHandler(requests, "*"));
    }

    /** Starts it on the files of that directory, in memory without one. */
    public static DynamoDbLocal start(Optional<Path> dataDir) {
        SQLITE.setLevel(Level.OFF);
        return new DynamoDbLocal(
                new LocalDynamoDBRequestHandler(
                        0,
                        dataDir.isEmpty(),
                        dataDir.map(DynamoDbLocal::directory).orElse(null),
                        true,
                        false));
    }

    private static String directory(Path dataDir) {
        var directory = dataDir.resolve("dynamodb");
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep tables in " + directory, e);
        }
        return directory.toAbsolutePath().toString();
    }

    /** Answers DynamoDB and DynamoDB Streams. */
    public Handler handler() {
        return handler;
    }

    /** The names of all tables. */
    public Set<String> names() {
        var names = new java.util.HashSet<String>();
        var request = ListTablesRequest.builder().build();
        while (true) {
            var page = requests.listTables(ANY_KEY, AwsPlace.REGION, request);
            names.addAll(page.tableNames());
            if (page.lastEvaluatedTableName() == null) {
                return names;
            }
            request =
                    request.toBuilder()
                            .exclusiveStartTableName(page.lastEvaluatedTableName())
                            .build();
        }
    }

    /** Creates a table, and its time to live if it has one. */
    public void create(CreateTableRequest table, Optional<TimeToLiveSpecification> timeToLive) {
        requests.createTable(ANY_KEY, AwsPlace.REGION, table);
        timeToLive.ifPresent(specification ->
                requests.updateTimeToLive(
                        ANY_KEY,
                        AwsPlace.REGION,
                        UpdateTimeToLiveRequest.builder()
                                .tableName(table.tableName())
                                .timeToLiveSpecification(specification)
                                .build()));
    }

    @Override
    public void close() {
        requests.shutdown();
    }
}
