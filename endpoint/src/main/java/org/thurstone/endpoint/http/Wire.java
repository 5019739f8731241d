package org.thurstone.endpoint.http;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client of one call of a LangChain4j model. It sends one request, whatever the model does, and remembers what came back: LangChain4j's
 * exceptions have no headers, and it would make an answer of a reply that holds an error.
 */
public final class Wire implements HttpClient {

    /** Sends a request, or stands for a server. */
    @FunctionalInterface
    public interface Sending {
        /** @throws CallFailure if there is no complete reply */
        Exchange send(URI to, Map<String, String> headers, String body);
    }

    private final Sending sending;
    private boolean used;
    private @Nullable Exchange reply;
    private @Nullable CallFailure failure;

    public Wire(Sending sending) {
        this.sending = sending;
    }

    /** The reply, if there was one. */
    public Optional<Exchange> reply() {
        return Optional.ofNullable(reply);
    }

    /** Why there was no reply. */
    public Optional<CallFailure> failure() {
        return Optional.ofNullable(failure);
    }

    /** A builder, as models ask for one. The limits of this call are its connection's; a model's own are not used. */
    public HttpClientBuilder builder() {
        return new HttpClientBuilder() {
            @Override
            public @Nullable Duration connectTimeout() {
                return null;
            }

            @Override
            public HttpClientBuilder connectTimeout(Duration timeout) {
                return this;
            }

            @Override
            public @Nullable Duration readTimeout() {
                return null;
            }

            @Override
            public HttpClientBuilder readTimeout(Duration timeout) {
                return this;
            }

            @Override
            public HttpClient build() {
                return Wire.this;
            }
        };
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        if (used) {
            throw new IllegalStateException("a call sends one request");
        }
        used = true;
        Map<String, String> headers = new LinkedHashMap<>();
        request.headers().forEach((name, values) -> headers.put(name, String.join(", ", values)));
        try {
            Exchange exchange = sending.send(
                    URI.create(request.url()),
                    headers,
                    Optional.ofNullable(request.body()).orElse(""));
            reply = exchange;
            if (!exchange.successful()) {
                throw new HttpException(exchange.status(), exchange.body());
            }
            return SuccessfulHttpResponse.builder()
                    .statusCode(exchange.status())
                    .headers(exchange.headers())
                    .body(exchange.body())
                    .build();
        } catch (CallFailure e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new UnsupportedOperationException("streams are put together before a model reads them");
    }
}
