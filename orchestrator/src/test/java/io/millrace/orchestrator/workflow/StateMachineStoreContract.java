package io.millrace.orchestrator.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.orchestrator.workflow.Logging.Level;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds for every store of state machines. */
abstract class StateMachineStoreContract {

    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

    private final String name = "machine-" + UUID.randomUUID();

    abstract StateMachineStore store();

    private StateMachine machine(String named, String revision) {
        return new StateMachine(
                named,
                "text of " + revision,
                revision,
                "arn:aws:iam::000000000000:role/r",
                StateMachine.Type.EXPRESS,
                new Logging(Level.ERROR, true, List.of("arn:aws:logs:::log-group:g:*")),
                true,
                Optional.of("first"),
                CREATED,
                CREATED.plusMillis(1_234));
    }

    /** Keeps its definition too, as whoever creates one does. */
    private StateMachine kept(StateMachine machine) {
        store().putRevision(machine.revision(), machine.definition());
        assertThat(store().create(machine)).isEmpty();
        return machine;
    }

    @Test
    void aStateMachineIsFoundAsItWasCreated() {
        assertThat(store().find(name)).isEmpty();

        var machine = kept(machine(name, "r1"));

        assertThat(store().find(name)).contains(machine);
    }

    @Test
    void aStateMachineThatSaysNothingOfLoggingOrItsFirstRevisionIsKeptSo() {
        var machine =
                new StateMachine(
                        name,
                        "text of r1",
                        "r1",
                        "role",
                        StateMachine.Type.STANDARD,
                        Logging.OFF,
                        false,
                        Optional.empty(),
                        CREATED,
                        CREATED);

        kept(machine);

        assertThat(store().find(name)).contains(machine);
    }

    @Test
    void aNameIsGivenOnce() {
        var first = kept(machine(name, "r1"));
        store().putRevision("r2", "text of r2");

        assertThat(store().create(machine(name, "r2"))).contains(first);
        assertThat(store().find(name)).contains(first);
    }

    @Test
    void aStateMachineThatIsReplacedLeavesItsDefinitionToTheExecutionsThatFollowIt() {
        kept(machine(name, "r1"));
        store().putRevision("r2", "text of r2");

        store().replace(machine(name, "r2"));

        assertThat(store().find(name)).contains(machine(name, "r2"));
        assertThat(store().revision("r1")).contains("text of r1");
    }

    @Test
    void aStateMachineThatIsDeletedIsGoneAndItsDefinitionIsNot() {
        kept(machine(name, "r1"));

        store().delete(name);
        store().delete(name);

        assertThat(store().find(name)).isEmpty();
        assertThat(store().revision("r1")).contains("text of r1");
        assertThat(store().create(machine(name, "r1"))).isEmpty();
    }

    @Test
    void stateMachinesAreListedByNameAfterTheGivenOne() {
        var names = IntStream.range(0, 5).mapToObj(i -> name + "-" + i).toList();
        names.reversed().forEach(each -> kept(machine(each, "r1")));

        assertThat(store().list(names.get(1), 2))
                .extracting(StateMachine::name)
                .containsExactly(names.get(2), names.get(3));
        assertThat(store().list(names.get(4) + "z", 10))
                .extracting(StateMachine::name)
                .doesNotContainAnyElementsOf(names);
        assertThat(store().list("", 10_000))
                .extracting(StateMachine::name)
                .containsSubsequence(names);
    }

    @Test
    void stateMachinesAreCounted() {
        var before = store().count();
        kept(machine(name + "-1", "r1"));
        kept(machine(name + "-2", "r1"));
        store().delete(name + "-1");

        assertThat(store().count()).isEqualTo(before + 1);
    }

    @Test
    void aRevisionThatIsNotKeptIsNotFound() {
        assertThat(store().revision("none-" + name)).isEmpty();
    }

    @Test
    void whoeverProposesFirstDecides() {
        assertThat(store().agree("setting-" + name, "mine")).isEqualTo("mine");
        assertThat(store().agree("setting-" + name, "yours")).isEqualTo("mine");
    }

    @Test
    void aDocumentIsReplacedByTheNextVersionOnly() {
        var key = "releases#" + name;

        assertThat(store().document(key)).isEmpty();
        assertThat(store().put(key, new Document("too early", 2))).isFalse();
        assertThat(store().put(key, new Document("one", 1))).isTrue();
        assertThat(store().put(key, new Document("another one", 1))).isFalse();
        assertThat(store().put(key, new Document("two", 2))).isTrue();
        assertThat(store().put(key, new Document("two again", 2))).isFalse();
        assertThat(store().put(key, new Document("four", 4))).isFalse();
        assertThat(store().document(key)).contains(new Document("two", 2));
    }

    @Test
    void aDocumentThatIsRemovedBeginsAnew() {
        var key = "tags#" + name;
        store().put(key, new Document("one", 1));
        store().put(key, new Document("two", 2));

        store().removeDocument(key);
        store().removeDocument(key);

        assertThat(store().document(key)).isEmpty();
        assertThat(store().put(key, new Document("three", 3))).isFalse();
        assertThat(store().put(key, new Document("one", 1))).isTrue();
    }
}
