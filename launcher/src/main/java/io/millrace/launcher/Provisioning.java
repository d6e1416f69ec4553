package io.millrace.launcher;

import io.millrace.cloudresources.ResourceTemplate;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.AlreadyExistsException;
import software.amazon.awssdk.services.cloudformation.model.Parameter;

/** Creates what millrace.yaml declares by CloudFormation, on an emulator that has it. */
public final class Provisioning {

    private Provisioning() {}

    /**
     * Creates the stack {@code <prefix>stack} and waits until it is complete.
     *
     * @return false if there was such a stack, which is left as it is
     */
    public static boolean createStack(URI endpoint, String prefix) {
        var anybody = AwsBasicCredentials.create("test", "test");
        try (var cloudFormation =
                CloudFormationClient.builder()
                        .endpointOverride(endpoint)
                        .region(Region.US_EAST_1)
                        .credentialsProvider(StaticCredentialsProvider.create(anybody))
                        .build()) {
            var stack = prefix + "stack";
            var named = Parameter.builder().parameterKey("Prefix").parameterValue(prefix).build();
            var created = true;
            try {
                cloudFormation.createStack(request ->
                        request.stackName(stack)
                                .templateBody(ResourceTemplate.millraceText())
                                .parameters(named));
            } catch (AlreadyExistsException _) {
                created = false;
            }
            cloudFormation.waiter().waitUntilStackCreateComplete(r -> r.stackName(stack));
            return created;
        }
    }
}
