package org.thurstone.endpoint;

import dev.langchain4j.model.chat.request.ChatRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thurstone.data.container.Json;
import org.thurstone.elicit.respondent.Time;
import org.thurstone.endpoint.http.Addresses;
import org.thurstone.endpoint.http.CallFailure;
import org.thurstone.endpoint.http.Connection;
import org.thurstone.endpoint.http.Exchange;
import org.thurstone.endpoint.http.RetryAfter;
import org.thurstone.endpoint.http.Wire;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes one call at a time, each with one request, and says how it ended. Safe for concurrent use. */
final class ChatClient {

    private static final int SHOWN = 500;

    private static final Pattern KEY_IN_QUERY = Pattern.compile("([?&])key=([^&]*)&?");

    private final Chat chat;
    private final Optional<String> key;
    private final Connection connection;
    private final Time time;

    /** @param key is sent in headers, and never shown */
    ChatClient(Chat chat, Optional<String> key, Connection connection, Time time) {
        this.chat = chat;
        this.key = key;
        this.connection = connection;
        this.time = time;
    }

    /** How a call ended. */
    sealed interface Outcome {

        /** A complete reply. */
        record Complete(Reply reply, Optional<Duration> pause) implements Outcome {}

        /** The call was refused: it cost nothing and may be repeated. */
        record Refused(String reason, Optional<Duration> pause) implements Outcome {}

        /** The call did not reach the server: it cost nothing and may be repeated. */
        record Unreached(String reason) implements Outcome {}

        /** The server may have answered, and the answer is lost: it counts as spent and may be repeated. */
        record Lost(String reason) implements Outcome {}

        /** The server refuses this question, whenever it is asked. */
        record Rejected(String reason) implements Outcome {}

        /** Further calls are of no use. */
        record Stopped(String reason) implements Outcome {}

        /** The thread was interrupted. */
        record Interrupted() implements Outcome {}
    }

    /** The request as it would be sent: its address, and its body without the key. */
    String preview(ChatRequest request, OptionalInt seed) {
        String[] sent = {""};
        Wire wire = new Wire((to, headers, body) -> {
            sent[0] = address(to) + "\n" + prepared(body);
            throw new CallFailure(CallFailure.Kind.NOT_SENT, "a preview is not sent");
        });
        send(request, seed, wire);
        return sent[0];
    }

    /** @throws RuntimeException never: what a client throws is told by its wire */
    @SuppressWarnings("CatchAndPrintStackTrace")
    private void send(ChatRequest request, OptionalInt seed, Wire wire) {
        try {
            Models.of(chat, key, seed, wire).chat(request);
        } catch (RuntimeException e) {
            if (wire.reply().isEmpty() && wire.failure().isEmpty()) {
                throw new IllegalStateException("the client of " + chat.title() + " cannot make this request: "
                        + hidden(String.valueOf(e.getMessage())));
            }
            // The reply itself says what is wrong; the client's words for it may hold what must not be shown.
        }
    }

    Outcome call(ChatRequest request, OptionalInt seed) {
        StreamedReply[] stream = {new StreamedReply(chat.endpoint())};
        Wire wire = new Wire((to, headers, body) -> {
            Exchange exchange = connection.post(address(to), withKey(to, headers), prepared(body), piece -> {
                if (chat.stream()) {
                    stream[0].feed(piece);
                }
            });
            return chat.stream() && exchange.successful() ? whole(stream[0], exchange) : exchange;
        });
        send(request, seed, wire);
        if (wire.failure().isPresent()) {
            CallFailure failure = wire.failure().get();
            String reason = hidden(failure.reason());
            return switch (failure.kind()) {
                case NOT_SENT -> new Outcome.Unreached(reason);
                case LOST -> new Outcome.Lost(reason);
                case INTERRUPTED -> new Outcome.Interrupted();
            };
        }
        return outcome(wire.reply().orElseThrow());
    }

    private static Exchange whole(StreamedReply stream, Exchange exchange) {
        stream.end();
        if (stream.error().isPresent()) {
            return exchange.with(exchange.status(), stream.error().get().toString());
        }
        if (!stream.unreadable().isEmpty()) {
            throw new CallFailure(CallFailure.Kind.LOST, stream.unreadable());
        }
        if (!stream.complete()) {
            throw new CallFailure(CallFailure.Kind.LOST, "the stream ended before the answer did");
        }
        return exchange.with(exchange.status(), stream.whole().toString());
    }

    /** The body as it is sent: with what makes it a stream, and without what was not set. */
    private String prepared(String body) {
        if (!chat.stream() && chat.endpoint() != Provider.GEMINI) {
            return body;
        }
        ObjectNode json = (ObjectNode) Json.MAPPER.readTree(body);
        if (chat.endpoint() == Provider.GEMINI) {
            // The client sends these although they were not set.
            if (json.path("generationConfig") instanceof ObjectNode config) {
                config.remove(java.util.List.of("responseLogprobs", "enableEnhancedCivicAnswers", "candidateCount"));
            }
            return json.toString();
        }
        json.put("stream", true);
        if (chat.endpoint() == Provider.OPENAI) {
            json.putObject("stream_options").put("include_usage", true);
        }
        return json.toString();
    }

    /** The address without a key in it. */
    private URI address(URI to) {
        String text = KEY_IN_QUERY.matcher(to.toString()).replaceAll("$1").replaceAll("[?&]$", "");
        if (chat.stream() && chat.endpoint() == Provider.GEMINI) {
            text = text.replace(":generateContent", ":streamGenerateContent?alt=sse");
        }
        return URI.create(text);
    }

    private Map<String, String> withKey(URI to, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        Matcher inQuery = KEY_IN_QUERY.matcher(to.toString());
        if (inQuery.find()) {
            all.put("x-goog-api-key", key.orElse(""));
        }
        if (key.isEmpty()) {
            all.keySet()
                    .removeIf(name -> java.util.Set.of("authorization", "x-api-key", "x-goog-api-key")
                            .contains(name.toLowerCase(Locale.ROOT)));
        }
        return all;
    }

    private Outcome outcome(Exchange reply) {
        Instant now = time.instant();
        if (!reply.successful()) {
            return refused(reply, now);
        }
        JsonNode body;
        try {
            body = Json.MAPPER.readTree(reply.body());
        } catch (JacksonException e) {
            return new Outcome.Lost("the reply is not JSON: " + Json.reason(e));
        }
        Optional<Exchange> error = errorInside(body, reply);
        if (error.isPresent()) {
            return refused(error.get(), now);
        }
        if (chat.endpoint() == Provider.OLLAMA
                && body.path("done").isBoolean()
                && !body.path("done").asBoolean(true)) {
            return new Outcome.Lost("the reply is not complete: done is false");
        }
        return ReplyReader.read(chat.endpoint(), body)
                .<Outcome>map(read -> new Outcome.Complete(read, RetryAfter.reset(reply, now)))
                .orElseGet(
                        () -> new Outcome.Refused("the reply has no answer: " + shown(reply.body()), Optional.empty()));
    }

    /** An error that came with a status of success, as the status that it should have had. */
    private static Optional<Exchange> errorInside(JsonNode body, Exchange reply) {
        JsonNode error = body.path("error");
        JsonNode choice = body.path("choices").path(0);
        boolean finishedBadly = ReplyReader.text(choice, "finish_reason").equals("error");
        if (!finishedBadly
                && (error.isMissingNode()
                        || error.isNull()
                        || (error.isString() && error.asString("").isEmpty()))) {
            return Optional.empty();
        }
        JsonNode inside = finishedBadly && choice.has("error") ? choice.path("error") : error;
        int status = inside.path("code").asInt(inside.path("status").asInt(0));
        if (status < 400 || status > 599) {
            String type = ReplyReader.text(inside, "type") + " " + ReplyReader.text(inside, "code") + " "
                    + ReplyReader.text(inside, "status");
            status = type.contains("rate_limit")
                            || type.contains("RESOURCE_EXHAUSTED")
                            || type.contains("insufficient_quota")
                    ? 429
                    : type.contains("overloaded")
                            ? 529
                            : type.contains("invalid_request") || type.contains("INVALID_ARGUMENT") ? 400 : 502;
        }
        return Optional.of(reply.with(status, reply.body()));
    }

    private Outcome refused(Exchange refusal, Instant now) {
        String reason = reason(refusal);
        return switch (StatusRules.of(refusal, now)) {
            case StatusRules.Verdict.Retry(Optional<Duration> pause) -> {
                if (pause.isPresent() && pause.get().compareTo(chat.longestWait()) > 0) {
                    yield new Outcome.Stopped(reason + "; the server asks to wait until "
                            + now.plus(pause.get()).truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                            + ", longer than longest-wait: start the run again then");
                }
                yield new Outcome.Refused(reason, pause);
            }
            case StatusRules.Verdict.Skip() -> new Outcome.Rejected(reason);
            case StatusRules.Verdict.Stop() -> new Outcome.Stopped(reason);
        };
    }

    private String reason(Exchange refusal) {
        String where = Addresses.shown(chat.address());
        String said = "%s answered %d: %s".formatted(where, refusal.status(), shown(message(refusal)));
        return switch (refusal.status()) {
            case 401, 403 ->
                said
                        + (key.isEmpty()
                                ? " (no key was sent: name the environment variable that holds it with `key`)"
                                : "");
            case 404 -> said + missing(refusal);
            default ->
                refusal.status() >= 300 && refusal.status() < 400
                        ? said + " (redirects are not followed: set base-url to the address itself)"
                        : said;
        };
    }

    /** Which of the usual reasons for a 404 it looks like. */
    private String missing(Exchange refusal) {
        String path = Optional.ofNullable(chat.address().getPath()).orElse("");
        String body = refusal.body().toLowerCase(Locale.ROOT);
        for (String added : java.util.List.of("/chat/completions", "/messages", "/api/chat")) {
            if (path.endsWith(added)) {
                return " (base-url ends in " + added + ", which is added to it: leave that out)";
            }
        }
        if (body.contains("model_not_found")
                || (body.contains("model") && body.contains(chat.model().toLowerCase(Locale.ROOT)))) {
            return " (the address seems right, and the model " + chat.model() + " is not there)";
        }
        if (chat.endpoint() == Provider.OPENAI && !path.matches(".*/v\\d.*")) {
            return " (base-url has no /v1 at its end, which most servers expect)";
        }
        return " (the address or the model does not exist)";
    }

    /** The provider's own sentence, if the body has one. */
    private static String message(Exchange refusal) {
        try {
            JsonNode body = Json.MAPPER.readTree(refusal.body());
            JsonNode error = body.isArray() ? body.path(0).path("error") : body.path("error");
            String message = ReplyReader.text(error, "message");
            String plain = error.isString() ? error.stringValue() : message;
            String metadata = ReplyReader.text(error.path("metadata"), "raw");
            return plain.isEmpty() ? refusal.body() : metadata.isEmpty() ? plain : plain + ": " + metadata;
        } catch (JacksonException e) {
            return refusal.body();
        }
    }

    private String shown(String text) {
        String line = hidden(text).replaceAll("\\s+", " ").strip();
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN - 1) + "…";
    }

    /** The text without the key, in whatever way a server may have escaped it. */
    private String hidden(String text) {
        return key.map(secret -> Secrets.hide(text, secret)).orElse(text);
    }
}
