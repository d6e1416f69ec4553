package io.millrace.stateslanguage.model;

import io.millrace.stateslanguage.choice.Condition;
import io.millrace.stateslanguage.template.Template;
import java.util.Optional;

/**
 * One of a Choice state's rules.
 *
 * @param output JSONata only: the state's output if the rule holds
 */
public record ChoiceRule(
        Optional<String> comment,
        Condition condition,
        String next,
        Optional<Template> assign,
        Optional<Template> output) {}
