package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class ServeCommandTest {

    @TempDir
    private Path dir;

    /** A server that runs until it is interrupted. */
    private static final class Running implements AutoCloseable {
        final CompletableFuture<String> address = new CompletableFuture<>();
        final CompletableFuture<Integer> code = new CompletableFuture<>();
        final StringWriter err = new StringWriter();
        private final Thread thread;

        Running(String... options) {
            StringWriter out = new StringWriter() {
                @Override
                public void flush() {
                    if (getBuffer().indexOf("\n") >= 0) {
                        address.complete(toString().lines().findFirst().orElse(""));
                    }
                }
            };
            thread = Thread.ofPlatform()
                    .start(() -> code.complete(Main.run(
                            new CommandLine(new Main()), new PrintWriter(out), new PrintWriter(err, true), options)));
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }

    @Test
    void scoresAreThoseOfTheCommandAndTheServerEndsWhenItIsTold() throws Exception {
        Path model = TinyModel.write(dir.resolve("tiny"), 16, 1);
        Path rows = Files.writeString(dir.resolve("rows.jsonl"), "{\"prompt\": \"ab\", \"completion\": \"cd\"}\n");
        Path scored = dir.resolve("scored.jsonl");
        Shell score = Shell.run("score", rows.toString(), "--model", model.toString(), "--output", scored.toString());
        assertThat(score.code()).as(score.err()).isZero();
        JsonNode wanted = JsonMapper.shared().readTree(Files.readString(scored));
        try (Running server = new Running("serve", "--model", model.toString(), "--port", "0", "--batch-size", "2");
                HttpClient client = HttpClient.newHttpClient()) {
            String line = server.address.get();
            assertThat(line).matches("listening on http://127\\.0\\.0\\.1:\\d+");
            String address = line.substring("listening on ".length());
            JsonNode entry = post(client, address + "/score", "{\"text_1\": \"ab\", \"text_2\": \"cd\"}")
                    .path("data")
                    .path(0);
            assertThat(entry.path("score").doubleValue())
                    .isCloseTo(wanted.path("sum_log_prob").doubleValue(), within(1e-4));
            JsonNode models = JsonMapper.shared()
                    .readTree(client.send(
                                    HttpRequest.newBuilder(URI.create(address + "/v1/models"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body());
            assertThat(models.path("data").path(0).path("id").stringValue()).isEqualTo("tiny");
            // The answer of `sample` with the same seed.
            Shell sampled = Shell.run(
                    "sample",
                    "--model",
                    model.toString(),
                    "--prompt",
                    "ab",
                    "--n",
                    "3",
                    "--seed",
                    "5",
                    "--max-tokens",
                    "6",
                    "--format",
                    "json");
            JsonNode own = JsonMapper.shared().readTree(sampled.out()).path("completions");
            JsonNode answered = post(
                            client,
                            address + "/v1/completions",
                            "{\"prompt\": \"ab\", \"n\": 3, \"seed\": 5, \"max_tokens\": 6}")
                    .path("choices");
            for (int i = 0; i < 3; i++) {
                assertThat(answered.path(i).path("text").stringValue())
                        .isEqualTo(own.path(i).path("completion").stringValue());
            }
            server.close();
            assertThat(server.code.get()).isZero();
            assertThat(server.err.toString()).contains("model tiny, context of", "no key");
        }
    }

    private static JsonNode post(HttpClient client, String uri, String body) throws IOException, InterruptedException {
        HttpResponse<String> reply = client.send(
                HttpRequest.newBuilder(URI.create(uri))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(reply.body());
    }

    @Test
    void wrongOptionsAreRefused() throws IOException {
        Path model = TinyModel.write(dir.resolve("tiny"), 16, 1);
        Shell port = Shell.run("serve", "--model", model.toString(), "--port", "70000");
        assertThat(port.code()).isEqualTo(2);
        assertThat(port.err()).contains("port 70000 is outside 0 … 65535");
        Shell everywhere = Shell.run("serve", "--model", model.toString(), "--host", "0.0.0.0", "--port", "0");
        assertThat(everywhere.code()).isEqualTo(1);
        assertThat(everywhere.err()).contains("without a key the server listens on this machine only");
        Path empty = Files.writeString(dir.resolve("key.txt"), "\n");
        Shell key = Shell.run("serve", "--model", model.toString(), "--api-key-file", empty.toString());
        assertThat(key.code()).isEqualTo(1);
        assertThat(key.err()).contains("the first line of " + empty + " is empty");
    }
}
