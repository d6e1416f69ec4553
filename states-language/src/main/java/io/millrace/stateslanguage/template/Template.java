package io.millrace.stateslanguage.template;

import io.millrace.stateslanguage.intrinsic.Expression;
import io.millrace.stateslanguage.jsonata.JsonataExpression;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** JSON with expressions in it, compiled; {@link TemplateFiller} fills it in. */
public sealed interface Template {

    /** JSON without expressions. */
    record Constant(JsonNode value) implements Template {}

    /** An object of which some member holds an expression. */
    record ObjectOf(List<Member> members) implements Template {
        public ObjectOf {
            members = List.copyOf(members);
        }
    }

    /** A member of an object: its name in the result, and its template. */
    record Member(String name, Template value) {}

    /** An array of which some element holds an expression. */
    record ArrayOf(List<Template> elements) implements Template {
        public ArrayOf {
            elements = List.copyOf(elements);
        }
    }

    /**
     * JSONPath: a path or an intrinsic function.
     *
     * @param field the name of the field that holds it, with its {@code .$}
     */
    record Evaluated(String field, Expression expression) implements Template {}

    /** JSONata: an expression between <code>{%</code> and <code>%}</code>. */
    record Computed(JsonataExpression expression) implements Template {}
}
