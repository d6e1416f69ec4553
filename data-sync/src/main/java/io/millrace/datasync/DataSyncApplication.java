package io.millrace.datasync;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The service data-sync. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class DataSyncApplication {

    public static void main(String[] arguments) {
        builder().run(arguments);
    }

    /** The application under its own configuration name, so that several share a class path. */
    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(DataSyncApplication.class)
                .properties("spring.config.name=data-sync");
    }
}
