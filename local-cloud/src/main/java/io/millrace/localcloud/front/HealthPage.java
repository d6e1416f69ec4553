package io.millrace.localcloud.front;

import io.millrace.localcloud.aws.AwsService;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /_millrace/health}: each service and its state. */
public final class HealthPage {

    static final String PATH = ServiceRouter.OWN_PAGES + "health";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Supplier<Map<AwsService, String>> states;

    public HealthPage(Supplier<Map<AwsService, String>> states) {
        this.states = states;
    }

    void answer(Response response, Callback callback) {
        var body = JSON.createObjectNode().put("status", "UP");
        var services = body.putObject("services");
        states.get().forEach((service, state) -> services.put(service.signingName(), state));
        Answers.send(response, callback, 200, "application/json", body.toString());
    }
}
