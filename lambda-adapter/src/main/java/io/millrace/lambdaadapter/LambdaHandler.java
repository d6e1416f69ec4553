package io.millrace.lambdaadapter;

import org.springframework.cloud.function.adapter.aws.FunctionInvoker;

/**
 * The handler of every function: {@code io.millrace.lambdaadapter.LambdaHandler::handleRequest}.
 * The service is the one whose application class {@code MAIN_CLASS} names.
 */
public final class LambdaHandler extends FunctionInvoker {

    public LambdaHandler() {
        super(LambdaAutoConfiguration.FUNCTION);
    }
}
