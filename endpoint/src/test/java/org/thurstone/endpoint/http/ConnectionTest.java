package org.thurstone.endpoint.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionTest {

    private final AtomicReference<String> head = new AtomicReference<>("");
    private ServerSocket socket;

    /** What a server does with a connection, once it has read the head of the request. */
    private interface Script {
        void run(Socket connection, OutputStream out) throws IOException, InterruptedException;
    }

    private URI serve(Script script) throws IOException {
        socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            try (Socket connection = socket.accept()) {
                StringBuilder read = new StringBuilder();
                while (!read.toString().contains("\r\n\r\n")) {
                    read.append((char) connection.getInputStream().read());
                }
                head.set(read.toString());
                script.run(connection, connection.getOutputStream());
            } catch (IOException | InterruptedException e) {
                // the test has ended
            }
        });
        return URI.create("http://localhost:" + socket.getLocalPort() + "/v1/x?secret=1");
    }

    @AfterEach
    void close() throws IOException {
        if (socket != null) {
            socket.close();
        }
    }

    private static Exchange post(URI to, Timeouts timeouts) {
        try (Connection connection = new Connection(to, new Proxies(Map.of()), timeouts)) {
            return connection.post(to, Map.of("x-a", "b"), "{}", piece -> {});
        }
    }

    private static final Timeouts SHORT =
            new Timeouts(Duration.ofSeconds(2), Duration.ofMillis(150), Duration.ofMillis(150), Duration.ofMillis(400));

    private static void failsWith(URI to, CallFailure.Kind kind, String words) {
        assertThatThrownBy(() -> post(to, SHORT))
                .isInstanceOfSatisfying(
                        CallFailure.class, f -> assertThat(f.kind()).isEqualTo(kind))
                .hasMessageContaining(words)
                .hasMessageNotContaining("secret");
    }

    @Test
    void plainHttpIsVersionOneWithoutAnUpgradeAndErrorsKeepTheirHeaders() throws IOException {
        URI to = serve((connection, out) -> out.write(
                "HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\nno".getBytes(StandardCharsets.UTF_8)));
        Exchange reply = post(to, Timeouts.DEFAULT);
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.header("retry-after")).contains("7");
        assertThat(reply.body()).isEqualTo("no");
        assertThat(head.get())
                .contains("HTTP/1.1")
                .containsIgnoringCase("x-a: b")
                .doesNotContainIgnoringCase("upgrade");
    }

    @Test
    void otherMachinesAreReachedThroughTheProxyAndItsRefusalIsNamed() throws IOException {
        URI far = URI.create("http://far.invalid/v1/x");
        for (String status : new String[] {"200 OK", "407 Proxy Authentication Required"}) {
            int port = serve((connection, out) -> out.write(("HTTP/1.1 " + status + "\r\nContent-Length: 2\r\n\r\nok")
                            .getBytes(StandardCharsets.UTF_8)))
                    .getPort();
            Proxies proxies = new Proxies(Map.of("http_proxy", "http://localhost:" + port));
            try (Connection connection = new Connection(far, proxies, Timeouts.DEFAULT)) {
                if (status.startsWith("200")) {
                    assertThat(connection.post(far, Map.of(), "{}", piece -> {}).body())
                            .isEqualTo("ok");
                    assertThat(head.get()).startsWith("POST http://far.invalid/v1/x HTTP/1.1");
                } else {
                    assertThatThrownBy(() -> connection.post(far, Map.of(), "{}", piece -> {}))
                            .isInstanceOf(CallFailure.class)
                            .hasMessageContaining("the proxy localhost:" + port + " asks for credentials (407)");
                }
            }
            socket.close();
        }
    }

    @Test
    void redirectsAreNotFollowed() throws IOException {
        URI to = serve((connection, out) ->
                out.write("HTTP/1.1 302 Found\r\nLocation: http://localhost:1/\r\nContent-Length: 0\r\n\r\n"
                        .getBytes(StandardCharsets.UTF_8)));
        assertThat(post(to, Timeouts.DEFAULT).status()).isEqualTo(302);
    }

    @Test
    void aServerThatDoesNotListenWasNotSentTo() throws IOException {
        URI to = serve((connection, out) -> {});
        socket.close();
        failsWith(to, CallFailure.Kind.NOT_SENT, "could not be reached");
        failsWith(URI.create("http://no-such-host.invalid/"), CallFailure.Kind.NOT_SENT, "could not be reached");
    }

    @Test
    void aServerThatSaysNothingIsLeftAtTheFirstByte() throws IOException {
        failsWith(serve((connection, out) -> Thread.sleep(2000)), CallFailure.Kind.LOST, "no reply began within 0.15s");
    }

    @Test
    void aReplyThatStopsIsLeftAfterTheIdleTime() throws IOException {
        failsWith(
                serve((connection, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nab".getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    Thread.sleep(2000);
                }),
                CallFailure.Kind.LOST,
                "the reply stopped for 0.15s");
    }

    @Test
    void aReplyThatTricklesIsLeftAtTheLimitOfTheWhole() throws IOException {
        failsWith(
                serve((connection, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                    for (int i = 0; i < 40; i++) {
                        out.write('x');
                        out.flush();
                        Thread.sleep(50);
                    }
                }),
                CallFailure.Kind.LOST,
                "was not complete within 0.4s");
    }

    @Test
    void aReplyThatBreaksOffIsLost() throws IOException {
        failsWith(
                serve((connection, out) ->
                        out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nab".getBytes(StandardCharsets.UTF_8))),
                CallFailure.Kind.LOST,
                "broke off");
    }

    @Test
    void anInterruptEndsACallWithinATenthOfASecond() throws Exception {
        URI to = serve((connection, out) -> Thread.sleep(5000));
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                post(to, Timeouts.DEFAULT);
            } catch (RuntimeException e) {
                thrown.set(e);
            }
        });
        while (head.get().isEmpty()) {
            Thread.sleep(5);
        }
        long begin = System.nanoTime();
        caller.interrupt();
        caller.join();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
        assertThat(thrown.get())
                .isInstanceOfSatisfying(
                        CallFailure.class, f -> assertThat(f.kind()).isEqualTo(CallFailure.Kind.INTERRUPTED));
    }
}
