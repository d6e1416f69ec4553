import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * RuntimeApi PORT EVENT...: stands for the Lambda runtime API (AWS Lambda Developer Guide, "Using the Lambda runtime API") while
 * an AOT cache is trained. Hands out each event once, and makes the file done when the function asks for another.
 */
public final class RuntimeApi {

    private static final String API = "/2018-06-01/runtime/";

    public static void main(String[] arguments) throws IOException {
        var next = new AtomicInteger(1);
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext(API + "invocation/next", exchange -> {
            if (next.get() == arguments.length) {
                Files.createFile(Path.of("/build/events/done"));
                LockSupport.park();
            }
            var headers = exchange.getResponseHeaders();
            headers.add("Lambda-Runtime-Aws-Request-Id", "training-" + next);
            headers.add("Lambda-Runtime-Deadline-Ms", String.valueOf(System.currentTimeMillis() + 30_000));
            headers.add("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:000000000000:function:training");
            headers.add("Lambda-Runtime-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0");
            headers.add("Content-Type", "application/json");
            answer(exchange, 200, Files.readAllBytes(Path.of(arguments[next.getAndIncrement()])));
        });
        server.createContext(API + "invocation/", exchange -> {
            System.out.println(exchange.getRequestURI() + " " + new String(exchange.getRequestBody().readAllBytes()));
            answer(exchange, 202, new byte[0]);
        });
        server.createContext(API + "init/error", exchange -> {
            System.err.println(new String(exchange.getRequestBody().readAllBytes()));
            System.exit(1);
        });
        server.start();
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
