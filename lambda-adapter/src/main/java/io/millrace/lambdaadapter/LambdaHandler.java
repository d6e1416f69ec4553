package io.millrace.lambdaadapter;

import org.springframework.cloud.function.adapter.aws.FunctionInvoker;

/**
 * The handler of every function: {@code io.millrace.lambdaadapter.LambdaHandler::handleRequest}.
 * The environment variable {@code MILLRACE_SERVICE} names the service, such as {@code
 * transform-load}.
 */
public final class LambdaHandler extends FunctionInvoker {

    public LambdaHandler() {
        super(prepared());
    }

    /** Runs before the application does: {@link FunctionInvoker} starts it in its constructor. */
    private static String prepared() {
        var service = System.getenv("MILLRACE_SERVICE");
        if (service == null) {
            throw new IllegalStateException(
                    "MILLRACE_SERVICE is not set; it names the service that this function is");
        }
        System.setProperty("spring.config.name", service);
        System.setProperty("spring.profiles.active", LambdaAutoConfiguration.PROFILE);
        WarmUp.start();
        // What it would prepare in the background, validation for one, few functions need.
        System.setProperty("spring.backgroundpreinitializer.ignore", "true");
        // Spring takes any other value for a custom runtime, and would ask for events beside us.
        System.setProperty("_HANDLER", LambdaHandler.class.getName());
        return LambdaAutoConfiguration.FUNCTION;
    }
}
