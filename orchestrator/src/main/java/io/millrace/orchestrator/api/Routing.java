package io.millrace.orchestrator.api;

import io.millrace.orchestrator.execution.Arns;
import io.millrace.orchestrator.workflow.Releases.Route;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The API's {@code routingConfiguration}.
 *
 * @param stateMachine whose versions it names
 */
record Routing(String stateMachine, List<Route> routes) {

    private static final String FIELD = "routingConfiguration";
    private static final String VERSION = "stateMachineVersionArn";

    Routing {
        routes = List.copyOf(routes);
    }

    static Routing of(Request request, Arns arns) {
        return ifGiven(request, arns)
                .orElseThrow(() -> Request.constraint(FIELD, "null", "Member must not be null"));
    }

    static Optional<Routing> ifGiven(Request request, Arns arns) {
        return request.array(FIELD).map(given -> read(given, arns));
    }

    private static Routing read(JsonNode given, Arns arns) {
        if (given.isEmpty() || given.size() > 2) {
            throw Request.constraint(
                    FIELD,
                    given.toString(),
                    given.isEmpty()
                            ? "Member must have length greater than or equal to 1"
                            : "Member must have length less than or equal to 2");
        }
        var machines = new HashSet<String>();
        var routes = new ArrayList<Route>();
        for (var route : given) {
            var arn = route.path(VERSION).asString("");
            var named = arns.qualified(arn).orElseThrow(() -> ApiError.invalidArn(arn));
            machines.add(named.stateMachine());
            routes.add(new Route(Targets.numberOf(named, arn), weight(route.path("weight"))));
        }
        if (machines.size() > 1) {
            throw ApiError.validation(
                    "Routing configuration must name versions of one state machine");
        }
        check(routes, given);
        return new Routing(machines.iterator().next(), routes);
    }

    private static int weight(JsonNode weight) {
        if (!weight.isIntegralNumber() || weight.intValue() < 0 || weight.intValue() > 100) {
            throw Request.constraint(
                    FIELD + ".weight",
                    weight.isMissingNode() ? "null" : weight.toString(),
                    "Member must have value between 0 and 100");
        }
        return weight.intValue();
    }

    private static void check(List<Route> routes, JsonNode given) {
        if (routes.stream().map(Route::version).distinct().count() < routes.size()) {
            throw ApiError.validation(
                    "Routing configuration must contain distinct state machine version ARNs. Received: %s"
                            .formatted(given));
        }
        if (routes.stream().mapToInt(Route::weight).sum() != 100) {
            throw ApiError.validation(
                    "Sum of routing configuration weights must equal 100. Received: %s"
                            .formatted(given));
        }
    }
}
