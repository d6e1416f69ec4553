package io.millrace.stateslanguage.parse;

import io.millrace.stateslanguage.model.QueryLanguage;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which fields each type of state has, in both query languages or in one of them. */
final class Vocabulary {

    private static final List<String> ALWAYS = List.of("Type", "Comment", "QueryLanguage");
    private static final List<String> TRANSITION = List.of("Next", "End");
    private static final List<String> HANDLING = List.of("Retry", "Catch");

    private record Words(Set<String> both, Set<String> jsonPath, Set<String> jsonata) {}

    private static final Map<String, Words> TYPES =
            Map.of(
                    "Task",
                    new Words(
                            set(
                                    ALWAYS,
                                    TRANSITION,
                                    HANDLING,
                                    List.of("Resource", "Credentials", "Assign"),
                                    List.of("TimeoutSeconds", "HeartbeatSeconds")),
                            set(
                                    List.of("InputPath", "Parameters", "ResultSelector"),
                                    List.of("ResultPath", "OutputPath"),
                                    List.of("TimeoutSecondsPath", "HeartbeatSecondsPath")),
                            set(List.of("Arguments", "Output"))),
                    "Pass",
                    new Words(
                            set(ALWAYS, TRANSITION, List.of("Assign")),
                            set(
                                    List.of("InputPath", "Parameters", "Result"),
                                    List.of("ResultPath", "OutputPath")),
                            set(List.of("Output"))),
                    "Choice",
                    new Words(
                            set(ALWAYS, List.of("Choices", "Default", "Assign")),
                            set(List.of("InputPath", "OutputPath")),
                            set(List.of("Output"))),
                    "Wait",
                    new Words(
                            set(ALWAYS, TRANSITION, List.of("Seconds", "Timestamp", "Assign")),
                            set(
                                    List.of("SecondsPath", "TimestampPath"),
                                    List.of("InputPath", "OutputPath")),
                            set(List.of("Output"))),
                    "Succeed",
                    new Words(
                            set(ALWAYS),
                            set(List.of("InputPath", "OutputPath")),
                            set(List.of("Output"))),
                    "Fail",
                    new Words(
                            set(ALWAYS, List.of("Error", "Cause")),
                            set(List.of("ErrorPath", "CausePath")),
                            set()),
                    "Parallel",
                    new Words(
                            set(ALWAYS, TRANSITION, HANDLING, List.of("Branches", "Assign")),
                            set(
                                    List.of("InputPath", "Parameters", "ResultSelector"),
                                    List.of("ResultPath", "OutputPath")),
                            set(List.of("Arguments", "Output"))),
                    "Map",
                    new Words(
                            set(
                                    ALWAYS,
                                    TRANSITION,
                                    HANDLING,
                                    List.of("ItemProcessor", "Iterator", "ItemSelector", "Assign"),
                                    List.of("ItemReader", "ItemBatcher", "ResultWriter", "Label"),
                                    List.of("ToleratedFailureCount", "ToleratedFailurePercentage"),
                                    List.of("MaxConcurrency")),
                            set(
                                    List.of("InputPath", "ItemsPath", "Parameters"),
                                    List.of("ResultSelector", "ResultPath", "OutputPath"),
                                    List.of(
                                            "MaxConcurrencyPath",
                                            "ToleratedFailureCountPath",
                                            "ToleratedFailurePercentagePath")),
                            set(List.of("Items", "Output"))));

    private Vocabulary() {}

    @SafeVarargs
    private static Set<String> set(List<String>... groups) {
        var all = new HashSet<String>();
        for (var group : groups) {
            all.addAll(group);
        }
        return Set.copyOf(all);
    }

    static boolean hasType(String type) {
        return TYPES.containsKey(type);
    }

    static List<String> types() {
        return TYPES.keySet().stream().sorted().toList();
    }

    /** Tells each field that the type does not have, or not in this query language. */
    static void check(Fields fields, String type, QueryLanguage language) {
        var words = TYPES.getOrDefault(type, new Words(Set.of(), Set.of(), Set.of()));
        var own = language == QueryLanguage.JSON_PATH ? words.jsonPath() : words.jsonata();
        var others = language == QueryLanguage.JSON_PATH ? words.jsonata() : words.jsonPath();
        for (var name : fields.object().propertyNames()) {
            if (others.contains(name)) {
                notInThisLanguage(fields, name, language);
            } else if (!own.contains(name) && !words.both().contains(name)) {
                fields.unsupported(name);
            }
        }
    }

    static void notInThisLanguage(Fields fields, String name, QueryLanguage language) {
        var other =
                language == QueryLanguage.JSON_PATH
                        ? QueryLanguage.JSONATA
                        : QueryLanguage.JSON_PATH;
        fields.problems()
                .schema(
                        fields.location(),
                        ("The QueryLanguage is set to '%s', but field '%s' is only supported for"
                                        + " the '%s' QueryLanguage")
                                .formatted(language.text(), name, other.text()));
    }
}
