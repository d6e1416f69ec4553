package io.millrace.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** lambda/template.yaml, as far as it says which function is what and what invokes it. */
record LambdaTemplate(List<Function> functions) {

    private static final Path FILE = Path.of("..", "lambda", "template.yaml");

    /**
     * A function.
     *
     * @param name its logical id
     * @param service the module that it is made of
     * @param environment its variables, those that are plain text
     */
    record Function(
            String name, String service, Map<String, String> environment, List<Event> events) {}

    /** What invokes a function. */
    sealed interface Event {

        record Queue(String name, int batchSize) implements Event {}

        record Stream(int batchSize) implements Event {}

        record Schedule(String input) implements Event {}

        record Http(String method, String path) implements Event {}
    }

    static LambdaTemplate read(String prefix) {
        try (var reader = Files.newBufferedReader(FILE)) {
            Map<String, Object> document = new Yaml(new Intrinsics(prefix)).load(reader);
            return new LambdaTemplate(
                    map(document, "Resources").entrySet().stream()
                            .flatMap(resource -> function(resource).stream())
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The functions of a service. */
    Stream<Function> of(String service) {
        return functions.stream().filter(each -> each.service().equals(service));
    }

    private static Optional<Function> function(Map.Entry<String, Object> resource) {
        var body = cast(resource.getValue());
        if (!"AWS::Serverless::Function".equals(body.get("Type"))) {
            return Optional.empty();
        }
        var properties = map(body, "Properties");
        var environment = new HashMap<String, String>();
        map(map(properties, "Environment"), "Variables")
                .forEach((name, value) -> environment.put(name, String.valueOf(value)));
        return Optional.of(
                new Function(
                        resource.getKey(),
                        environment.get("MILLRACE_SERVICE"),
                        environment,
                        map(properties, "Events").values().stream()
                                .map(event -> event(cast(event)))
                                .toList()));
    }

    private static Event event(Map<String, Object> event) {
        var properties = map(event, "Properties");
        return switch ((String) event.get("Type")) {
            case "SQS" -> {
                if (!List.of("ReportBatchItemFailures")
                        .equals(properties.get("FunctionResponseTypes"))) {
                    throw new IllegalStateException("a mapping loses partial failures: " + event);
                }
                var arn = (String) properties.get("Queue");
                yield new Event.Queue(
                        arn.substring(arn.lastIndexOf(':') + 1),
                        (Integer) properties.get("BatchSize"));
            }
            case "DynamoDB" -> new Event.Stream((Integer) properties.get("BatchSize"));
            case "ScheduleV2" -> new Event.Schedule((String) properties.get("Input"));
            case "HttpApi" ->
                    new Event.Http(
                            (String) properties.get("Method"), (String) properties.get("Path"));
            default -> throw new IllegalStateException("unknown kind of event " + event);
        };
    }

    private static Map<String, Object> map(Map<String, Object> from, String name) {
        return Optional.ofNullable(from.get(name)).map(LambdaTemplate::cast).orElse(Map.of());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Object value) {
        return (Map<String, Object>) value;
    }

    /** CloudFormation's short forms; all that matters here are names with the prefix. */
    private static final class Intrinsics extends SafeConstructor {

        Intrinsics(String prefix) {
            super(new LoaderOptions());
            yamlMultiConstructors.put(
                    "!",
                    new org.yaml.snakeyaml.constructor.AbstractConstruct() {
                        @Override
                        public Object construct(Node node) {
                            return node instanceof ScalarNode scalar
                                    ? scalar.getValue().replace("${Prefix}", prefix)
                                    : "";
                        }
                    });
            yamlConstructors.put(
                    new Tag("!Ref"),
                    new org.yaml.snakeyaml.constructor.AbstractConstruct() {
                        @Override
                        public Object construct(Node node) {
                            return "";
                        }
                    });
        }
    }
}
