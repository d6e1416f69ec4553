package io.millrace.lambdaadapter;

import com.fasterxml.jackson.annotation.JacksonAnnotation;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.ByteArrayInputStream;
import java.lang.annotation.Annotation;
import java.lang.annotation.Documented;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigureAfter;
import org.springframework.boot.autoconfigure.AutoConfigureBefore;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnThreading;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.cloud.stream.annotation.StreamRetryTemplate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;
import org.springframework.context.annotation.Role;
import org.springframework.context.annotation.Scope;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.annotation.Order;
import org.springframework.integration.config.IntegrationConverter;
import org.springframework.integration.support.management.IntegrationManagedResource;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.stereotype.Indexed;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.RestController;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * What the application waits for whichever service it is, prepared by another thread while it
 * starts: the classes that the JDK makes for annotations and for Spring's view of types, which no
 * AOT cache keeps; the binding of properties; the locale's way of writing numbers; the SDK's table
 * of all services and regions, and the certificates that are trusted; and the SDK's way of a
 * request from its parameters to its answer, by one that goes nowhere.
 */
final class WarmUp {

    /** Those that Spring finds at each start; a missing one costs a millisecond, no more. */
    private static final List<Class<? extends Annotation>> ANNOTATIONS =
            List.of(
                    Retention.class,
                    Target.class,
                    Documented.class,
                    Inherited.class,
                    SpringBootApplication.class,
                    ConfigurationPropertiesScan.class,
                    SpringBootConfiguration.class,
                    EnableAutoConfiguration.class,
                    ComponentScan.class,
                    ComponentScan.Filter.class,
                    Configuration.class,
                    Component.class,
                    Indexed.class,
                    AutoConfigurationPackage.class,
                    Import.class,
                    AliasFor.class,
                    Order.class,
                    FunctionalInterface.class,
                    EnableConfigurationProperties.class,
                    ConfigurationProperties.class,
                    Name.class,
                    DefaultValue.class,
                    Bean.class,
                    Value.class,
                    Qualifier.class,
                    Conditional.class,
                    ConditionalOnMissingBean.class,
                    Nullable.class,
                    Autowired.class,
                    AutoConfiguration.class,
                    AutoConfigureBefore.class,
                    AutoConfigureAfter.class,
                    Role.class,
                    ConditionalOnBean.class,
                    ConfigurationPropertiesBinding.class,
                    NestedConfigurationProperty.class,
                    ConditionalOnClass.class,
                    ConditionalOnMissingClass.class,
                    Primary.class,
                    Profile.class,
                    Scope.class,
                    ConditionalOnBooleanProperty.class,
                    ConditionalOnProperty.class,
                    Deprecated.class,
                    Repeatable.class,
                    Lazy.class,
                    DependsOn.class,
                    IntegrationConverter.class,
                    RestController.class,
                    Controller.class,
                    ResponseBody.class,
                    Validated.class,
                    StreamRetryTemplate.class,
                    JsonInclude.class,
                    JacksonAnnotation.class,
                    JsonSerialize.class,
                    ConditionalOnThreading.class,
                    IntegrationManagedResource.class,
                    AutoConfigureOrder.class);

    /** A type with parameters, one with a wildcard, a variable, and an array of one of these. */
    private record Types<T>(Map<? extends T, List<T>[]> all) {}

    private record Bound(String text, int number) {}

    private WarmUp() {}

    static void start() {
        Thread.ofPlatform().daemon().name("warm-up").start(WarmUp::prepare);
    }

    private static void prepare() {
        ANNOTATIONS.forEach(WarmUp::makeClass);
        types();
        binding();
        var _ = DecimalFormatSymbols.getInstance();
        makeClass(SqsAsyncClient.class);
        try {
            var _ = ServiceMetadata.of("sqs");
            var _ = SSLContext.getDefault();
            request();
        } catch (NoSuchAlgorithmException | SdkException _) {
            // The client that needs it says so.
        }
    }

    /** Spring makes one class for each kind of type. */
    private static void types() {
        var map =
                ResolvableType.forConstructorParameter(Types.class.getDeclaredConstructors()[0], 0);
        var _ = map.getGeneric(0).resolve();
        var _ = map.getGeneric(1).getComponentType().resolve();
    }

    /** Twice: the second time, keys of a cache are compared, by methods that the JDK makes then. */
    private static void binding() {
        var binder =
                new Binder(
                        new MapConfigurationPropertySource(
                                Map.of("bound.text", "a", "bound.number", "1")));
        for (int i = 0; i < 2; i++) {
            var _ = binder.bind("bound", Bound.class);
        }
    }

    private static void makeClass(Class<?> type) {
        var _ =
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, _, _) -> {
                            throw new UnsupportedOperationException();
                        });
    }

    private static void request() {
        builder().build().close();
        try (var client = builder().httpClient(new Nowhere()).build()) {
            client.listQueues();
        }
    }

    private static SqsClientBuilder builder() {
        return SqsClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("no", "one")));
    }

    /** Answers every request with an empty document. */
    private static final class Nowhere implements SdkHttpClient {

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            var answer =
                    HttpExecuteResponse.builder()
                            .response(SdkHttpResponse.builder().statusCode(200).build())
                            .responseBody(
                                    AbortableInputStream.create(
                                            new ByteArrayInputStream(
                                                    "{}".getBytes(StandardCharsets.UTF_8))))
                            .build();
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() {
                    return answer;
                }

                @Override
                public void abort() {
                    // Nothing is under way.
                }
            };
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
