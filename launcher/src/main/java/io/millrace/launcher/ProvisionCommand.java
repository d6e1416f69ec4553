package io.millrace.launcher;

import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace provision}. */
@Command(
        name = "provision",
        mixinStandardHelpOptions = true,
        description = {
            "Creates the queues, tables, buckets and the topic of Millrace by CloudFormation on an"
                    + " emulator such as LocalStack; does nothing if they are there.",
            "On AWS: aws cloudformation deploy --template-file"
                    + " cloud-resources/src/main/resources/io/millrace/cloudresources/millrace.yaml"
                    + " --stack-name millrace"
        })
final class ProvisionCommand implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            required = true,
            defaultValue = "${env:AWS_ENDPOINT_URL}",
            description = "Where the emulator is (default: AWS_ENDPOINT_URL).")
    private URI endpoint = URI.create("");

    @Option(
            names = "--prefix",
            paramLabel = "P",
            defaultValue = "${env:MILLRACE_PREFIX:-" + LaunchPlan.DEFAULT_PREFIX + "}",
            description = "What all names start with (default: ${DEFAULT-VALUE}).")
    private String prefix = LaunchPlan.DEFAULT_PREFIX;

    @Override
    public Integer call() {
        var created = Provisioning.createStack(endpoint, prefix);
        spec.commandLine()
                .getOut()
                .printf(
                        "millrace: the stack %sstack %s%n",
                        prefix, created ? "is complete" : "was there");
        return 0;
    }
}
