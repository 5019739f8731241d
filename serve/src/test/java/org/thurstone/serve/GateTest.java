package org.thurstone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.UserError;

/** Who may call the server, and with how much. */
@Timeout(60)
class GateTest {

    private static final String HI = "{\"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]}";

    @TempDir
    private Path directory;

    private final Scripted policy = new Scripted(200);

    @BeforeEach
    void say() {
        policy.says("ok");
    }

    private Api api(ServerOptions options) {
        return new Api(ByteModel.of(policy, directory), options);
    }

    /** A request byte for byte, as no client of Java sends it. */
    private static String raw(Api api, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", api.server.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.UTF_8));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String post(String headers) {
        return "POST /v1/chat/completions HTTP/1.1\r\n" + headers + "Content-Length: " + HI.length()
                + "\r\nConnection: close\r\n\r\n" + HI;
    }

    @Test
    void pagesOfOtherOriginsAndNamesThatPointHereAreRefused() throws IOException {
        try (Api api = api(ServerOptions.LOCAL.withOrigins(List.of("https://example.org")))) {
            for (String host : List.of("localhost:1", "127.0.0.1", "[::1]:80", "LOCALHOST")) {
                assertThat(raw(api, post("Host: " + host + "\r\n"))).startsWith("HTTP/1.1 200");
            }
            for (String host : List.of("evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80")) {
                assertThat(raw(api, post("Host: " + host + "\r\n"))).startsWith("HTTP/1.1 403");
            }
            String own = "Host: localhost\r\n";
            String foreign = raw(api, post(own + "Origin: https://evil.example\r\n"));
            assertThat(foreign).startsWith("HTTP/1.1 403").contains("forbidden").doesNotContain("Access-Control");
            assertThat(raw(api, post(own + "Origin: null\r\n"))).startsWith("HTTP/1.1 403");
            String named = raw(api, post(own + "Origin: https://example.org\r\n"));
            assertThat(named)
                    .startsWith("HTTP/1.1 200")
                    .contains("Access-Control-Allow-Origin: https://example.org")
                    .doesNotContain("Allow-Credentials");
            assertThat(raw(api, post(own))).startsWith("HTTP/1.1 200").doesNotContain("Access-Control");
        }
    }

    @Test
    void aBrowserAsksFirstWithoutTheKey() throws IOException {
        try (Api api = api(ServerOptions.LOCAL.withKey("geheim").withOrigins(List.of("https://example.org")))) {
            String ask = "OPTIONS /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nOrigin: ";
            assertThat(raw(api, ask + "https://example.org\r\n\r\n"))
                    .startsWith("HTTP/1.1 204")
                    .contains("Access-Control-Allow-Headers: Authorization, Content-Type");
            assertThat(raw(api, ask + "https://evil.example\r\n\r\n")).startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void aKeyIsAskedForWhereThereIsOne() {
        try (Api api = api(ServerOptions.LOCAL.withKey("geheim"))) {
            for (String sent : List.of("", "Bearer", "Bearer x", "geheim", "Basic geheim", "Bearer geheim2")) {
                HttpRequest.Builder request = api.request("/v1/models");
                Api.Reply reply = api.send((sent.isEmpty() ? request : request.header("Authorization", sent)).build());
                assertThat(reply.status()).as(sent).isEqualTo(401);
                assertThat(reply.error()).startsWith("[invalid_api_key]").doesNotContain("geheim");
            }
            assertThat(api.send(api.request("/v1/models")
                                    .header("Authorization", "Bearer geheim")
                                    .build())
                            .status())
                    .isEqualTo(200);
            assertThat(api.get("/health").status()).isEqualTo(200);
            assertThat(api.get("/metrics").status()).isEqualTo(401);
        }
    }

    @Test
    void withoutAKeyOnlyThisMachineIsListenedTo() {
        ServerOptions everywhere =
                new ServerOptions("0.0.0.0", 0, java.util.Optional.empty(), List.of(), 1, 1, 1, Duration.ofSeconds(1));
        assertThatThrownBy(() -> api(everywhere))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("without a key", "0.0.0.0");
        assertThatThrownBy(() -> api(ServerOptions.LOCAL.withOrigins(List.of("example.org"))))
                .hasMessageContaining("is not an origin");
        assertThatThrownBy(() -> ServerOptions.LOCAL.withKey(" ")).hasMessageContaining("key is empty");
        try (Api api = api(everywhere.withKey("k").withLimits(1000, Duration.ofSeconds(9)));
                Api first = api(ServerOptions.LOCAL)) {
            assertThat(api.server.address()).startsWith("http://0.0.0.0:");
            assertThatThrownBy(() -> api(ServerOptions.LOCAL.withPort(first.server.port())))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + first.server.port());
        }
    }

    @Test
    void aLargeBodyIsRefused() {
        try (Api api = api(ServerOptions.LOCAL.withLimits(1_000, Duration.ofSeconds(60)))) {
            Api.Reply reply = api.hi("'user': '" + "x".repeat(1_000) + "'");
            assertThat(reply.status()).isEqualTo(413);
            assertThat(reply.error()).contains("[body_too_large]", "1000 bytes");
            assertThat(api.hi("").status()).isEqualTo(200);
        }
    }

    @Test
    void aRequestThatTakesTooLongIsEnded() {
        policy.says("a".repeat(50));
        policy.steps = new java.util.concurrent.Semaphore(3);
        try (Api api = api(ServerOptions.LOCAL.withLimits(1_000, Duration.ofMillis(300)))) {
            Api.Reply reply = api.hi("");
            assertThat(reply.status()).isEqualTo(504);
            assertThat(reply.error()).startsWith("[timeout]");
            Api.Reply streamed = api.hi("'stream': true");
            assertThat(streamed.status()).isEqualTo(504);
            policy.steps.release(1_000_000);
        }
    }
}
