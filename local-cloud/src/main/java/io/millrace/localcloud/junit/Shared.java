package io.millrace.localcloud.junit;

import io.millrace.localcloud.LocalCloud;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The endpoint of all test classes and its clients; the end of the tests closes it. */
final class Shared implements AutoCloseable {

    static final String REGION = "us-east-1";
    static final String KEY = "test";

    final LocalCloud cloud = LocalCloud.builder().port(0).withoutResources().startInBackground();
    final Map<Class<?>, AutoCloseable> clients = new ConcurrentHashMap<>();
    private final Map<String, String> before = new TreeMap<>();

    Shared() {
        set("aws.endpointUrl", cloud.endpoint().toString());
        set("aws.region", REGION);
        set("aws.accessKeyId", KEY);
        set("aws.secretAccessKey", KEY);
    }

    private void set(String property, String value) {
        before.put(property, System.getProperty(property, ""));
        System.setProperty(property, value);
    }

    @Override
    public void close() throws Exception {
        before.forEach((property, value) -> {
            if (value.isEmpty()) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, value);
            }
        });
        for (var client : clients.values()) {
            client.close();
        }
        cloud.close();
    }
}
