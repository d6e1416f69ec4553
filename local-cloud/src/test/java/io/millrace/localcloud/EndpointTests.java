package io.millrace.localcloud;

import static io.millrace.localcloud.SharedCloud.cloud;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class EndpointTests {

    @Test
    void healthNamesEachService() throws Exception {
        var answer = send(HttpRequest.newBuilder(at("/_millrace/health")).build());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"sqs\":\"running\"", "\"states\":\"not connected\"");
    }

    @Test
    void whatIsNotThereIsNamed() throws Exception {
        var answer = send(signedFor("lambda").build());
        assertThat(answer.statusCode()).isEqualTo(501);
        assertThat(answer.body()).contains("local-cloud has no lambda");
        assertThat(answer.headers().firstValue("x-amzn-ErrorType")).hasValue("NotImplemented");
    }

    @Test
    void callersAreTheAccount() throws Exception {
        var answer =
                send(
                        signedFor("sts")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(
                                        BodyPublishers.ofString(
                                                "Action=GetCallerIdentity&Version=2011-06-15"))
                                .build());
        assertThat(answer.body())
                .contains("<GetCallerIdentityResult><Arn>arn:aws:iam::000000000000:root</Arn>");
    }

    @Test
    void unsignedFormsAreToldApartByTheirAction() throws Exception {
        var answer =
                send(
                        HttpRequest.newBuilder(at("/"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("Action=ListTopics"))
                                .build());
        assertThat(answer.body()).contains("millrace-notifications");
    }

    @Test
    void aPortInUseIsSaid() {
        var taken = cloud().endpoint().getPort();
        assertThatThrownBy(() -> LocalCloud.builder().port(taken).start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("port %d".formatted(taken))
                .hasMessageContaining("choose another port");
    }

    @Test
    void theProgramExplainsItself() {
        var out = new StringWriter();
        var status =
                new CommandLine(new LocalCloudApplication())
                        .setOut(new PrintWriter(out))
                        .execute("--help");
        assertThat(status).isZero();
        assertThat(out.toString())
                .contains(
                        "--port", "--data-dir", "--prefix", "--bind", "--states-endpoint", "4566");
    }

    private static HttpRequest.Builder signedFor(String service) {
        return HttpRequest.newBuilder(at("/"))
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=any/20261123/us-east-1/%s/aws4_request, SignedHeaders=host, Signature=0"
                                .formatted(service));
    }

    private static URI at(String path) {
        return URI.create(cloud().endpoint() + path);
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString());
        }
    }
}
