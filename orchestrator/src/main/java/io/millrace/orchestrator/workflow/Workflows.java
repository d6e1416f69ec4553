package io.millrace.orchestrator.workflow;

import io.millrace.orchestrator.workflow.StateMachines.Change;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Registers the workflows that Millrace ships and those of the user as state machines, before the
 * first message is taken. Those that are as they were registered are left alone: neither compiled
 * nor asked for their queues' URLs again, which a function's cold start would wait for.
 */
final class Workflows implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(Workflows.class);
    private static final List<String> SHIPPED = List.of("image", "webhook");
    private static final String SUFFIX = ".asl.json";

    private final StateMachines machines;
    private final StateMachineStore store;
    private final Substitutions substitutions;
    private final List<Path> files;
    private final String roleArn;
    private final List<Future<Found>> looks = new ArrayList<>();

    /**
     * @param registered whether it is, as it is now
     */
    private record Found(
            String name,
            String definition,
            String fingerprint,
            Optional<Document> before,
            boolean registered) {}

    Workflows(
            StateMachines machines,
            StateMachineStore store,
            Substitutions substitutions,
            List<Path> files,
            String roleArn) {
        this.machines = machines;
        this.store = store;
        this.substitutions = substitutions;
        this.files = files;
        this.roleArn = roleArn;
    }

    /**
     * Looks at what is registered, in threads of their own: there is more to start meanwhile, and
     * each look is a few requests one after the other.
     */
    void look() {
        // A file of the user stands for the shipped workflow of its name.
        var definitions = new LinkedHashMap<String, String>();
        try {
            for (var name : SHIPPED) {
                definitions.put(name, shipped(name));
            }
            for (var file : files) {
                definitions.put(name(file), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        definitions.forEach(this::look);
    }

    private void look(String name, String definition) {
        var look = new FutureTask<>(() -> found(name, definition));
        looks.add(look);
        Thread.ofPlatform().daemon().name("workflow-" + name).start(look);
    }

    @Override
    public void afterSingletonsInstantiated() {
        looks.stream().map(Workflows::result).forEach(this::register);
    }

    private static Found result(Future<Found> look) {
        try {
            return look.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while workflows were looked at", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(e.getCause());
        }
    }

    private static String shipped(String name) throws IOException {
        var path = "/workflows/" + name + SUFFIX;
        try (InputStream in = Workflows.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IOException("There is no resource " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String name(Path file) {
        var name = String.valueOf(file.getFileName());
        var dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private Found found(String name, String definition) {
        var fingerprint = substitutions.fingerprint(definition);
        var before = store.document(key(name));
        return new Found(
                name,
                definition,
                fingerprint,
                before,
                before.isPresent() && isRegistered(name, fingerprint, before.get().text()));
    }

    private static String key(String name) {
        return "workflow#" + name;
    }

    private void register(Found found) {
        var name = found.name();
        if (found.registered()) {
            LOG.info("State machine {} is as it was registered", name);
            return;
        }
        switch (machines.ensure(name, substitutions.fill(found.definition()), roleArn)) {
            case Change.Done(var machine) -> {
                // Whoever was faster has kept the same, or is of another release and registers its
                // own.
                store.put(
                        key(name),
                        new Document(
                                registration(found.fingerprint(), machine),
                                found.before().map(Document::version).orElse(0L) + 1));
                LOG.info("State machine {} at revision {}", name, machine.revision());
            }
            case Change.Invalid(var problems) ->
                    throw new IllegalArgumentException(
                            "The definition of '%s' is not valid: %s"
                                    .formatted(
                                            name,
                                            problems.stream()
                                                    .map(problem -> problem.text())
                                                    .collect(Collectors.joining("; "))));
            case Change.TooMany(var most) ->
                    throw new IllegalStateException(
                            "There are %d state machines, and '%s' would be one more; delete one, or set millrace.orchestrator.most-registered"
                                    .formatted(most, name));
            case Change.Taken _, Change.Unknown _ ->
                    throw new IllegalStateException(
                            "State machine '%s' was changed and deleted meanwhile".formatted(name));
        }
    }

    private boolean isRegistered(String name, String fingerprint, String registration) {
        return machines.find(name)
                .filter(machine -> registration(fingerprint, machine).equals(registration))
                .isPresent();
    }

    /** What was asked for, and the state machine that came of it. */
    private String registration(String fingerprint, StateMachine machine) {
        return String.join(
                " ",
                fingerprint,
                roleArn,
                machine.revision(),
                machine.roleArn(),
                machine.type().name(),
                machine.logging().level().name());
    }
}
