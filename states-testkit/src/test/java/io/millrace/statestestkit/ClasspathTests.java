package io.millrace.statestestkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user's test gets with the kit, and what it does not. */
class ClasspathTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jakarta.servlet.Servlet",
                "org.apache.catalina.startup.Tomcat",
                "org.springframework.boot.SpringApplication",
                "org.springframework.web.servlet.DispatcherServlet",
                "software.amazon.awssdk.core.SdkClient"
            })
    void noServerAndNoAwsComesAlong(String name) {
        var resource = name.replace('.', '/') + ".class";

        assertThat(getClass().getClassLoader().getResource(resource)).isNull();
    }
}
