package io.millrace.benchmarks;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Counts every request that an SDK client of this JVM sends, by service and operation. The SDK
 * finds it through {@code software/amazon/awssdk/global/handlers/execution.interceptors}.
 */
public final class RequestCounter implements ExecutionInterceptor {

    private static final Map<String, LongAdder> COUNTS = new ConcurrentHashMap<>();

    private static final ExecutionAttribute<Boolean> OWN =
            new ExecutionAttribute<>("MillraceMeasuring");

    /** The measuring thread's own requests are nobody's bill. */
    private static final ThreadLocal<Boolean> MEASURING = ThreadLocal.withInitial(() -> false);

    static void ignoreThisThread() {
        MEASURING.set(true);
    }

    /** Counts so far. */
    static Map<String, Long> counts() {
        var counts = new TreeMap<String, Long>();
        COUNTS.forEach((operation, count) -> counts.put(operation, count.sum()));
        return counts;
    }

    @Override
    public void beforeTransmission(
            Context.BeforeTransmission context, ExecutionAttributes attributes) {
        if (!attributes.getOptionalAttribute(OWN).orElse(false)) {
            var operation =
                    attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME)
                            + " "
                            + attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
            COUNTS.computeIfAbsent(operation, _ -> new LongAdder()).increment();
        }
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        attributes.putAttribute(OWN, MEASURING.get());
    }
}
