package io.millrace.stateslanguage.jsonata;

import com.dashjoin.jsonata.Jsonata;
import io.millrace.stateslanguage.scope.Environment;
import io.millrace.stateslanguage.scope.Scope;
import java.util.LinkedHashMap;

/** What an expression finds under {@code $}: the variables, {@code $states} and the functions. */
final class Bindings {

    private Bindings() {}

    static void bind(Jsonata.Frame frame, Scope scope, Environment environment) {
        AddedFunctions.bind(frame, environment);
        scope.variables().forEach((name, value) -> frame.bind(name, Values.toValue(value)));
        var states = new LinkedHashMap<String, Object>();
        states.put("input", Values.toValue(scope.input()));
        states.put("context", Values.toValue(scope.context()));
        scope.result().ifPresent(result -> states.put("result", Values.toValue(result)));
        scope.errorOutput().ifPresent(error -> states.put("errorOutput", Values.toValue(error)));
        frame.bind("states", states);
    }
}
