package io.millrace.localcloud.front;

import io.millrace.localcloud.aws.AwsError;
import io.millrace.localcloud.aws.Xml;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.json.JsonMapper;

/** Writes whole answers, and errors in each of AWS's protocols. */
public final class Answers {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Answers() {}

    /** Sends a text as the whole answer. */
    public static void send(
            Response response, Callback callback, int status, String type, String body) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        if (!response.getHeaders().contains("x-amzn-RequestId")) {
            response.getHeaders().put("x-amzn-RequestId", UUID.randomUUID().toString());
        }
        Content.Sink.write(response, true, body, callback);
    }

    /** Sends an answer of XML. */
    public static void xml(Response response, Callback callback, String document) {
        send(response, callback, 200, "text/xml;charset=utf-8", document);
    }

    /** Sends an error as clients of that protocol expect it. */
    static void error(Response response, Callback callback, Wire wire, AwsError error) {
        var requestId = UUID.randomUUID().toString();
        response.getHeaders().put("x-amzn-RequestId", requestId);
        switch (wire) {
            case JSON -> {
                response.getHeaders().put("x-amzn-ErrorType", error.code());
                var body = JSON.createObjectNode();
                body.put("__type", error.code()).put("message", error.explanation());
                send(
                        response,
                        callback,
                        error.status(),
                        "application/x-amz-json-1.0",
                        body.toString());
            }
            case QUERY ->
                    send(
                            response,
                            callback,
                            error.status(),
                            "text/xml;charset=utf-8",
                            queryError(error, requestId));
            case S3 ->
                    send(
                            response,
                            callback,
                            error.status(),
                            "application/xml",
                            s3Error(error, requestId));
        }
    }

    private static String queryError(AwsError error, String requestId) {
        return Xml.document(
                "ErrorResponse",
                "",
                root ->
                        root.element(
                                        "Error",
                                        inner ->
                                                inner.text(
                                                                "Type",
                                                                error.status() < 500
                                                                        ? "Sender"
                                                                        : "Receiver")
                                                        .text("Code", error.code())
                                                        .text("Message", error.explanation()))
                                .text("RequestId", requestId));
    }

    private static String s3Error(AwsError error, String requestId) {
        return Xml.document(
                "Error",
                "",
                root ->
                        root.text("Code", error.code())
                                .text("Message", error.explanation())
                                .text("RequestId", requestId));
    }
}
