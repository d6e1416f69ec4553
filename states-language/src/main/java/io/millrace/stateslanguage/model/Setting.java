package io.millrace.stateslanguage.model;

import io.millrace.stateslanguage.intrinsic.Expression;
import io.millrace.stateslanguage.jsonata.JsonataExpression;
import io.millrace.stateslanguage.template.Template;
import tools.jackson.databind.JsonNode;

/** The value of a field that a definition gives, or says how to find when the state runs. */
public sealed interface Setting {

    /** Written in the definition. */
    record Given(JsonNode value) implements Setting {}

    /** Found by the field's twin whose name ends in Path. */
    record Found(Expression expression) implements Setting {}

    /** Computed by a JSONata expression. */
    record Computed(JsonataExpression expression) implements Setting {}

    /** JSON with JSONata expressions in it. */
    record Filled(Template template) implements Setting {}
}
