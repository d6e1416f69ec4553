package io.millrace.orchestrator.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cloudresources.ResourceTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

/** What is registered at start, and what a start asks for. */
class WorkflowsTests {

    private static final String ROLE = "arn:aws:iam::000000000000:role/millrace";

    private final StateMachineStore store = new InMemoryStateMachineStore();
    private final List<String> asked = new ArrayList<>();

    @Test
    void whatIsShippedIsRegisteredWithTheUrlsOfItsQueues() {
        start("near");

        assertThat(asked).contains("millrace-load");
        assertThat(definition("webhook")).contains("near/millrace-load");
    }

    @Test
    void aStartAsksForNoQueueThatAnEarlierOneAskedFor() {
        start("near");
        asked.clear();

        start("near");

        assertThat(asked).isEmpty();
    }

    @Test
    void queuesElsewhereAreAskedFor() {
        start("near");

        start("far");

        assertThat(definition("webhook")).contains("far/millrace-load").doesNotContain("near/");
    }

    @Test
    void aWorkflowThatSomebodyChangedIsAsShippedAfterTheNextStart() {
        start("near");
        var shipped = definition("webhook");
        machines()
                .update(
                        "webhook",
                        Optional.of(
                                "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}}"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());

        start("near");

        assertThat(definition("webhook")).isEqualTo(shipped);
    }

    @Test
    void aWorkflowThatSomebodyDeletedIsThereAfterTheNextStart() {
        start("near");
        machines().delete("image");

        start("near");

        assertThat(store.find("image")).isPresent();
    }

    @Test
    void aFileStandsForTheShippedWorkflowOfItsNameAtEachStart(@TempDir Path folder)
            throws IOException {
        var own = "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}}";
        var file = Files.writeString(folder.resolve("image.asl.json"), own);

        start("near", file);
        start("near", file);

        assertThat(definition("image")).isEqualTo(own);
    }

    private void start(String endpoint, Path... files) {
        var resources = new MockEnvironment();
        ResourceTemplate.millraceNames("millrace-")
                .forEach((id, name) -> resources.setProperty("millrace.resources." + id, name));
        var substitutions =
                new Substitutions(
                        resources,
                        endpoint,
                        queue -> {
                            asked.add(queue);
                            return endpoint + "/" + queue;
                        });
        var workflows = new Workflows(machines(), store, substitutions, List.of(files), ROLE);
        workflows.look();
        workflows.afterSingletonsInstantiated();
    }

    private StateMachines machines() {
        return new StateMachines(store, () -> Instant.EPOCH, _ -> true);
    }

    private String definition(String name) {
        return store.find(name).orElseThrow().definition();
    }
}
