package io.millrace.orchestrator.workflow;

import static io.millrace.orchestrator.workflow.DefinitionsTable.attribute;
import static io.millrace.orchestrator.workflow.DefinitionsTable.number;
import static io.millrace.orchestrator.workflow.DefinitionsTable.text;
import static io.millrace.orchestrator.workflow.DefinitionsTable.time;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBool;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** State machines in a DynamoDB table: the machines under one key, each revision under its own. */
final class DynamoDbStateMachineStore implements StateMachineStore {

    private static final String MACHINES = "machines";
    private static final String SETTINGS = "settings";
    private static final String ONLY = "-";

    /** More than there are: who starts asks for all of them, one after the other. */
    private static final int SETTINGS_AT_ONCE = 20;

    private final DefinitionsTable table;
    private final Map<String, String> agreed = new ConcurrentHashMap<>();

    /** A revision is a hash of its text: it never changes. */
    private final Map<String, String> revisions = new ConcurrentHashMap<>();

    DynamoDbStateMachineStore(DefinitionsTable table) {
        this.table = table;
    }

    @Override
    public Optional<StateMachine> find(String name) {
        return table.item(MACHINES, name).map(this::machine);
    }

    @Override
    public Optional<StateMachine> create(StateMachine machine) {
        return table.putNew(attributes(machine)) ? Optional.empty() : find(machine.name());
    }

    @Override
    public void replace(StateMachine machine) {
        table.put(attributes(machine));
    }

    @Override
    public void delete(String name) {
        table.delete(MACHINES, name);
    }

    @Override
    public List<StateMachine> list(String after, int limit) {
        return table.page(MACHINES, after, limit).stream().map(this::machine).toList();
    }

    @Override
    public long count() {
        return table.count(MACHINES);
    }

    @Override
    public void putRevision(String revision, String definition) {
        table.put(
                Map.of(
                        "pk", fromS("revision#" + revision),
                        "sk", fromS(ONLY),
                        "definition", fromS(definition)));
    }

    @Override
    public Optional<String> revision(String revision) {
        return Optional.ofNullable(revisions.get(revision))
                .or(() -> {
                    var text =
                            table.item("revision#" + revision, ONLY)
                                    .map(item -> text(item, "definition"));
                    text.ifPresent(known -> revisions.put(revision, known));
                    return text;
                });
    }

    @Override
    public String agree(String setting, String proposal) {
        if (!agreed.containsKey(setting)) {
            table.first(SETTINGS, SETTINGS_AT_ONCE)
                    .forEach(item -> agreed.putIfAbsent(text(item, "sk"), text(item, "setting")));
        }
        return agreed.computeIfAbsent(
                setting,
                _ -> {
                    var isNew =
                            table.putNew(
                                    Map.of(
                                            "pk", fromS(SETTINGS),
                                            "sk", fromS(setting),
                                            "setting", fromS(proposal)));
                    return isNew
                            ? proposal
                            : text(table.item(SETTINGS, setting).orElseThrow(), "setting");
                });
    }

    @Override
    public Optional<Document> document(String key) {
        return table.item(key, ONLY)
                .map(item -> new Document(text(item, "text"), number(item, "version")));
    }

    @Override
    public boolean put(String key, Document document) {
        var item = new HashMap<>(DefinitionsTable.key(key, ONLY));
        item.put("text", fromS(document.text()));
        item.put("version", fromN(Long.toString(document.version())));
        return document.version() == 1
                ? table.putNew(item)
                : table.replace(document.version() - 1, item);
    }

    @Override
    public void removeDocument(String key) {
        table.delete(key, ONLY);
    }

    private static Map<String, AttributeValue> attributes(StateMachine machine) {
        var item = new HashMap<>(DefinitionsTable.key(MACHINES, machine.name()));
        item.put("revision", fromS(machine.revision()));
        item.put("roleArn", fromS(machine.roleArn()));
        item.put("type", fromS(machine.type().name()));
        item.put("logging", logging(machine.logging()));
        item.put("tracing", fromBool(machine.tracing()));
        machine.initial().ifPresent(initial -> item.put("initial", fromS(initial)));
        item.put("createdAt", fromN(Long.toString(machine.createdAt().toEpochMilli())));
        item.put("updatedAt", fromN(Long.toString(machine.updatedAt().toEpochMilli())));
        return item;
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
                Optional.ofNullable(item.get("tracing")).map(AttributeValue::bool).orElse(false),
                Optional.ofNullable(item.get("initial")).map(AttributeValue::s),
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
}
