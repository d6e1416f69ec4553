package io.millrace.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.systemtests.LambdaTemplate.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * One thing starts the scheduled batch on each target: here for compose and Lambda; k8s/tests and
 * ecs/tests say the same for theirs.
 */
class ScheduleTests {

    private static final String CRON = "MILLRACE_BATCH_CRON";

    @Test
    @SuppressWarnings("unchecked")
    void onComposeOnlyBatchJobHasTheCronAndNothingElseStartsBatches() throws IOException {
        try (var file = Files.newBufferedReader(Path.of("..", "docker-compose.yml"))) {
            Map<String, Object> compose = new Yaml().load(file);
            var services = (Map<String, Map<String, Object>>) compose.get("services");
            assertThat(services)
                    .allSatisfy((name, service) -> {
                        var environment = String.valueOf(service.get("environment"));
                        assertThat(environment.contains(CRON)).isEqualTo(name.equals("batch-job"));
                        assertThat(environment).doesNotContain("MILLRACE_BATCH_ONCE");
                    });
        }
    }

    @Test
    void onLambdaOneScheduleStartsTheBatchAndNoFunctionHasACron() {
        var functions = LambdaTemplate.read("any-").functions();
        assertThat(functions)
                .allSatisfy(function -> assertThat(function.environment()).doesNotContainKey(CRON));
        assertThat(functions)
                .filteredOn(function -> function.service().equals("batch-job"))
                .flatExtracting(LambdaTemplate.Function::events)
                .filteredOn(event ->
                        event instanceof Event.Schedule(var input) && !input.contains("take-over"))
                .hasSize(1);
    }
}
