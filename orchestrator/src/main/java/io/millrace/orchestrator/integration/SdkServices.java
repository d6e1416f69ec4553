package io.millrace.orchestrator.integration;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The services whose APIs tasks can call, by the names that Step Functions has for them. */
final class SdkServices {

    private final Map<String, Service> services;
    private final Map<String, Optional<SdkOperation>> operations = new ConcurrentHashMap<>();

    /**
     * @param services by name
     */
    SdkServices(Map<String, Service> services) {
        this.services = Map.copyOf(services);
    }

    /**
     * A service's API.
     *
     * @param api the interface of the SDK's client
     * @param client makes or finds the client when it is first needed
     */
    record Service(Supplier<Class<?>> api, Supplier<?> client) {}

    /** The operation of that name. */
    Optional<SdkOperation> operation(String service, String action) {
        return operations.computeIfAbsent(
                service + ":" + action,
                _ ->
                        Optional.ofNullable(services.get(service))
                                .flatMap(known ->
                                        SdkOperation.find(
                                                known.api().get(), action, known.client())));
    }
}
