package io.millrace.transformload;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The service transform-load. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class TransformLoadApplication {

    public static void main(String[] arguments) {
        builder().run(arguments);
    }

    /** The application under its own configuration name, so that several share a class path. */
    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(TransformLoadApplication.class)
                .properties("spring.config.name=transform-load");
    }
}
