package io.millrace.localcloud;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The AWS CLI does what the README says. */
class AwsCliTests {

    @Test
    @EnabledIf("io.millrace.localcloud.WalkThrough#isExpected")
    void theWalkThroughPrintsWhatItSays(@TempDir Path folder) throws Exception {
        try (var cloud = LocalCloud.builder().port(0).start()) {
            WalkThrough.of(Path.of("README.md"))
                    .printsWhatItSays(folder, "http://localhost:4566", cloud.endpoint());
        }
    }
}
