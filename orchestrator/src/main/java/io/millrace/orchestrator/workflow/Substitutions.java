package io.millrace.orchestrator.workflow;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.env.Environment;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;

/**
 * Puts values for <code>${Name}</code> in a definition, as CloudFormation's DefinitionSubstitutions
 * does: a resource's name for its logical id, and a queue's URL for its logical id with {@code Url}
 * at the end.
 */
final class Substitutions {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z0-9.-]+)}");
    private static final String URL = "Url";

    private final Environment environment;
    private final SqsAsyncClient sqs;

    Substitutions(Environment environment, SqsAsyncClient sqs) {
        this.environment = environment;
        this.sqs = sqs;
    }

    /**
     * @throws IllegalArgumentException if there is nothing of a name
     */
    String fill(String definition) {
        return PLACEHOLDER
                .matcher(definition)
                .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1))));
    }

    private String value(String name) {
        var resource = environment.getProperty("millrace.resources." + name);
        if (resource != null) {
            return resource;
        }
        var queue =
                name.endsWith(URL)
                        ? environment.getProperty(
                                "millrace.resources."
                                        + name.substring(0, name.length() - URL.length()))
                        : null;
        if (queue == null) {
            throw new IllegalArgumentException(
                    "Nothing to put for ${%s}: use a resource's logical id, or a queue's with Url at its end"
                            .formatted(name));
        }
        return sqs.getQueueUrl(request -> request.queueName(queue))
                .thenApply(GetQueueUrlResponse::queueUrl)
                .join();
    }
}
