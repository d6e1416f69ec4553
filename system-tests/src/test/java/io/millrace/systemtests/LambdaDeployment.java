package io.millrace.systemtests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.launcher.Part;
import io.millrace.launcher.Provisioning;
import io.millrace.launcher.WebhookSecret;
import io.millrace.localcloud.LocalCloud;
import io.millrace.systemtests.LambdaTemplate.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every function of lambda/template.yaml in its own packaging, and what invokes it there: event
 * source mappings, schedules, and an HTTP server for API Gateway. The minute's schedule fires every
 * two seconds here.
 */
final class LambdaDeployment implements Deployment {

    private static final @Nullable String EXTERNAL = System.getenv("AWS_ENDPOINT_URL");
    private static final Duration MINUTE = Duration.ofSeconds(2);
    private static final String CRON = "millrace.batch.cron";

    private final String prefix;
    private final LambdaTemplate template;
    private final Map<String, String> environment = new HashMap<>();
    private final @Nullable LocalCloud embedded;
    private final URI endpoint;
    private final Map<Part, HttpServer> gateways = new EnumMap<>(Part.class);
    private final Map<Part, Running> running = new EnumMap<>(Part.class);
    private final Map<Part, List<Route>> routes = new ConcurrentHashMap<>();

    /**
     * A route of an HTTP API.
     *
     * @param path with a slash at its end if a parameter follows
     */
    private record Route(String method, String path, LambdaProcess function) {}

    /** A service's functions and what feeds them. */
    private record Running(List<LambdaProcess> functions, List<EventSource> sources) {

        void close() {
            sources.forEach(EventSource::close);
            functions.forEach(LambdaProcess::close);
        }
    }

    private LambdaDeployment(String prefix, WebhookSecret secret, @Nullable URI existing) {
        this.prefix = prefix;
        this.template = LambdaTemplate.read(prefix);
        if (existing != null) {
            embedded = null;
            endpoint = existing;
        } else if (EXTERNAL == null) {
            embedded = LocalCloud.builder().port(0).prefix(prefix).start();
            endpoint = embedded.endpoint();
        } else {
            embedded = null;
            endpoint = URI.create(EXTERNAL);
            Provisioning.createStack(endpoint, prefix);
        }
        for (var part : List.of(Part.WEBHOOK_HANDLER, Part.ORCHESTRATOR, Part.BATCH_JOB)) {
            gateways.put(part, gateway(part));
        }
        if (embedded != null) {
            embedded.statesEndpoint(orchestrator());
        }
        environment.put("AWS_ENDPOINT_URL", endpoint.toString());
        environment.put("AWS_ENDPOINT_URL_SFN", orchestrator().toString());
        environment.put("AWS_ACCESS_KEY_ID", "test");
        environment.put("AWS_SECRET_ACCESS_KEY", "test");
        environment.put("MILLRACE_PREFIX", prefix);
        environment.put("MILLRACE_ACCOUNT_ID", "000000000000");
        environment.put("JAVA_TOOL_OPTIONS", "");
        environment.put(WebhookSecret.VARIABLE, secret.value());
    }

    /** Starts all services but those. */
    static LambdaDeployment start(String prefix, WebhookSecret secret, Set<Part> apart) {
        var deployment = new LambdaDeployment(prefix, secret, null);
        var wanted = EnumSet.complementOf(EnumSet.of(Part.LOCAL_CLOUD));
        wanted.removeAll(apart);
        wanted.forEach(part -> deployment.add(part, Map.of()));
        return deployment;
    }

    /** Starts one service beside others that run otherwise, on the same endpoint and names. */
    static LambdaDeployment beside(URI endpoint, String prefix, WebhookSecret secret, Part part) {
        var deployment = new LambdaDeployment(prefix, secret, endpoint);
        deployment.add(part, Map.of());
        return deployment;
    }

    @Override
    public URI endpoint() {
        return endpoint;
    }

    @Override
    public URI orchestrator() {
        return service(Part.ORCHESTRATOR);
    }

    @Override
    public Duration startTime() {
        return Duration.ofSeconds(5);
    }

    @Override
    public URI service(Part part) {
        return Optional.ofNullable(gateways.get(part))
                .map(server -> URI.create("http://localhost:" + server.getAddress().getPort()))
                .orElseThrow(() -> new IllegalArgumentException(part + " has no HTTP API"));
    }

    @Override
    public void add(Part part, Map<String, String> own) {
        kill(part);
        var functions = new ArrayList<LambdaProcess>();
        var sources = new ArrayList<EventSource>();
        var variables = new HashMap<>(environment);
        var settings = new HashMap<>(own);
        // Here EventBridge Scheduler fires, by what is in sources.
        settings.remove(CRON);
        variables.put("SPRING_APPLICATION_JSON", JsonMapper.shared().writeValueAsString(settings));
        template.of(part.toString())
                .forEach(function -> {
                    var process = new LambdaProcess(function, variables);
                    functions.add(process);
                    for (var event : function.events()) {
                        source(part, process, event, own).ifPresent(sources::add);
                    }
                });
        running.put(part, new Running(functions, sources));
    }

    private Optional<EventSource> source(
            Part part, LambdaProcess process, Event event, Map<String, String> own) {
        return switch (event) {
            case Event.Queue(var name, var size) ->
                    Optional.of(EventSource.queue(endpoint, name, size, process));
            case Event.Stream(var size) ->
                    Optional.of(EventSource.stream(endpoint, prefix + "records", size, process));
            case Event.Schedule(var input) when isTheBatch(part, input) ->
                    own.containsKey(CRON)
                            ? Optional.of(EventSource.once(scheduled(input), process))
                            : Optional.empty();
            case Event.Schedule(var input) ->
                    Optional.of(EventSource.every(MINUTE, () -> scheduled(input), process));
            case Event.Http(var method, var path) -> {
                routes.computeIfAbsent(part, _ -> new CopyOnWriteArrayList<>())
                        .add(new Route(method, path.replaceAll("\\{.*", ""), process));
                yield Optional.empty();
            }
        };
    }

    private static boolean isTheBatch(Part part, String input) {
        return part == Part.BATCH_JOB && !input.contains("take-over");
    }

    private static JsonNode scheduled(String input) {
        return JsonMapper.shared()
                .readTree(
                        input.replace("<aws.scheduler.scheduled-time>", Instant.now().toString()));
    }

    private HttpServer gateway(Part part) {
        try {
            var server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", exchange -> proxy(part, exchange));
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void unrouted(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(404, -1);
        exchange.close();
    }

    /** API Gateway's payload 2.0 in, its answer out. */
    private void proxy(Part part, HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var route =
                routes.getOrDefault(part, List.of()).stream()
                        .filter(each -> each.method().equals(exchange.getRequestMethod()))
                        .filter(each ->
                                (each.path().endsWith("/") && each.path().length() > 1)
                                        ? path.startsWith(each.path())
                                        : path.equals(each.path()))
                        .findFirst();
        if (route.isEmpty()) {
            unrouted(exchange);
            return;
        }
        var event = JsonMapper.shared().createObjectNode().put("version", "2.0");
        event.put("routeKey", "%s %s".formatted(route.get().method(), route.get().path()));
        event.put("rawPath", path);
        var headers = event.putObject("headers");
        exchange.getRequestHeaders()
                .forEach((name, values) ->
                        headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        event.putObject("requestContext").putObject("http").put("method", route.get().method());
        event.put(
                "body",
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        event.put("isBase64Encoded", false);
        try (exchange) {
            var answer = route.get().function().invoke(event);
            answer.path("headers")
                    .properties()
                    .forEach(header ->
                            exchange.getResponseHeaders()
                                    .add(header.getKey(), header.getValue().asString()));
            var body = answer.path("body").asString("").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(
                    answer.path("statusCode").asInt(500), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException | IllegalStateException e) {
            exchange.sendResponseHeaders(502, -1);
        }
    }

    @Override
    public void addKillable(Part part, Map<String, String> own) {
        add(part, own);
    }

    @Override
    public void kill(Part part) {
        Optional.ofNullable(running.remove(part)).ifPresent(Running::close);
        routes.remove(part);
    }

    @Override
    public void close() {
        running.values().forEach(Running::close);
        gateways.values().forEach(server -> server.stop(0));
        if (embedded != null) {
            embedded.close();
        }
    }
}
