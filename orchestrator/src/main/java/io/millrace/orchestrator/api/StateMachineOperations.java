package io.millrace.orchestrator.api;

import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.workflow.Logging;
import io.millrace.orchestrator.workflow.Published;
import io.millrace.orchestrator.workflow.Releases.Version;
import io.millrace.orchestrator.workflow.StateMachine;
import io.millrace.orchestrator.workflow.StateMachines;
import io.millrace.orchestrator.workflow.StateMachines.Change;
import io.millrace.stateslanguage.parse.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** The operations on state machines. */
final class StateMachineOperations {

    private final StateMachines machines;
    private final Published published;
    private final Targets targets;
    private final VersionOperations versions;
    private final TagOperations tags;
    private final Arns arns;

    StateMachineOperations(
            StateMachines machines,
            Published published,
            Targets targets,
            VersionOperations versions,
            TagOperations tags,
            Arns arns) {
        this.machines = machines;
        this.published = published;
        this.targets = targets;
        this.versions = versions;
        this.tags = tags;
        this.arns = arns;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "CreateStateMachine", this::create,
                "UpdateStateMachine", this::update,
                "DescribeStateMachine", this::describe,
                "DeleteStateMachine", this::delete,
                "ListStateMachines", this::list);
    }

    private ObjectNode create(Request request) {
        var name = request.name("name");
        VersionOperations.check(request);
        EncryptionConfiguration.check(request);
        var wantedTags = TagOperations.ofCreation(request, arns.stateMachine(name));
        var type = type(request.text("type").orElse("STANDARD"));
        var machine =
                changed(
                        name,
                        machines.create(
                                name,
                                request.required("definition"),
                                request.required("roleArn"),
                                type,
                                LoggingConfiguration.of(request).orElse(Logging.OFF),
                                tracing(request).orElse(false)));
        var answer = Json.object().put("stateMachineArn", arns.stateMachine(name));
        answer.set("creationDate", Json.time(machine.createdAt()));
        tags.tagCreated(arns.stateMachine(name), wantedTags);
        versions.publishIfAsked(request, machine)
                .ifPresent(arn -> answer.put("stateMachineVersionArn", arn));
        return answer;
    }

    static StateMachine.Type type(String text) {
        return switch (text) {
            case "STANDARD" -> StateMachine.Type.STANDARD;
            case "EXPRESS" -> StateMachine.Type.EXPRESS;
            default ->
                    throw ApiError.validation(
                            "1 validation error detected: Value '%s' at 'type' failed to satisfy constraint: Member must satisfy enum value set: [STANDARD, EXPRESS]"
                                    .formatted(text));
        };
    }

    private ObjectNode update(Request request) {
        var name = request.stateMachine("stateMachineArn");
        VersionOperations.check(request);
        var definition = request.text("definition");
        var role = request.text("roleArn");
        var logging = LoggingConfiguration.of(request);
        var tracing = tracing(request);
        var encrypts = EncryptionConfiguration.check(request);
        if (definition.isEmpty()
                && role.isEmpty()
                && logging.isEmpty()
                && tracing.isEmpty()
                && !encrypts) {
            throw ApiError.missingUpdate();
        }
        var machine = changed(name, machines.update(name, definition, role, logging, tracing));
        var answer = Json.object();
        answer.set("updateDate", Json.time(machine.updatedAt()));
        versions.publishIfAsked(request, machine)
                .ifPresent(arn -> answer.put("stateMachineVersionArn", arn));
        machine.revisionId().ifPresent(id -> answer.put("revisionId", id));
        return answer;
    }

    private static Optional<Boolean> tracing(Request request) {
        return request.object("tracingConfiguration")
                .map(configuration -> configuration.path("enabled").asBoolean(false));
    }

    private StateMachine changed(String name, Change change) {
        return switch (change) {
            case Change.Done(var machine) -> machine;
            case Change.Invalid(var problems) -> throw ApiError.invalidDefinition(text(problems));
            case Change.TooMany(var most) -> throw ApiError.stateMachineLimitExceeded(most);
            case Change.Taken _ ->
                    throw ApiError.stateMachineAlreadyExists(arns.stateMachine(name));
            case Change.Unknown _ ->
                    throw ApiError.stateMachineDoesNotExist(arns.stateMachine(name));
        };
    }

    private static String text(List<Problem> problems) {
        return problems.stream().map(Problem::text).collect(Collectors.joining(", "));
    }

    private ObjectNode describe(Request request) {
        var arn = request.required("stateMachineArn");
        var wanted = targets.qualified(arn);
        var version = targets.described(wanted, arn);
        var current = targets.machine(wanted, arn);
        var machine = version.map(found -> machines.at(current, found)).orElse(current);
        var answer = summary(machine).put("stateMachineArn", arn);
        version.map(Version::description)
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> answer.put("description", text));
        answer.put("status", "ACTIVE")
                .put("definition", includedDefinition(request, machine.definition()))
                .put("roleArn", machine.roleArn());
        machine.revisionId().ifPresent(id -> answer.put("revisionId", id));
        return configured(answer, machine);
    }

    /** How it is logged, traced and encrypted. */
    static ObjectNode configured(ObjectNode answer, StateMachine machine) {
        answer.set("loggingConfiguration", LoggingConfiguration.view(machine.logging()));
        answer.putObject("tracingConfiguration").put("enabled", machine.tracing());
        answer.set("encryptionConfiguration", EncryptionConfiguration.view());
        return answer;
    }

    static String includedDefinition(Request request, String definition) {
        var included = request.oneOf("includedData", Set.of("ALL_DATA", "METADATA_ONLY"));
        return included.equals(Optional.of("METADATA_ONLY")) ? "{}" : definition;
    }

    private ObjectNode delete(Request request) {
        var name = request.stateMachine("stateMachineArn");
        machines.delete(name);
        published.forget(name, arns.stateMachine(name));
        return Json.object();
    }

    private ObjectNode list(Request request) {
        var most = request.maxResults(1000);
        var after = request.text("nextToken").map(StateMachineOperations::decode).orElse("");
        var found = machines.list(after, most + 1);
        var answer = Json.object();
        var list = answer.putArray("stateMachines");
        found.stream().limit(most).map(this::summary).forEach(list::add);
        if (found.size() > most) {
            answer.put("nextToken", encode(found.get(most - 1).name()));
        }
        return answer;
    }

    private ObjectNode summary(StateMachine machine) {
        var summary =
                Json.object()
                        .put("stateMachineArn", arns.stateMachine(machine.name()))
                        .put("name", machine.name())
                        .put("type", machine.type().name());
        summary.set("creationDate", Json.time(machine.createdAt()));
        return summary;
    }

    static String encode(String position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    static String decode(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw ApiError.invalidPage();
        }
    }
}
