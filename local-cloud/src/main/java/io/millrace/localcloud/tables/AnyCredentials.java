package io.millrace.localcloud.tables;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Lets every key in: DynamoDB Local refuses those with signs in them, and requests without. */
final class AnyCredentials extends Handler.Wrapper {

    private static final String ANY =
            "AWS4-HMAC-SHA256 Credential=%s/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=any"
                    .formatted(DynamoDbLocal.ANY_KEY);

    AnyCredentials(Handler handler) {
        super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return super.handle(new Signed(request), response, callback);
    }

    private static final class Signed extends Request.Wrapper {
        private final HttpFields headers;

        Signed(Request request) {
            super(request);
            headers =
                    HttpFields.build(request.getHeaders())
                            .put(HttpHeader.AUTHORIZATION, ANY)
                            .asImmutable();
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }
    }
}
