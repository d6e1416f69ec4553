package io.millrace.localcloud.front;

import io.millrace.localcloud.aws.AwsService;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Says which service a request is for: by the credential scope of its signature, then by its target
 * header, its host, its action; what nothing tells of is S3's.
 */
final class ServiceRouter {

    static final String OWN_PAGES = "/_millrace/";

    // SigV4: Credential=AKID/20261123/us-east-1/sqs/aws4_request. An access key may hold slashes.
    private static final Pattern CREDENTIAL = Pattern.compile("Credential=([^,\\s]+)");
    private static final Pattern QUEUE_PATH = Pattern.compile("/\\d{12}/[A-Za-z0-9_.-]+/?");
    private static final Map<String, String> TARGETS =
            Map.of(
                    "AmazonSQS", "sqs",
                    "DynamoDB_20120810", "dynamodb",
                    "DynamoDBStreams_20120810", "dynamodb",
                    "AWSStepFunctions", "states");
    private static final Map<String, String> HOSTS =
            Map.of("queue", "sqs", "streams", "dynamodb", "sync-states", "states");
    private static final Set<String> TOPIC_ACTIONS =
            Set.of(
                    "Publish",
                    "PublishBatch",
                    "Subscribe",
                    "Unsubscribe",
                    "ConfirmSubscription",
                    "TagResource",
                    "UntagResource",
                    "ListTagsForResource");

    private ServiceRouter() {}

    static Destination destination(RequestHead head) {
        if (head.path().startsWith(OWN_PAGES)) {
            return new Destination.OwnPage(head.path());
        }
        return signed(head)
                .or(() -> targeted(head))
                .or(() -> addressed(head))
                .or(() ->
                        Optional.ofNullable(head.query().get("Action")).map(ServiceRouter::acting))
                .map(ServiceRouter::service)
                .orElseGet(() -> unsigned(head));
    }

    /** The destination of an unsigned Query request whose form names this action. */
    static Destination byAction(String action) {
        return service(acting(action));
    }

    private static Destination unsigned(RequestHead head) {
        if (QUEUE_PATH.matcher(head.path()).matches() && head.isPost()) {
            return new Destination.Known(AwsService.SQS);
        }
        return head.isPost() && head.isForm() && head.path().equals("/")
                ? new Destination.InForm()
                : new Destination.Known(AwsService.S3);
    }

    private static Destination service(String name) {
        return AwsService.named(name)
                .<Destination>map(Destination.Known::new)
                .orElseGet(() -> new Destination.Unknown(name));
    }

    private static Optional<String> signed(RequestHead head) {
        var credential =
                head.authorization()
                        .map(CREDENTIAL::matcher)
                        .filter(matcher -> matcher.find())
                        .map(matcher -> matcher.group(1))
                        .or(() -> Optional.ofNullable(head.query().get("X-Amz-Credential")));
        if (credential.isPresent()) {
            var scope = credential.get().split("/", -1);
            return scope.length < 3 ? Optional.empty() : Optional.of(scope[scope.length - 2]);
        }
        // Signature version 2 is S3's alone by now.
        var version2 =
                head.authorization().filter(value -> value.startsWith("AWS ")).isPresent()
                        || head.query().containsKey("AWSAccessKeyId");
        return version2 ? Optional.of("s3") : Optional.empty();
    }

    private static Optional<String> targeted(RequestHead head) {
        return head.target()
                .map(target -> target.split("\\.", 2)[0])
                .map(prefix -> TARGETS.getOrDefault(prefix, prefix));
    }

    private static Optional<String> addressed(RequestHead head) {
        var labels = head.host().toLowerCase(Locale.ROOT).split("[.:]", -1);
        for (var label : labels) {
            var name = HOSTS.getOrDefault(label, label);
            if (labels.length > 1 && AwsService.named(name).isPresent()) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private static String acting(String action) {
        if (action.equals("GetCallerIdentity")) {
            return "sts";
        }
        return TOPIC_ACTIONS.contains(action)
                        || action.contains("Topic")
                        || action.contains("Subscription")
                ? "sns"
                : "sqs";
    }
}
