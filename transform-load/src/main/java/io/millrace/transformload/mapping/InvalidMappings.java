package io.millrace.transformload.mapping;

import java.util.List;

/** Configured mappings that cannot be used, all of them at once. */
public final class InvalidMappings extends RuntimeException {

    /** What is wrong with one mapping. */
    public record Problem(String kind, String what) {

        @Override
        public String toString() {
            return "%s: %s".formatted(kind, what);
        }
    }

    private final transient List<Problem> problems;

    InvalidMappings(List<Problem> problems) {
        super(
                "mappings that cannot be used:\n  "
                        + String.join("\n  ", problems.stream().map(Problem::toString).toList()));
        this.problems = List.copyOf(problems);
    }

    /** One for each mapping that cannot be used, in the order of their kinds. */
    public List<Problem> problems() {
        return problems;
    }
}
