package io.millrace.localcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.millrace.cloudresources.ResourceTemplate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.SfnException;

class StatesTests {

    private static final ResourceTemplate NOTHING =
            ResourceTemplate.read("Resources: {}", Map.of());

    @Test
    void stepFunctionsAreAnsweredByWhoeverWasNamed() throws Exception {
        var orchestrator =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        orchestrator.createContext(
                "/",
                exchange -> {
                    var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
                    var body =
                            "{\"stateMachines\":[{\"name\":\"%s\"}]}"
                                    .formatted(target)
                                    .getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        orchestrator.start();
        try (var cloud = LocalCloud.builder().port(0).template(NOTHING).start()) {
            var sfn = Clients.of(cloud.endpoint()).sfn();
            assertThatThrownBy(sfn::listStateMachines)
                    .isInstanceOfSatisfying(
                            SfnException.class,
                            e -> {
                                assertThat(e.statusCode()).isEqualTo(503);
                                assertThat(e).hasMessageContaining("start the orchestrator");
                            });
            cloud.statesEndpoint(
                    URI.create("http://127.0.0.1:" + orchestrator.getAddress().getPort()));
            assertThat(sfn.listStateMachines().stateMachines().getFirst().name())
                    .isEqualTo("AWSStepFunctions.ListStateMachines");
        } finally {
            orchestrator.stop(0);
        }
    }
}
