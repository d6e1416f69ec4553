package io.millrace.orchestrator.api;

import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.workflow.Published;
import io.millrace.orchestrator.workflow.Releases;
import io.millrace.orchestrator.workflow.Releases.Version;
import io.millrace.orchestrator.workflow.StateMachine;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The operations on versions of state machines. */
final class VersionOperations {

    /** Step Functions, "Quotas". */
    private static final int MOST = 1000;

    /** What a request calls the revision that has no id (API reference). */
    private static final String INITIAL = "INITIAL";

    private final Targets targets;
    private final Published published;
    private final Arns arns;
    private final InstantSource clock;

    VersionOperations(Targets targets, Published published, Arns arns, InstantSource clock) {
        this.targets = targets;
        this.published = published;
        this.arns = arns;
        this.clock = clock;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "PublishStateMachineVersion", this::publish,
                "ListStateMachineVersions", this::list,
                "DeleteStateMachineVersion", this::delete);
    }

    private ObjectNode publish(Request request) {
        var arn = request.required("stateMachineArn");
        request.stateMachine("stateMachineArn");
        var machine = targets.machine(targets.qualified(arn), arn);
        var current = machine.revisionId().orElse(INITIAL);
        request.text("revisionId")
                .filter(revision -> !revision.equals(current))
                .ifPresent(revision -> {
                    throw ApiError.conflict(
                            "Failed to publish the State Machine version for revision %s. The current State Machine revision is %s."
                                    .formatted(revision, current));
                });
        var version = publish(machine, request.text("description").orElse(""));
        var answer =
                Json.object().put("stateMachineVersionArn", arn(machine.name(), version.number()));
        answer.set("creationDate", Json.time(version.createdAt()));
        return answer;
    }

    /** Publishes a state machine as it was just made, if the request asks for that. */
    Optional<String> publishIfAsked(Request request, StateMachine machine) {
        if (!request.flag("publish", false)) {
            return Optional.empty();
        }
        var version = publish(machine, request.text("versionDescription").orElse(""));
        return Optional.of(arn(machine.name(), version.number()));
    }

    /** Refuses a request that describes a version which it does not publish. */
    static void check(Request request) {
        if (request.text("versionDescription").isPresent() && !request.flag("publish", false)) {
            throw ApiError.validation("Version description can only be set when publish is true");
        }
    }

    private Version publish(StateMachine machine, String description) {
        Request.checkDescription(description);
        return published
                .change(
                        machine.name(),
                        releases -> roomy(releases).publish(machine, description, clock.instant()))
                .versionOf(machine)
                .orElseThrow();
    }

    private static Releases roomy(Releases releases) {
        if (releases.versions().size() >= MOST) {
            throw ApiError.quotaExceeded(
                    "A state machine has at most %d versions: delete some".formatted(MOST));
        }
        return releases;
    }

    private ObjectNode list(Request request) {
        var arn = request.required("stateMachineArn");
        var machine = targets.machine(targets.qualified(arn), arn);
        var versions = published.releases(machine.name()).versions();
        var answer = Json.object();
        var list = answer.putArray("stateMachineVersions");
        Page.of(request, versions, version -> Integer.toString(version.number()), answer)
                .forEach(version -> list.add(summary(machine.name(), version)));
        return answer;
    }

    private ObjectNode summary(String machine, Version version) {
        var summary = Json.object().put("stateMachineVersionArn", arn(machine, version.number()));
        summary.set("creationDate", Json.time(version.createdAt()));
        return summary;
    }

    private ObjectNode delete(Request request) {
        var arn = request.required("stateMachineVersionArn");
        var wanted = targets.qualified(arn);
        var number = Targets.numberOf(wanted, arn);
        published.change(
                wanted.stateMachine(),
                releases -> {
                    var aliases = releases.aliasesOf(number);
                    if (!aliases.isEmpty()) {
                        throw ApiError.conflict(
                                "Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: %s"
                                        .formatted(aliases));
                    }
                    return releases.withoutVersion(number);
                });
        return Json.object();
    }

    private String arn(String machine, int number) {
        return arns.qualified(machine, Integer.toString(number));
    }
}
