package io.millrace.batchjob;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The service batch-job. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class BatchJobApplication {

    public static void main(String[] arguments) {
        var application = builder().run(arguments);
        application
                .getBeanProvider(BatchOnce.class)
                .ifAvailable(once -> {
                    var status = once.run();
                    System.exit(SpringApplication.exit(application, () -> status));
                });
    }

    /** The application under its own configuration name, so that several share a class path. */
    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(BatchJobApplication.class)
                .properties("spring.config.name=batch-job");
    }
}
