package io.millrace.launcher;

import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What to start and how.
 *
 * @param parts which parts
 * @param endpoint where AWS is, if local-cloud is not among the parts
 * @param ports the ports of parts; any free port for those that it lacks
 * @param dataDir where everything is kept; in memory if empty
 * @param workflows definitions of the user's own, registered under their files' names
 * @param prefix what the names of all AWS resources start with
 * @param webhookSecret the secret of the webhook source {@code demo}
 * @param settings further properties of every service
 */
public record LaunchPlan(
        Set<Part> parts,
        Optional<URI> endpoint,
        Map<Part, Integer> ports,
        Optional<Path> dataDir,
        List<Path> workflows,
        String prefix,
        WebhookSecret webhookSecret,
        Map<String, String> settings) {

    /** What all names start with if nobody says otherwise. */
    public static final String DEFAULT_PREFIX = "millrace-";

    public LaunchPlan {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("name at least one part to start");
        }
        if (!parts.contains(Part.LOCAL_CLOUD) && endpoint.isEmpty()) {
            throw new IllegalArgumentException(
                    "without local-cloud, AWS_ENDPOINT_URL has to say where AWS is");
        }
        parts = Set.copyOf(parts);
        ports = Map.copyOf(ports);
        workflows = List.copyOf(workflows);
        settings = Map.copyOf(settings);
    }

    /** Everything but {@code later}, in memory, on ports that are free. */
    public static LaunchPlan inMemory(WebhookSecret secret, Part... later) {
        var parts = EnumSet.allOf(Part.class);
        parts.removeAll(Set.of(later));
        return new LaunchPlan(
                parts,
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                List.of(),
                DEFAULT_PREFIX,
                secret,
                Map.of());
    }

    int port(Part part) {
        return ports.getOrDefault(part, 0);
    }
}
