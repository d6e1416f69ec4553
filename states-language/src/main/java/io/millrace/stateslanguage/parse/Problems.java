package io.millrace.stateslanguage.parse;

import io.millrace.stateslanguage.parse.Problem.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what is wrong with a definition, worded as Step Functions words it where known. */
final class Problems {

    private final List<Problem> found = new ArrayList<>();

    List<Problem> found() {
        return found;
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    void add(Code code, String location, String message) {
        found.add(new Problem(code, Optional.of(location), message));
    }

    /** A breach of the schema: a field is missing, unknown, of the wrong type, or contradicts. */
    void schema(String location, String message) {
        add(Code.SCHEMA_VALIDATION_FAILED, location, message);
    }

    void wholeWorkflow(Code code, String message) {
        found.add(new Problem(code, Optional.empty(), message));
    }

    void wrongType(String location, String wanted) {
        schema(location, "Expected value of type " + wanted);
    }

    void required(String location, List<String> fields) {
        schema(location, "These fields are required: " + fields);
    }
}
