package io.millrace.orchestrator.api;

import io.millrace.orchestrator.workflow.Logging;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The API's {@code loggingConfiguration}. */
final class LoggingConfiguration {

    private static final String GROUP = "cloudWatchLogsLogGroup";
    private static final String ARN = "logGroupArn";
    private static final Pattern LOG_GROUP =
            Pattern.compile("arn:[^:]+:logs:[^:]*:[^:]*:log-group:.+");

    private LoggingConfiguration() {}

    static Optional<Logging> of(Request request) {
        return request.object("loggingConfiguration").map(LoggingConfiguration::read);
    }

    private static Logging read(JsonNode configuration) {
        var destinations = new ArrayList<String>();
        for (var destination : configuration.path("destinations")) {
            destinations.add(destination.path(GROUP).path(ARN).asString(""));
        }
        var level = level(configuration.path("level").asString("OFF"));
        if (destinations.size() > 1 || (level != Logging.Level.OFF && destinations.isEmpty())) {
            throw invalid("Must specify exactly one Log Destination.");
        }
        destinations.forEach(LoggingConfiguration::check);
        return new Logging(
                level, configuration.path("includeExecutionData").asBoolean(false), destinations);
    }

    /** Whether there is such a group is not asked: nothing is sent there. */
    private static void check(String arn) {
        if (arn.isEmpty()) {
            throw invalid("Must set valid CloudWatch Log Group ARN.");
        }
        if (!LOG_GROUP.matcher(arn).matches()) {
            throw invalid("Provided ARN is not CloudWatch Logs Log Group ARN.");
        }
        if (!arn.endsWith(":*")) {
            throw invalid("Log Group ARN must be provided with '*' qualifier.");
        }
    }

    private static ApiError invalid(String reason) {
        return ApiError.invalidLogging("Invalid Logging Configuration: " + reason);
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
