package io.millrace.orchestrator.workflow;

import io.millrace.events.EventIds;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.env.PropertyResolver;

/**
 * Puts values for <code>${Name}</code> in a definition, as CloudFormation's DefinitionSubstitutions
 * does: a resource's name for its logical id, and a queue's URL for its logical id with {@code Url}
 * at the end.
 */
final class Substitutions {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z0-9.-]+)}");
    private static final String URL = "Url";

    private final PropertyResolver resources;
    private final String endpoint;
    private final UnaryOperator<String> queueUrl;

    /**
     * @param endpoint where the queues are
     * @param queueUrl asks for the URL of the queue of a name
     */
    Substitutions(PropertyResolver resources, String endpoint, UnaryOperator<String> queueUrl) {
        this.resources = resources;
        this.endpoint = endpoint;
        this.queueUrl = queueUrl;
    }

    /**
     * @throws IllegalArgumentException if there is nothing of a name
     */
    String fill(String definition) {
        return fill(definition, queueUrl);
    }

    /** Another one for all that is filled otherwise, without asking anybody. */
    String fingerprint(String definition) {
        return EventIds.hash(fill(definition, queue -> endpoint + ' ' + queue));
    }

    private String fill(String definition, UnaryOperator<String> url) {
        return PLACEHOLDER
                .matcher(definition)
                .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), url)));
    }

    private String value(String name, UnaryOperator<String> url) {
        var resource = resources.getProperty("millrace.resources." + name);
        if (resource != null) {
            return resource;
        }
        var queue =
                name.endsWith(URL)
                        ? resources.getProperty(
                                "millrace.resources."
                                        + name.substring(0, name.length() - URL.length()))
                        : null;
        if (queue == null) {
            throw new IllegalArgumentException(
                    "Nothing to put for ${%s}: use a resource's logical id, or a queue's with Url at its end"
                            .formatted(name));
        }
        return url.apply(queue);
    }
}
