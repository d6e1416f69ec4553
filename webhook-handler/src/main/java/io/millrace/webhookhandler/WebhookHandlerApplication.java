package io.millrace.webhookhandler;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The service webhook-handler. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class WebhookHandlerApplication {

    public static void main(String[] arguments) {
        builder().run(arguments);
    }

    /** The application under its own configuration name, so that several share a class path. */
    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(WebhookHandlerApplication.class)
                .properties("spring.config.name=webhook-handler");
    }
}
