package io.millrace.orchestrator.api;

import io.millrace.orchestrator.workflow.Logging;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The API's {@code loggingConfiguration}. */
final class LoggingConfiguration {

    private static final String GROUP = "cloudWatchLogsLogGroup";
    private static final String ARN = "logGroupArn";

    private LoggingConfiguration() {}

    static Optional<Logging> of(Request request) {
        return request.object("loggingConfiguration").map(LoggingConfiguration::read);
    }

    private static Logging read(JsonNode configuration) {
        var destinations = new ArrayList<String>();
        for (var destination : configuration.path("destinations")) {
            destinations.add(destination.path(GROUP).path(ARN).asString(""));
        }
        if (destinations.size() > 1) {
            throw ApiError.invalidLogging(
                    "Invalid Logging Configuration: Must specify exactly one Log Destination.");
        }
        return new Logging(
                level(configuration.path("level").asString("OFF")),
                configuration.path("includeExecutionData").asBoolean(false),
                destinations);
    }

    private static Logging.Level level(String text) {
        return Arrays.stream(Logging.Level.values())
                .filter(level -> level.name().equals(text))
                .findFirst()
                .orElseThrow(() ->
                        ApiError.validation(
                                "1 validation error detected: Value '%s' at 'loggingConfiguration.level' failed to satisfy constraint: Member must satisfy enum value set: [ALL, ERROR, FATAL, OFF]"
                                        .formatted(text)));
    }

    static ObjectNode view(Logging logging) {
        var view =
                Json.object()
                        .put("level", logging.level().name())
                        .put("includeExecutionData", logging.data());
        if (!logging.destinations().isEmpty()) {
            var destinations = view.putArray("destinations");
            logging.destinations()
                    .forEach(arn -> destinations.addObject().putObject(GROUP).put(ARN, arn));
        }
        return view;
    }
}
