package io.millrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BatchCommandTests {

    private static final String HALF =
            """
            {"id":"j","status":"RUNNING","total":1000,"sent":999,"done":312,"failed":1,"remaining":687,
             "eta":"2026-11-23T10:15:42Z"}\
            """;
    private static final String WHOLE =
            """
            {"id":"j","status":"COMPLETE","total":1000,"sent":999,"done":999,"failed":1,"remaining":0}\
            """;

    private final List<String> asked = new ArrayList<>();
    private final Queue<String> answers = new ArrayDeque<>();
    private int status = 200;
    private final HttpServer service = service();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void stop() {
        service.stop(0);
    }

    @Test
    void aStartedBatchIsWatchedToItsEnd() {
        answers.addAll(List.of("{\"id\":\"j\"}", HALF, HALF, WHOLE));
        assertThat(run("start", "s3://orders/a b.csv", "--idempotency-key", "k", "--watch"))
                .isZero();
        assertThat(asked.getFirst())
                .isEqualTo("POST /jobs k {\"bucket\":\"orders\",\"key\":\"a b.csv\"}");
        assertThat(out.toString().lines())
                .containsExactly(
                        "j",
                        "RUNNING  312 of 1,000 done, 1 failed, 687 remaining, until 2026-11-23T10:15:42Z",
                        "COMPLETE  999 of 1,000 done, 1 failed, 0 remaining");
    }

    @Test
    void aBatchThatFailedIsAFailureOfWhoeverWatches() {
        answers.add("{\"id\":\"j\",\"status\":\"FAILED\",\"error\":\"the object is gone\"}");
        assertThat(run("watch", "j")).isEqualTo(1);
        assertThat(out.toString()).contains("the object is gone");
    }

    @Test
    void jobsArePausedByTheirIds() {
        answers.addAll(List.of(HALF, HALF));
        assertThat(run("pause", "one", "two")).isZero();
        assertThat(asked)
                .containsExactly("POST /jobs/one/pause null ", "POST /jobs/two/pause null ");
    }

    @Test
    void whatTheServiceRefusesIsSaidInItsWords() {
        status = 409;
        answers.add("{\"detail\":\"job j cannot be paused: it is complete\"}");
        assertThat(run("pause", "j")).isEqualTo(1);
        assertThat(err.toString()).contains("job j cannot be paused: it is complete");
    }

    @Test
    void aServiceThatIsNotThereIsSaidWithWhatToDo() {
        service.stop(0);
        assertThat(run("list")).isEqualTo(1);
        assertThat(err.toString()).contains("batch-job does not answer", "--url");
    }

    @Test
    void whatIsNoObjectIsRefusedBeforeAnythingIsAsked() {
        assertThat(run("start", "orders.csv")).isEqualTo(2);
        assertThat(err.toString()).contains("'orders.csv' is no s3://BUCKET/KEY");
        assertThat(asked).isEmpty();
    }

    private int run(String... arguments) {
        var all = new ArrayList<>(List.of("batch"));
        all.addAll(List.of(arguments));
        all.add("--url=http://127.0.0.1:" + service.getAddress().getPort());
        return MillraceCommand.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .execute(all.toArray(String[]::new));
    }

    private HttpServer service() {
        try {
            var server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext(
                    "/",
                    exchange -> {
                        var body =
                                new String(
                                        exchange.getRequestBody().readAllBytes(),
                                        StandardCharsets.UTF_8);
                        asked.add(
                                "%s %s %s %s"
                                        .formatted(
                                                exchange.getRequestMethod(),
                                                exchange.getRequestURI(),
                                                exchange.getRequestHeaders()
                                                        .getFirst("Idempotency-Key"),
                                                body));
                        var answer = answers.remove().getBytes(StandardCharsets.UTF_8);
                        exchange.sendResponseHeaders(status, answer.length);
                        exchange.getResponseBody().write(answer);
                        exchange.close();
                    });
            server.start();
            return server;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
