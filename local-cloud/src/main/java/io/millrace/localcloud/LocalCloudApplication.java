package io.millrace.localcloud;

import io.millrace.cloudresources.ResourceTemplate;
import io.millrace.localcloud.aws.AwsError;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** local-cloud as a program of its own. */
@Command(
        name = "local-cloud",
        mixinStandardHelpOptions = true,
        description = "SQS, SNS, S3, DynamoDB, DynamoDB Streams and STS on one port.")
public final class LocalCloudApplication implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--port",
            defaultValue = "" + LocalCloud.DEFAULT_PORT,
            description = "Port to listen on; 0 for any that is free (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--bind",
            defaultValue = "127.0.0.1",
            description =
                    "Address to listen on (default: ${DEFAULT-VALUE}); 0.0.0.0 lets other machines in.")
    private String bind = "";

    @Option(
            names = "--data-dir",
            description = "Keep everything in this directory; without it, memory is all there is.")
    private @Nullable Path dataDir;

    @Option(
            names = "--prefix",
            defaultValue = "millrace-",
            description =
                    "What names of Millrace's resources start with (default: ${DEFAULT-VALUE}).")
    private String prefix = "";

    @Option(
            names = "--template",
            description = "Create this CloudFormation template's resources instead of Millrace's.")
    private @Nullable Path template;

    @Option(names = "--states-endpoint", description = "Who answers Step Functions.")
    private @Nullable URI statesEndpoint;

    /** Starts it and stays until the process is told to end. */
    public static void main(String[] args) {
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty(
                    "logback.configurationFile", "io/millrace/localcloud/standalone-logback.xml");
        }
        System.exit(new CommandLine(new LocalCloudApplication()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        var out = spec.commandLine().getOut();
        LocalCloud cloud;
        try {
            cloud = builder().start();
        } catch (IllegalStateException | IllegalArgumentException | AwsError e) {
            spec.commandLine().getErr().println("local-cloud does not start: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        var ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    cloud.close();
                                    ended.countDown();
                                },
                                "local-cloud-stop"));
        welcome(out, cloud);
        ended.await();
        return CommandLine.ExitCode.OK;
    }

    private LocalCloud.Builder builder() {
        var builder = LocalCloud.builder().port(port).bind(bind).prefix(prefix);
        if (dataDir != null) {
            builder.dataDir(dataDir);
        }
        if (template != null) {
            builder.template(ResourceTemplate.read(template, Map.of("Prefix", prefix)));
        }
        if (statesEndpoint != null) {
            builder.statesEndpoint(statesEndpoint);
        }
        return builder;
    }

    private static void welcome(PrintWriter out, LocalCloud cloud) {
        out.println("local-cloud is ready: " + cloud.endpoint());
        out.println("  export AWS_ENDPOINT_URL=" + cloud.endpoint());
        out.println(
                "  export AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test");
        out.flush();
    }
}
