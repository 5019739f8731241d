package org.thurstone.endpoint;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server on this machine that answers as a script says, and counts. */
final class ScriptedServer implements AutoCloseable {

    /**
     * A request.
     *
     * @param number of the request, from 1
     * @param headers by their names in lower case
     */
    record Request(int number, String target, Map<String, String> headers, String body) {
        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    /**
     * A reply.
     *
     * @param pieces of the body, with a pause before each but the first
     * @param cut whether the connection is closed before the body is complete
     */
    record Reply(
            int status, Map<String, String> headers, List<byte[]> pieces, Duration pause, Duration delay, boolean cut) {

        static Reply of(int status, String body) {
            return new Reply(
                    status,
                    Map.of(),
                    List.of(body.getBytes(StandardCharsets.UTF_8)),
                    Duration.ZERO,
                    Duration.ZERO,
                    false);
        }

        Reply with(String header, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(header, value);
            return new Reply(status, more, pieces, pause, delay, cut);
        }

        Reply after(Duration wait) {
            return new Reply(status, headers, pieces, pause, wait, cut);
        }

        Reply inPieces(int size, Duration between) {
            byte[] all = pieces.getFirst();
            List<byte[]> parts = new ArrayList<>();
            for (int from = 0; from < all.length; from += size) {
                parts.add(java.util.Arrays.copyOfRange(all, from, Math.min(all.length, from + size)));
            }
            return new Reply(status, headers, parts, between, delay, cut);
        }

        Reply cutOff() {
            return new Reply(status, headers, pieces, pause, delay, true);
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());

    ScriptedServer(Function<Request, Reply> script) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, script));
        server.start();
    }

    private void answer(HttpExchange exchange, Function<Request, Reply> script) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) ->
                        headers.put(name.toLowerCase(java.util.Locale.ROOT), String.join(",", values)));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Request request =
                new Request(count.incrementAndGet(), exchange.getRequestURI().toString(), headers, body);
        requests.add(request);
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        try {
            Reply reply = headers.containsKey("upgrade")
                    ? Reply.of(500, "{\"error\": \"this server does not know the header Upgrade\"}")
                    : script.apply(request);
            sleep(reply.delay);
            open.decrementAndGet(); // before the client hears of it, and sends its next request
            reply.headers.forEach(exchange.getResponseHeaders()::add);
            long length = reply.pieces.stream().mapToLong(p -> p.length).sum();
            exchange.sendResponseHeaders(
                    reply.status, length == 0 && !reply.cut ? -1 : length + (reply.cut ? 1000 : 0));
            OutputStream out = exchange.getResponseBody();
            for (int i = 0; i < reply.pieces.size(); i++) {
                if (i > 0) {
                    sleep(reply.pause);
                }
                out.write(reply.pieces.get(i));
                out.flush();
            }
            if (!reply.cut) {
                out.close();
            }
        } finally {
            exchange.close();
        }
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    int attempts() {
        return count.get();
    }

    int mostAtOnce() {
        return mostOpen.get();
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
