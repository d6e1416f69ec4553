package io.millrace.servicestarter;

import io.awspring.cloud.sqs.config.SqsBeanNames;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigUtils;
import org.springframework.integration.config.IntegrationManagementConfigurer;
import org.springframework.integration.context.IntegrationContextUtils;

/**
 * Makes, on AWS Lambda, the beans of Spring Boot and Spring Cloud AWS only when something asks for
 * them, and takes out what looks through every bean for annotations that no service has. The
 * bindings and Millrace's own beans are made at start as everywhere, and so is what they need, so a
 * function that cannot work still says so when it starts. Done once, when the application is
 * processed ahead of time.
 */
final class FunctionBeans
        implements ApplicationContextInitializer<ConfigurableApplicationContext>,
                BeanFactoryPostProcessor {

    private static final List<String> ON_DEMAND =
            List.of("org.springframework.boot.", "io.awspring.cloud.");

    private static final List<String> UNUSED =
            List.of(
                    // @SqsListener
                    SqsBeanNames.SQS_LISTENER_ANNOTATION_BEAN_POST_PROCESSOR_BEAN_NAME,
                    // @ServiceActivator, @Router and their like
                    IntegrationContextUtils.MESSAGING_ANNOTATION_POSTPROCESSOR_NAME,
                    "org.springframework.integration.config.MessagingAnnotationBeanPostProcessor",
                    // @EventListener
                    AnnotationConfigUtils.EVENT_LISTENER_PROCESSOR_BEAN_NAME,
                    AnnotationConfigUtils.EVENT_LISTENER_FACTORY_BEAN_NAME,
                    // Metrics and names of Spring Integration's channels; the binder has its own.
                    IntegrationManagementConfigurer.MANAGEMENT_CONFIGURER_NAME,
                    "org.springframework.integration.config.IntegrationManagementConfiguration",
                    // JSON in expressions of bindings, which have none.
                    "spelPropertyAccessorRegistrar",
                    // @JacksonComponent
                    "jsonComponentModule",
                    // Event classes of AWS as arguments: LambdaEvents reads the documents
                    // themselves.
                    "awsTypesMessageConverter");

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (context.getEnvironment().matchesProfiles(MillraceEnvironment.LAMBDA)
                && !AotDetector.useGeneratedArtifacts()) {
            context.addBeanFactoryPostProcessor(this);
        }
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        var registry = (BeanDefinitionRegistry) beans;
        UNUSED.stream()
                .filter(registry::containsBeanDefinition)
                .forEach(registry::removeBeanDefinition);
        for (var name : beans.getBeanDefinitionNames()) {
            var definition = beans.getBeanDefinition(name);
            var source = source(definition);
            if (source != null && ON_DEMAND.stream().anyMatch(source::startsWith)) {
                definition.setLazyInit(true);
            }
        }
    }

    /** The class that declares a bean, or is it. */
    private static @Nullable String source(BeanDefinition definition) {
        var method =
                definition instanceof AnnotatedBeanDefinition annotated
                        ? annotated.getFactoryMethodMetadata()
                        : null;
        return method == null ? definition.getBeanClassName() : method.getDeclaringClassName();
    }
}
