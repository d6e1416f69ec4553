package io.millrace.localcloud.front;

import io.millrace.localcloud.aws.AwsError;
import io.millrace.localcloud.aws.Xml;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;

/** A service in AWS's Query protocol: a form in, XML out. */
public final class QueryApi extends Handler.Abstract {

    private static final int BODY_BYTES = 8 * 1024 * 1024;

    private final String namespace;
    private final Map<String, Action> actions;

    /** Does what a form asks for and writes the result's content. */
    @FunctionalInterface
    public interface Action {
        void perform(QueryForm form, Xml result);
    }

    public QueryApi(String namespace, Map<String, Action> actions) {
        this.namespace = namespace;
        this.actions = Map.copyOf(actions);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var form = form(request);
        var name = form.get("Action").orElse("");
        var action =
                Optional.ofNullable(actions.get(name))
                        .orElseThrow(() ->
                                AwsError.badRequest(
                                        "InvalidAction",
                                        "local-cloud has no action %s here; it has %s"
                                                .formatted(name, actions.keySet())));
        var requestId = UUID.randomUUID().toString();
        var document =
                Xml.document(
                        name + "Response",
                        namespace,
                        root ->
                                root.element(name + "Result", xml -> action.perform(form, xml))
                                        .element(
                                                "ResponseMetadata",
                                                xml -> xml.text("RequestId", requestId)));
        response.getHeaders().put("x-amzn-RequestId", requestId);
        Answers.xml(response, callback, document);
        return true;
    }

    private static QueryForm form(Request request) throws java.io.IOException {
        var fields = new Fields();
        var query = request.getHttpURI().getQuery();
        if (query != null) {
            UrlEncoded.decodeUtf8To(query, fields);
        }
        var body = Content.Source.asInputStream(request).readNBytes(BODY_BYTES);
        UrlEncoded.decodeUtf8To(new String(body, java.nio.charset.StandardCharsets.UTF_8), fields);
        var map = new HashMap<String, String>();
        fields.forEach(field -> map.put(field.getName(), field.getValue()));
        return new QueryForm(map);
    }
}
