package io.millrace.imageprocessor;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The service image-processor. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class ImageProcessorApplication {

    public static void main(String[] arguments) {
        builder().run(arguments);
    }

    /** The application under its own configuration name, so that several share a class path. */
    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(ImageProcessorApplication.class)
                .properties("spring.config.name=image-processor");
    }
}
