package io.millrace.benchmarks.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One connection that is kept, with no more to it than AWS's JSON protocol needs: a client of an
 * SDK would take the processors from what is measured. Used by one thread.
 */
final class AwsConnection implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final URI endpoint;
    private final String head;
    private Optional<Stream> stream = Optional.empty();

    AwsConnection(URI endpoint, String service, String version) {
        this.endpoint = endpoint;
        this.head =
                "POST / HTTP/1.1\r\nHost: %s:%d\r\nContent-Type: application/x-amz-json-%s\r\n"
                                .formatted(endpoint.getHost(), endpoint.getPort(), version)
                        + "Authorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/%s/aws4_request, SignedHeaders=host, Signature=0\r\n"
                                .formatted(service)
                        + "X-Amz-Target: ";
    }

    /** What is open until the server has had enough of it, which servers have at some time. */
    private record Stream(Socket socket, InputStream in, OutputStream out) {
        static Stream to(URI endpoint) throws IOException {
            var socket = new Socket(endpoint.getHost(), endpoint.getPort());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(120_000);
            return new Stream(
                    socket,
                    new BufferedInputStream(socket.getInputStream(), 16 * 1024),
                    socket.getOutputStream());
        }
    }

    static AwsConnection states(URI endpoint) {
        return new AwsConnection(endpoint, "states", "1.0");
    }

    static AwsConnection sqs(URI endpoint) {
        return new AwsConnection(endpoint, "sqs", "1.0");
    }

    /** Calls an operation and returns its answer. */
    JsonNode call(String target, JsonNode arguments) {
        var answer = call(target, JSON.writeValueAsString(arguments));
        return answer.isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer);
    }

    /**
     * Calls an operation and returns its answer, which nobody may want to have parsed.
     *
     * @throws IllegalStateException if it is refused
     */
    String call(String target, String arguments) {
        var body = arguments.getBytes(UTF_8);
        var request = head + target + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        var bytes = new ByteArrayOutputStream(request.length() + body.length);
        bytes.writeBytes(request.getBytes(ISO_8859_1));
        bytes.writeBytes(body);
        try {
            var status = send(bytes, 2);
            return answer(target, stream.orElseThrow(), status);
        } catch (IOException e) {
            throw new IllegalStateException(target + " has no answer", e);
        }
    }

    /** Sends a request, on a new connection if the old one was closed; returns the status line. */
    private String send(ByteArrayOutputStream request, int attempts) throws IOException {
        var open = stream.isPresent() ? stream.get() : Stream.to(endpoint);
        stream = Optional.of(open);
        try {
            request.writeTo(open.out);
            return line(open.in);
        } catch (EOFException | SocketException e) {
            close();
            if (attempts == 1) {
                throw e;
            }
            return send(request, attempts - 1);
        }
    }

    private String answer(String target, Stream open, String status) throws IOException {
        var length = 0;
        var chunked = false;
        var last = false;
        for (var line = line(open.in); !line.isEmpty(); line = line(open.in)) {
            var header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            }
            chunked |= header.startsWith("transfer-encoding:") && header.contains("chunked");
            last |= header.startsWith("connection:") && header.contains("close");
        }
        var body = new String(chunked ? chunks(open.in) : exactly(open.in, length), UTF_8);
        if (last) {
            close();
        }
        if (!status.contains(" 200")) {
            throw new IllegalStateException("%s: %s %s".formatted(target, status, body));
        }
        return body;
    }

    private static byte[] chunks(InputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            var length = Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
            body.write(exactly(in, length));
            var _ = line(in);
            if (length == 0) {
                return body.toByteArray();
            }
        }
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        var body = in.readNBytes(length);
        if (body.length != length) {
            throw new EOFException();
        }
        return body;
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (var next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        stream.ifPresent(open -> {
            try {
                open.socket.close();
            } catch (IOException _) {
                // It is not used any more.
            }
        });
        stream = Optional.empty();
    }
}
