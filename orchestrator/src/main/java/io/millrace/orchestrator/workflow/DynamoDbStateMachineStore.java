package io.millrace.orchestrator.workflow;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBool;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** State machines in a DynamoDB table: the machines under one key, each revision under its own. */
final class DynamoDbStateMachineStore implements StateMachineStore {

    private static final String MACHINES = "machines";
    private static final String SETTINGS = "settings";
    private static final String ONLY = "-";

    private final DynamoDbClient dynamoDb;
    private final String table;

    DynamoDbStateMachineStore(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    @Override
    public Optional<StateMachine> find(String name) {
        return item(MACHINES, name).map(this::machine);
    }

    @Override
    public Optional<StateMachine> create(StateMachine machine) {
        try {
            dynamoDb.putItem(put ->
                    put.tableName(table)
                            .item(attributes(machine))
                            .conditionExpression("attribute_not_exists(pk)"));
            return Optional.empty();
        } catch (ConditionalCheckFailedException _) {
            return find(machine.name());
        }
    }

    @Override
    public void replace(StateMachine machine) {
        dynamoDb.putItem(put -> put.tableName(table).item(attributes(machine)));
    }

    @Override
    public void delete(String name) {
        dynamoDb.deleteItem(delete -> delete.tableName(table).key(key(MACHINES, name)));
    }

    @Override
    public List<StateMachine> list(String after, int limit) {
        // A sort key is never empty: a space comes before every name.
        var start = after.isEmpty() ? " " : after;
        return dynamoDb
                .query(query ->
                        query.tableName(table)
                                .keyConditionExpression("pk = :machines AND sk > :after")
                                .expressionAttributeValues(
                                        Map.of(
                                                ":machines",
                                                fromS(MACHINES),
                                                ":after",
                                                fromS(start)))
                                .limit(limit))
                .items()
                .stream()
                .map(this::machine)
                .toList();
    }

    @Override
    public void putRevision(String revision, String definition) {
        dynamoDb.putItem(put ->
                put.tableName(table)
                        .item(
                                Map.of(
                                        "pk",
                                        fromS("revision#" + revision),
                                        "sk",
                                        fromS(ONLY),
                                        "definition",
                                        fromS(definition))));
    }

    @Override
    public Optional<String> revision(String revision) {
        return item("revision#" + revision, ONLY).map(item -> text(item, "definition"));
    }

    @Override
    public String agree(String setting, String proposal) {
        try {
            dynamoDb.putItem(put ->
                    put.tableName(table)
                            .item(
                                    Map.of(
                                            "pk",
                                            fromS(SETTINGS),
                                            "sk",
                                            fromS(setting),
                                            "setting",
                                            fromS(proposal)))
                            .conditionExpression("attribute_not_exists(pk)"));
            return proposal;
        } catch (ConditionalCheckFailedException e) {
            return item(SETTINGS, setting).map(item -> text(item, "setting")).orElseThrow(() -> e);
        }
    }

    @Override
    public Optional<Document> document(String key) {
        return item(key, ONLY)
                .map(item ->
                        new Document(
                                text(item, "text"),
                                Long.parseLong(attribute(item, "version").n())));
    }

    @Override
    public boolean put(String key, Document document) {
        var item = new HashMap<>(key(key, ONLY));
        item.put("text", fromS(document.text()));
        item.put("version", fromN(Long.toString(document.version())));
        var put = PutItemRequest.builder().tableName(table).item(item);
        if (document.version() == 1) {
            put.conditionExpression("attribute_not_exists(pk)");
        } else {
            put.conditionExpression("version = :before")
                    .expressionAttributeValues(
                            Map.of(":before", fromN(Long.toString(document.version() - 1))));
        }
        try {
            dynamoDb.putItem(put.build());
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
    }

    @Override
    public void removeDocument(String key) {
        dynamoDb.deleteItem(delete -> delete.tableName(table).key(key(key, ONLY)));
    }

    private Optional<Map<String, AttributeValue>> item(String pk, String sk) {
        var item =
                dynamoDb.getItem(get -> get.tableName(table).key(key(pk, sk)).consistentRead(true))
                        .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(item);
    }

    private static Map<String, AttributeValue> attributes(StateMachine machine) {
        return Map.of(
                "pk", fromS(MACHINES),
                "sk", fromS(machine.name()),
                "revision", fromS(machine.revision()),
                "roleArn", fromS(machine.roleArn()),
                "type", fromS(machine.type().name()),
                "logging", logging(machine.logging()),
                "createdAt", fromN(Long.toString(machine.createdAt().toEpochMilli())),
                "updatedAt", fromN(Long.toString(machine.updatedAt().toEpochMilli())));
    }

    private StateMachine machine(Map<String, AttributeValue> item) {
        var revision = text(item, "revision");
        return new StateMachine(
                text(item, "sk"),
                revision(revision)
                        .orElseThrow(() -> new IllegalStateException("No revision " + revision)),
                revision,
                text(item, "roleArn"),
                StateMachine.Type.valueOf(text(item, "type")),
                logging(item),
                time(item, "createdAt"),
                time(item, "updatedAt"));
    }

    private static AttributeValue logging(Logging logging) {
        return fromM(
                Map.of(
                        "level", fromS(logging.level().name()),
                        "data", fromBool(logging.data()),
                        "destinations",
                                fromL(
                                        logging.destinations().stream()
                                                .map(AttributeValue::fromS)
                                                .toList())));
    }

    /** Machines of the time before there was logging have none. */
    private static Logging logging(Map<String, AttributeValue> item) {
        return Optional.ofNullable(item.get("logging"))
                .map(AttributeValue::m)
                .map(kept ->
                        new Logging(
                                Logging.Level.valueOf(text(kept, "level")),
                                attribute(kept, "data").bool(),
                                attribute(kept, "destinations").l().stream()
                                        .map(AttributeValue::s)
                                        .toList()))
                .orElse(Logging.OFF);
    }

    private static Map<String, AttributeValue> key(String pk, String sk) {
        return Map.of("pk", fromS(pk), "sk", fromS(sk));
    }

    private static Instant time(Map<String, AttributeValue> item, String name) {
        return Instant.ofEpochMilli(Long.parseLong(attribute(item, name).n()));
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        return attribute(item, name).s();
    }

    private static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name))
                .orElseThrow(() -> new IllegalStateException("An item has no " + name));
    }
}
