package io.millrace.orchestrator.api;

import io.millrace.localcloud.WalkThrough;
import io.millrace.orchestrator.OrchestratorFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The AWS CLI does what docs/aws-cli.md says. */
class AwsCliTests {

    @Test
    @EnabledIf("io.millrace.localcloud.WalkThrough#isExpected")
    void theWalkThroughPrintsWhatItSays(@TempDir Path folder) throws Exception {
        WalkThrough.of(Path.of("../docs/aws-cli.md"))
                .printsWhatItSays(
                        folder, "http://localhost:8083", OrchestratorFixture.shared().endpoint());
    }
}
