package io.millrace.localcloud.junit;

import io.millrace.cloudresources.ResourceTemplate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsClient;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3BaseClientBuilder;

/** Starts the endpoint of {@link LocalCloud}, once, and makes clients of it. */
final class LocalCloudExtension implements BeforeAllCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(LocalCloudExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        var shared = shared(context);
        AnnotationSupport.findAnnotation(context.getRequiredTestClass(), LocalCloud.class)
                .map(LocalCloud::template)
                .filter(template -> !template.isEmpty())
                .ifPresent(template ->
                        shared.cloud.provision(template(context.getRequiredTestClass(), template)));
    }

    private static ResourceTemplate template(Class<?> test, String name) {
        var path = name.startsWith("/") ? name.substring(1) : name;
        try (var stream = test.getClassLoader().getResourceAsStream(path)) {
            if (stream == null) {
                throw new IllegalArgumentException(
                        "@LocalCloud of %s: there is no %s on the class path"
                                .formatted(test.getName(), path));
            }
            var text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return ResourceTemplate.read(text, Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == URI.class
                || type == io.millrace.localcloud.LocalCloud.class
                || AwsClient.class.isAssignableFrom(type);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        var shared = shared(context);
        if (type == URI.class) {
            return shared.cloud.endpoint();
        }
        return type == io.millrace.localcloud.LocalCloud.class
                ? shared.cloud
                : shared.clients.computeIfAbsent(
                        type, made -> client(made, shared.cloud.endpoint()));
    }

    private static AutoCloseable client(Class<?> type, URI endpoint) {
        try {
            var builder = (AwsClientBuilder<?, ?>) type.getMethod("builder").invoke(null);
            builder.endpointOverride(endpoint)
                    .region(Region.of(Shared.REGION))
                    .credentialsProvider(
                            StaticCredentialsProvider.create(
                                    AwsBasicCredentials.create(Shared.KEY, Shared.KEY)));
            if (builder instanceof S3BaseClientBuilder<?, ?> s3) {
                s3.forcePathStyle(true);
            }
            return (AutoCloseable) builder.build();
        } catch (ReflectiveOperationException e) {
            throw new ParameterResolutionException("cannot make a client " + type.getName(), e);
        }
    }

    private static Shared shared(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Shared.class, _ -> new Shared(), Shared.class);
    }
}
