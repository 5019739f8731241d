package org.thurstone.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;
import org.thurstone.model.hub.LanguageModel;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server and a plain client, which offers to upgrade to HTTP/2 as Java's does unless told otherwise. */
final class Api implements AutoCloseable {

    static final JsonMapper JSON = new JsonMapper();

    /** What came back. */
    record Reply(int status, String body, HttpResponse<String> response) {

        JsonNode json() {
            return JSON.readTree(body);
        }

        JsonNode choice() {
            return json().path("choices").path(0);
        }

        String content() {
            return choice().path("message").path("content").stringValue();
        }

        /** {@code [code] message} of an error. */
        String error() {
            return "[" + json().path("error").path("code").asString("") + "] "
                    + json().path("error").path("message").asString("");
        }

        /** The events of a stream; {@code [DONE]} as a text. */
        List<JsonNode> events() {
            List<JsonNode> events = new ArrayList<>();
            for (String event : body.split("\n\n")) {
                if (!event.startsWith("data: ") || event.indexOf('\n') >= 0) {
                    throw new IllegalStateException("not one line of data: " + event);
                }
                String data = event.substring("data: ".length());
                events.add(data.equals("[DONE]") ? JSON.valueToTree(data) : JSON.readTree(data));
            }
            return events;
        }

        /** The content of one choice, put together. */
        String streamed(int index) {
            StringBuilder text = new StringBuilder();
            for (JsonNode event : events()) {
                for (JsonNode choice : event.path("choices")) {
                    if (choice.path("index").intValue() == index) {
                        text.append(choice.path("delta").path("content").asString(""));
                        text.append(choice.path("text").asString(""));
                    }
                }
            }
            return text.toString();
        }
    }

    final ModelServer server;
    final HttpClient client = HttpClient.newHttpClient();
    private final LanguageModel model;

    Api(LanguageModel model, ServerOptions options) {
        this.model = model;
        this.server = new ModelServer(model, "tiny", Api::generator, options, Clock.systemUTC());
    }

    Api(LanguageModel model) {
        this(model, ServerOptions.LOCAL);
    }

    static SplittableGenerator generator(long seed) {
        return RandomGeneratorFactory.<SplittableGenerator>of("L64X128MixRandom")
                .create(seed);
    }

    URI at(String path) {
        return URI.create(server.address() + path);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(at(path)).timeout(Duration.ofSeconds(60));
    }

    Reply get(String path) {
        return send(request(path).build());
    }

    Reply post(String path, String body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** With {@code '} for {@code "}. */
    Reply chat(String body) {
        return post("/v1/chat/completions", body.replace('\'', '"'));
    }

    Reply complete(String body) {
        return post("/v1/completions", body.replace('\'', '"'));
    }

    /** The user says hi; with further fields. */
    Reply hi(String fields) {
        return chat("{'messages': [{'role': 'user', 'content': 'hi'}]" + (fields.isEmpty() ? "" : ", " + fields) + "}");
    }

    Reply send(HttpRequest request) {
        try {
            HttpResponse<String> response =
                    client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Reply(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A figure of /metrics. */
    long metric(String name) {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        server.close();
        client.close();
        model.close();
    }
}
