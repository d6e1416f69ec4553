package io.millrace.servicestarter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;

class FunctionBeansTests {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner()
                    .withInitializer(new FunctionBeans())
                    .withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
                    .withUserConfiguration(Service.class);

    @Test
    void aFunctionMakesWhatIsNotItsOwnWhenSomethingAsksForIt() {
        runner.withPropertyValues("spring.profiles.active=lambda")
                .run(context -> {
                    var beans = context.getBeanFactory();
                    assertThat(beans.containsSingleton("own")).isTrue();
                    assertThat(beans.containsSingleton("jacksonJsonMapper")).isFalse();
                    assertThat(context.getBean("jacksonJsonMapper")).isNotNull();
                });
    }

    @Test
    void aFunctionDoesNotLookForAnnotationsThatNoServiceHas() {
        runner.withPropertyValues("spring.profiles.active=lambda")
                .run(context -> {
                    assertThat(context).doesNotHaveBean("jsonComponentModule");
                    assertThat(context.getBean(Own.class).refreshed).isFalse();
                });
    }

    @Test
    void aContainerMakesEverythingAtStart() {
        runner.run(context -> {
            assertThat(context.getBeanFactory().containsSingleton("jacksonJsonMapper")).isTrue();
            assertThat(context).hasBean("jsonComponentModule");
            assertThat(context.getBean(Own.class).refreshed).isTrue();
        });
    }

    static final class Own {
        private boolean refreshed;

        @EventListener
        void onRefresh(ContextRefreshedEvent event) {
            refreshed = true;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Service {
        @Bean
        Own own() {
            return new Own();
        }
    }
}
