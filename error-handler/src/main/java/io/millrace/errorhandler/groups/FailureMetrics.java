package io.millrace.errorhandler.groups;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What is measured of failures. */
public final class FailureMetrics {

    /** Names of users' own errors and queues are without number; series must not be. */
    private static final int MOST_SERIES = 100;

    private static final String OTHER = "other";

    private final MeterRegistry registry;
    private final Counter groups;
    private final Counter alarms;
    private final Set<String> series = ConcurrentHashMap.newKeySet();

    public FailureMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.groups =
                Counter.builder("millrace.failure.groups")
                        .description("groups whose first failure came")
                        .register(registry);
        this.alarms =
                Counter.builder("millrace.failure.alarms")
                        .description("alarms published")
                        .register(registry);
    }

    void counted(FailureGroup group) {
        var origin = group.alike().origin();
        var error = group.alike().error();
        var known =
                series.contains(origin + error)
                        || (series.size() < MOST_SERIES && series.add(origin + error));
        registry.counter(
                        "millrace.failures",
                        "origin",
                        known ? origin : OTHER,
                        "error",
                        known ? error : OTHER)
                .increment();
        if (group.count() == 1) {
            groups.increment();
        }
    }

    void alarmed() {
        alarms.increment();
    }
}
