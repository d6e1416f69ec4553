package io.millrace.orchestrator.workflow;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The versions and aliases of a state machine.
 *
 * @param lastNumber of the versions that there ever were: no number is given twice
 * @param versions the latest first
 * @param aliases by name
 */
public record Releases(int lastNumber, List<Version> versions, List<Alias> aliases) {

    static final Releases NONE = new Releases(0, List.of(), List.of());

    public Releases {
        versions = List.copyOf(versions);
        aliases = List.copyOf(aliases);
    }

    /**
     * A state machine as it was when it was published.
     *
     * @param tracing versions of the time before it was kept have none
     */
    public record Version(
            int number,
            String description,
            String revision,
            String roleArn,
            Logging logging,
            Optional<Boolean> tracing,
            Instant createdAt) {

        private boolean isOf(StateMachine machine) {
            return revision.equals(machine.revision())
                    && roleArn.equals(machine.roleArn())
                    && logging.equals(machine.logging())
                    && tracing.orElse(false) == machine.tracing();
        }
    }

    /** A name for one version, or for two that share the executions. */
    public record Alias(
            String name,
            String description,
            List<Route> routes,
            Instant createdAt,
            Instant updatedAt) {

        public Alias {
            routes = List.copyOf(routes);
        }

        /**
         * The version for one execution.
         *
         * @param percent 0 to 99, each as likely as the others
         */
        public int version(int percent) {
            return percent < routes.getFirst().weight()
                    ? routes.getFirst().version()
                    : routes.getLast().version();
        }

        /** The version that most executions run; of two alike the first. */
        public int heaviest() {
            return version(routes.getFirst().weight() >= 50 ? 0 : 99);
        }

        private boolean routesTo(int number) {
            return routes.stream().anyMatch(route -> route.version() == number);
        }
    }

    /**
     * @param weight of 100 executions, how many run the version
     */
    public record Route(int version, int weight) {}

    public Optional<Version> version(int number) {
        return versions.stream().filter(version -> version.number() == number).findFirst();
    }

    /** The version that is the state machine as it is now. */
    public Optional<Version> versionOf(StateMachine machine) {
        return versions.stream().filter(version -> version.isOf(machine)).findFirst();
    }

    public Optional<Alias> alias(String name) {
        return aliases.stream().filter(alias -> alias.name().equals(name)).findFirst();
    }

    /** The aliases that lead to a version. */
    public List<String> aliasesOf(int number) {
        return aliases.stream().filter(alias -> alias.routesTo(number)).map(Alias::name).toList();
    }

    /** With the state machine as a version, unless it is one. */
    public Releases publish(StateMachine machine, String description, Instant now) {
        if (versionOf(machine).isPresent()) {
            return this;
        }
        var version =
                new Version(
                        lastNumber + 1,
                        description,
                        machine.revision(),
                        machine.roleArn(),
                        machine.logging(),
                        Optional.of(machine.tracing()),
                        now);
        return new Releases(
                version.number(),
                Stream.concat(Stream.of(version), versions.stream()).toList(),
                aliases);
    }

    public Releases withoutVersion(int number) {
        return new Releases(
                lastNumber,
                versions.stream().filter(version -> version.number() != number).toList(),
                aliases);
    }

    /** With an alias, in place of the one of its name. */
    public Releases with(Alias alias) {
        var all = new ArrayList<>(withoutAlias(alias.name()).aliases);
        all.add(alias);
        all.sort(Comparator.comparing(Alias::name));
        return new Releases(lastNumber, versions, all);
    }

    public Releases withoutAlias(String name) {
        return new Releases(
                lastNumber,
                versions,
                aliases.stream().filter(alias -> !alias.name().equals(name)).toList());
    }
}
