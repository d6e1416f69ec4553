package io.millrace.streambinderaws;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Starts applications on the binder and on {@link Cloud}, and closes them after each test. */
final class Applications implements BeforeEachCallback, AfterEachCallback {

    private final List<ConfigurableApplicationContext> running = new ArrayList<>();

    ConfigurableApplicationContext start(String... properties) {
        return start(BinderApplicationTests.App.class, properties);
    }

    ConfigurableApplicationContext start(Class<?> source, String... properties) {
        var all = new ArrayList<String>();
        all.add("spring.cloud.stream.aws.binder.poll-shutdown-timeout=0s");
        all.addAll(List.of(properties));
        all.add("spring.cloud.aws.endpoint=" + Cloud.LOCAL.endpoint());
        all.add("spring.cloud.aws.s3.path-style-access-enabled=true");
        all.add("spring.cloud.aws.region.static=us-east-1");
        all.add("spring.cloud.aws.credentials.access-key=test");
        all.add("spring.cloud.aws.credentials.secret-key=test");
        all.add("spring.cloud.stream.function.autodetect=false");
        all.add("spring.main.banner-mode=off");
        var context =
                new SpringApplicationBuilder(source)
                        .web(WebApplicationType.NONE)
                        .properties(all.toArray(String[]::new))
                        .run();
        running.add(context);
        return context;
    }

    /**
     * How many messages a queue has, hidden ones too: in one request, for a message that becomes
     * visible between two is counted by neither.
     */
    static int left(String queue) {
        return Cloud.SQS
                .getQueueAttributes(request ->
                        request.queueUrl(Cloud.url(queue))
                                .attributeNames(
                                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                        QueueAttributeName
                                                .APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .join()
                .attributes()
                .values()
                .stream()
                .mapToInt(Integer::parseInt)
                .sum();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        BinderApplicationTests.App.handler = _ -> {};
        BinderApplicationTests.App.batchHandler = _ -> {};
    }

    @Override
    public void afterEach(ExtensionContext context) {
        running.forEach(ConfigurableApplicationContext::close);
    }
}
