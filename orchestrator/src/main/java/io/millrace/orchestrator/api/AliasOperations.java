package io.millrace.orchestrator.api;

import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.workflow.Published;
import io.millrace.orchestrator.workflow.Releases;
import io.millrace.orchestrator.workflow.Releases.Alias;
import io.millrace.orchestrator.workflow.Releases.Route;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** The operations on aliases of state machines. */
final class AliasOperations {

    /** Step Functions, "Quotas". */
    private static final int MOST = 100;

    /** API reference, CreateStateMachineAlias, "name": one character at least is no digit. */
    private static final Pattern NAME = Pattern.compile("(?=.*[a-zA-Z_.-])[a-zA-Z0-9_.-]{1,80}");

    private static final String ARN = "stateMachineAliasArn";

    private final Targets targets;
    private final Published published;
    private final Arns arns;
    private final InstantSource clock;

    AliasOperations(Targets targets, Published published, Arns arns, InstantSource clock) {
        this.targets = targets;
        this.published = published;
        this.arns = arns;
        this.clock = clock;
    }

    Map<String, Operation> operations() {
        return Map.of(
                "CreateStateMachineAlias", this::create,
                "DescribeStateMachineAlias", this::describe,
                "UpdateStateMachineAlias", this::update,
                "DeleteStateMachineAlias", this::delete,
                "ListStateMachineAliases", this::list);
    }

    private ObjectNode create(Request request) {
        var name = request.required("name");
        if (!NAME.matcher(name).matches()) {
            throw ApiError.invalidName(name);
        }
        var routing = Routing.of(request, arns);
        var machine = routing.stateMachine();
        var wanted = alias(name, request.text("description").orElse(""), routing.routes());
        var kept =
                published
                        .change(machine, releases -> created(releases, wanted, machine))
                        .alias(name)
                        .orElseThrow();
        var answer = Json.object().put(ARN, arns.qualified(machine, name));
        answer.set("creationDate", Json.time(kept.createdAt()));
        return answer;
    }

    private Alias alias(String name, String description, List<Route> routes) {
        Request.checkDescription(description);
        var now = clock.instant();
        return new Alias(name, description, routes, now, now);
    }

    private Releases created(Releases releases, Alias wanted, String machine) {
        checkVersions(releases, wanted.routes(), machine);
        var before = releases.alias(wanted.name());
        if (before.isEmpty() && releases.aliases().size() >= MOST) {
            throw ApiError.quotaExceeded(
                    "A state machine has at most %d aliases: delete some".formatted(MOST));
        }
        if (before.isEmpty()) {
            return releases.with(wanted);
        }
        // The same request again is no mistake (API reference: "idempotent").
        if (before.get().routes().equals(wanted.routes())
                && before.get().description().equals(wanted.description())) {
            return releases;
        }
        throw ApiError.conflict(
                "Failed to create alias because an alias with the same name and a different routing configuration already exists.");
    }

    private void checkVersions(Releases releases, List<Route> routes, String machine) {
        for (var route : routes) {
            if (releases.version(route.version()).isEmpty()) {
                throw ApiError.resourceNotFound(
                        arns.qualified(machine, Integer.toString(route.version())));
            }
        }
    }

    private ObjectNode update(Request request) {
        var arn = request.required(ARN);
        var wanted = targets.qualified(arn);
        var description = request.text("description");
        var routing = Routing.ifGiven(request, arns);
        if (description.isEmpty() && routing.isEmpty()) {
            throw ApiError.validation(
                    "Either the description or the routing configuration must be specified");
        }
        description.ifPresent(Request::checkDescription);
        routing.filter(given -> !given.stateMachine().equals(wanted.stateMachine()))
                .ifPresent(_ -> {
                    throw ApiError.validation(
                            "Routing configuration must name versions of the alias's own state machine");
                });
        var now = clock.instant();
        published.change(
                wanted.stateMachine(),
                releases -> {
                    var before = alias(releases, arn);
                    var routes = routing.map(Routing::routes).orElse(before.routes());
                    checkVersions(releases, routes, wanted.stateMachine());
                    return releases.with(
                            new Alias(
                                    before.name(),
                                    description.orElse(before.description()),
                                    routes,
                                    before.createdAt(),
                                    now));
                });
        var answer = Json.object();
        answer.set("updateDate", Json.time(now));
        return answer;
    }

    private Alias alias(Releases releases, String arn) {
        var name = targets.qualified(arn).qualifier().orElseThrow(() -> ApiError.invalidArn(arn));
        return releases.alias(name).orElseThrow(() -> ApiError.resourceNotFound(arn));
    }

    private ObjectNode describe(Request request) {
        var arn = request.required(ARN);
        var machine = targets.qualified(arn).stateMachine();
        var alias = alias(published.releases(machine), arn);
        var answer = summary(machine, alias);
        answer.put("name", alias.name()).put("description", alias.description());
        var routes = answer.putArray("routingConfiguration");
        alias.routes()
                .forEach(route ->
                        routes.addObject()
                                .put(
                                        "stateMachineVersionArn",
                                        arns.qualified(machine, Integer.toString(route.version())))
                                .put("weight", route.weight()));
        answer.set("updateDate", Json.time(alias.updatedAt()));
        return answer;
    }

    private ObjectNode delete(Request request) {
        var arn = request.required(ARN);
        published.change(
                targets.qualified(arn).stateMachine(),
                releases -> releases.withoutAlias(alias(releases, arn).name()));
        return Json.object();
    }

    private ObjectNode list(Request request) {
        var arn = request.required("stateMachineArn");
        var wanted = targets.qualified(arn);
        var machine = targets.machine(wanted, arn).name();
        var releases = published.releases(machine);
        var number = wanted.qualifier().map(_ -> Targets.numberOf(wanted, arn));
        var aliases =
                releases.aliases().stream()
                        .filter(alias ->
                                number.isEmpty()
                                        || releases.aliasesOf(number.get()).contains(alias.name()))
                        .toList();
        var answer = Json.object();
        var list = answer.putArray("stateMachineAliases");
        Page.of(request, aliases, Alias::name, answer)
                .forEach(alias -> list.add(summary(machine, alias)));
        return answer;
    }

    private ObjectNode summary(String machine, Alias alias) {
        var summary = Json.object().put(ARN, arns.qualified(machine, alias.name()));
        summary.set("creationDate", Json.time(alias.createdAt()));
        return summary;
    }
}
