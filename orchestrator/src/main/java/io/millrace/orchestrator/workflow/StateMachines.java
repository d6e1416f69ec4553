package io.millrace.orchestrator.workflow;

import io.millrace.events.EventIds;
import io.millrace.orchestrator.execution.Definition;
import io.millrace.stateslanguage.parse.DefinitionParser;
import io.millrace.stateslanguage.parse.ExpressRules;
import io.millrace.stateslanguage.parse.Parsed;
import io.millrace.stateslanguage.parse.Problem;
import io.millrace.stateslanguage.parse.ResourceRules;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The state machines that there are. */
public final class StateMachines {

    /** How long a name may lead to a definition that was just replaced elsewhere. */
    private static final Duration STALE = Duration.ofSeconds(1);

    private final StateMachineStore store;
    private final InstantSource clock;
    private final KnownResources resources;
    private final Quota quota;
    private final DefinitionParser parser = new DefinitionParser();
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();
    private final Map<String, Definition> compiled = new ConcurrentHashMap<>();

    /** A revision is a hash of its text: it never changes. */
    private final Map<String, String> texts = new ConcurrentHashMap<>();

    /**
     * @param resources what Task states can name
     */
    public StateMachines(StateMachineStore store, InstantSource clock, KnownResources resources) {
        this(store, clock, resources, Quota.none());
    }

    /**
     * @param resources what Task states can name
     * @param quota of state machines
     */
    public StateMachines(
            StateMachineStore store, InstantSource clock, KnownResources resources, Quota quota) {
        this.store = store;
        this.resources = resources;
        this.clock = clock;
        this.quota = quota;
    }

    private record Seen(StateMachine machine, Instant at) {}

    /** What became of a request to create or change a state machine. */
    public sealed interface Change {

        record Done(StateMachine machine) implements Change {}

        record Invalid(List<Problem> problems) implements Change {}

        /** Another one has the name. */
        record Taken(StateMachine machine) implements Change {}

        record Unknown() implements Change {}

        /** There may be no more than there are. */
        record TooMany(long most) implements Change {}
    }

    /** Creates a state machine; the same request again answers the same. */
    public Change create(
            String name,
            String definition,
            String roleArn,
            StateMachine.Type type,
            Logging logging,
            boolean tracing) {
        return switch (parse(definition, type)) {
            case Parsed.Invalid(var problems) -> new Change.Invalid(problems);
            // One that is there already is answered as ever.
            case Parsed.Valid _ when quota.isFull() && store.find(name).isEmpty() ->
                    new Change.TooMany(quota.most());
            case Parsed.Valid _ -> {
                var now = clock.instant();
                var revision = revision(definition);
                var machine =
                        new StateMachine(
                                name,
                                definition,
                                revision,
                                roleArn,
                                type,
                                logging,
                                tracing,
                                Optional.of(StateMachine.idOf(revision, roleArn)),
                                now,
                                now);
                store.putRevision(revision, definition);
                yield store.create(machine)
                        .<Change>map(existing ->
                                existing.sameAs(machine)
                                        ? new Change.Done(existing)
                                        : new Change.Taken(existing))
                        .orElseGet(() -> {
                            quota.created();
                            return remember(machine);
                        });
            }
        };
    }

    /** Changes a state machine; executions that run go on as they began. */
    public Change update(
            String name,
            Optional<String> definition,
            Optional<String> roleArn,
            Optional<Logging> logging,
            Optional<Boolean> tracing) {
        var current = store.find(name);
        if (current.isEmpty()) {
            return new Change.Unknown();
        }
        var text = definition.orElse(current.get().definition());
        return switch (parse(text, current.get().type())) {
            case Parsed.Invalid(var problems) -> new Change.Invalid(problems);
            case Parsed.Valid _ -> {
                var revision = revision(text);
                store.putRevision(revision, text);
                var role = roleArn.orElse(current.get().roleArn());
                var machine =
                        current.get()
                                .updated(
                                        text,
                                        revision,
                                        role,
                                        logging.orElse(current.get().logging()),
                                        tracing.orElse(current.get().tracing()),
                                        clock.instant());
                store.replace(machine);
                yield remember(machine);
            }
        };
    }

    /** Has a state machine of that name, definition and role, whatever there was. */
    public Change ensure(String name, String definition, String roleArn) {
        var type = StateMachine.Type.STANDARD;
        return switch (create(name, definition, roleArn, type, Logging.OFF, false)) {
            case Change.Done(var machine) when !machine.roleArn().equals(roleArn) ->
                    change(name, definition, roleArn);
            case Change.Taken _ -> change(name, definition, roleArn);
            case Change other -> other;
        };
    }

    private Change change(String name, String definition, String roleArn) {
        return update(
                name,
                Optional.of(definition),
                Optional.of(roleArn),
                Optional.empty(),
                Optional.empty());
    }

    /** The definition that a text holds for a type of workflow, or everything wrong with it. */
    public Parsed parse(String text, StateMachine.Type type) {
        var parsed = parser.parse(text);
        if (!(parsed instanceof Parsed.Valid(var definition))) {
            return parsed;
        }
        var problems =
                type == StateMachine.Type.EXPRESS
                        ? ExpressRules.check(definition)
                        : List.<Problem>of();
        if (problems.isEmpty()) {
            problems = ResourceRules.check(definition, resources::isKnown);
        }
        return problems.isEmpty() ? parsed : new Parsed.Invalid(problems);
    }

    private Change remember(StateMachine machine) {
        seen.put(machine.name(), new Seen(machine, clock.instant()));
        return new Change.Done(machine);
    }

    public void delete(String name) {
        store.delete(name);
        seen.remove(name);
    }

    /** The state machine of that name; another replica's change may take a second to be seen. */
    public Optional<StateMachine> find(String name) {
        var known = seen.get(name);
        if (known != null && isFresh(known)) {
            return Optional.of(known.machine());
        }
        // One asks for all that want to know at this moment.
        var found = seen.compute(name, (_, latest) -> isFresh(latest) ? latest : ask(name));
        return Optional.ofNullable(found).map(Seen::machine);
    }

    private boolean isFresh(@Nullable Seen known) {
        return known != null && known.at().plus(STALE).isAfter(clock.instant());
    }

    private @Nullable Seen ask(String name) {
        var now = clock.instant();
        return store.find(name).map(machine -> new Seen(machine, now)).orElse(null);
    }

    /** A state machine as one of its versions has it. */
    public StateMachine at(StateMachine machine, Releases.Version version) {
        return new StateMachine(
                machine.name(),
                text(version.revision()),
                version.revision(),
                version.roleArn(),
                machine.type(),
                version.logging(),
                version.tracing().orElse(false),
                machine.initial(),
                version.createdAt(),
                version.createdAt());
    }

    /** State machines by name, after the given one. */
    public List<StateMachine> list(String after, int limit) {
        return store.list(after, limit);
    }

    /** The compiled definition of a revision. */
    public Definition definition(String revision) {
        return compiled.computeIfAbsent(
                        Definition.root(revision),
                        root -> new Definition(root, parser.parse(text(root)).orThrow()))
                .ofRevision(revision);
    }

    /** The text of a revision. */
    public String text(String revision) {
        return texts.computeIfAbsent(
                Definition.root(revision),
                root ->
                        store.revision(root)
                                .orElseThrow(() ->
                                        new IllegalStateException(
                                                "The definition %s is not kept any more"
                                                        .formatted(revision))));
    }

    private static String revision(String definition) {
        return EventIds.hash(definition);
    }
}
