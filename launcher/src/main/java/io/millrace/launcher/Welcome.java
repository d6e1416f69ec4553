package io.millrace.launcher;

import io.millrace.cloudresources.ResourceTemplate;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/** What {@code millrace up} prints: where everything is, and lines to paste. */
final class Welcome {

    private final PrintWriter out;
    private final LaunchPlan plan;
    private final Launched launched;

    Welcome(PrintWriter out, LaunchPlan plan, Launched launched) {
        this.out = out;
        this.plan = plan;
        this.launched = launched;
    }

    void print(Duration took) {
        out.printf(
                Locale.ROOT,
                "millrace: ready in %.1f s (the JVM has run for %.1f s)%n%n",
                took.toMillis() / 1000.0,
                ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
        out.printf("  %-18s%s%n", "AWS endpoint", launched.endpoint());
        for (var part : Part.values()) {
            launched.service(part).ifPresent(at -> out.printf("  %-18s%s%n", part, at));
        }
        launched.service(Part.ORCHESTRATOR)
                .ifPresent(at -> out.printf("  %-18s%s/console/%n", "console", at));
        out.printf("  %-18s%s%n", "log", LogFile.path());
        out.printf(
                "  %-18s%s%n%n", "data", plan.dataDir().map(Object::toString).orElse("in memory"));
        launched.service(Part.WEBHOOK_HANDLER).ifPresent(this::webhook);
        if (plan.parts().contains(Part.LOCAL_CLOUD)) {
            aws();
        }
        out.println("Ctrl-C stops everything.");
        out.flush();
    }

    private void webhook(URI handler) {
        out.printf("Webhook source demo, secret %s%n%n", plan.webhookSecret().value());
        out.println(
                "  id=msg_$(date +%s%N); ts=$(date +%s); body='{\"type\":\"order.created\",\"data\":{\"order\":42}}'");
        out.printf(
                "  sig=$(printf '%%s.%%s.%%s' \"$id\" \"$ts\" \"$body\" | openssl dgst -sha256 -mac HMAC"
                        + " -macopt hexkey:%s -binary | base64)%n",
                plan.webhookSecret().hexKey());
        out.printf(
                "  curl -i %s/webhooks/demo -H \"webhook-id: $id\" -H \"webhook-timestamp: $ts\""
                        + " -H \"webhook-signature: v1,$sig\" -H 'content-type: application/json' -d \"$body\"%n%n",
                handler);
    }

    private void aws() {
        var names = ResourceTemplate.millrace(plan.prefix());
        out.println("AWS CLI");
        out.println();
        out.printf(
                "  export AWS_ENDPOINT_URL=%s AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test"
                        + " AWS_DEFAULT_REGION=us-east-1 AWS_PAGER=%n",
                launched.endpoint());
        // Version 1 of the CLI does not read AWS_ENDPOINT_URL for SQS: those lines say it
        // themselves.
        out.printf("  aws s3 cp photo.jpg s3://%s/%n", names.name("UploadsBucket"));
        out.printf(
                "  aws dynamodb put-item --table-name %s --item"
                        + " '{\"pk\":{\"S\":\"customer#1\"},\"sk\":{\"S\":\"profile\"},\"type\":{\"S\":\"customer\"}}'%n",
                names.name("RecordsTable"));
        out.printf("  aws dynamodb scan --table-name %s%n", names.name("ResultsTable"));
        out.printf("  aws s3 ls --recursive s3://%s/%n", names.name("ResultsBucket"));
        out.printf(
                "  aws --endpoint-url %s sqs receive-message --queue-url %s/000000000000/%s%n",
                launched.endpoint(), launched.endpoint(), names.name("DeadLettersQueue"));
        if (plan.parts().contains(Part.ORCHESTRATOR)) {
            out.println("  aws stepfunctions list-state-machines");
        }
        out.println();
    }
}
