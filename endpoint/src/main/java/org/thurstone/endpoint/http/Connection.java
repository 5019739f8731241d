package org.thurstone.endpoint.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Sends requests to one server. The reply is read in the calling thread, which may be interrupted at any time; a call that runs into a limit or is
 * interrupted is cancelled, and its connection closed.
 *
 * <p>Plain {@code http://} is spoken in version 1.1: local servers fail on the offer of version 2. Redirects are not followed, since they would take
 * the key with them.
 */
public final class Connection implements AutoCloseable {

    /** Longer replies than this are no completions. */
    private static final int LONGEST = 1 << 26;

    private final HttpClient client;
    private final Proxies proxies;
    private final Timeouts timeouts;

    /** @param base an address of the server */
    public Connection(URI base, Proxies proxies, Timeouts timeouts) {
        this.proxies = proxies;
        this.timeouts = timeouts;
        proxies.proxy(base); // a proxy that cannot be used is refused before anything is sent
        this.client = HttpClient.newBuilder()
                .version(
                        "https".equalsIgnoreCase(base.getScheme())
                                ? HttpClient.Version.HTTP_2
                                : HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeouts.connect())
                .proxy(proxies.selector())
                .build();
    }

    /**
     * Posts a body.
     *
     * @param pieces takes the bytes of the reply as they come, if the reply is successful
     * @return the reply with its whole body, whatever its status
     * @throws CallFailure if there is none
     */
    public Exchange post(URI to, Map<String, String> headers, String body, Consumer<byte[]> pieces) {
        HttpRequest.Builder request = HttpRequest.newBuilder(to).POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        long end = System.nanoTime() + timeouts.whole().toNanos();
        CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> sent =
                client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofPublisher());
        Reader reader = new Reader();
        try {
            HttpResponse<Flow.Publisher<List<ByteBuffer>>> response = sent.get(
                    Math.min(timeouts.firstByte().toNanos(), timeouts.whole().toNanos()), TimeUnit.NANOSECONDS);
            response.body().subscribe(reader);
            boolean successful = response.statusCode() / 100 == 2;
            byte[] bytes = read(reader, end, to, successful ? pieces : piece -> {});
            if (response.statusCode() == 407) {
                throw new CallFailure(
                        CallFailure.Kind.NOT_SENT,
                        "the proxy "
                                + proxies.proxy(to)
                                        .map(p -> p.getHostString() + ":" + p.getPort())
                                        .orElse("")
                                + " asks for credentials (407)");
            }
            return new Exchange(response.statusCode(), response.headers().map(), bytes);
        } catch (TimeoutException e) {
            throw lost(to, "no reply began within " + words(timeouts.firstByte()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallFailure(CallFailure.Kind.INTERRUPTED, "interrupted");
        } catch (ExecutionException e) {
            throw failure(to, e.getCause() == null ? e : e.getCause());
        } finally {
            reader.cancel();
            sent.cancel(true);
        }
    }

    private byte[] read(Reader reader, long end, URI to, Consumer<byte[]> pieces) throws InterruptedException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            long left = end - System.nanoTime();
            Optional<Piece> next = Optional.ofNullable(
                    reader.pieces.poll(Math.min(left, timeouts.idle().toNanos()), TimeUnit.NANOSECONDS));
            if (next.isEmpty()) {
                throw lost(
                        to,
                        left <= timeouts.idle().toNanos()
                                ? "the reply was not complete within " + words(timeouts.whole())
                                : "the reply stopped for " + words(timeouts.idle()));
            }
            switch (next.get()) {
                case Piece.Bytes(byte[] bytes) -> {
                    all.writeBytes(bytes);
                    if (all.size() > LONGEST) {
                        throw lost(to, "the reply is longer than " + (LONGEST >> 20) + " MiB");
                    }
                    pieces.accept(bytes);
                    reader.more();
                }
                case Piece.End() -> {
                    return all.toByteArray();
                }
                case Piece.Failed(Throwable why) -> throw lost(to, "the reply broke off: " + said(why));
            }
        }
    }

    private static CallFailure failure(URI to, Throwable why) {
        return switch (why) {
            case HttpConnectTimeoutException e -> notSent(to, "could not be reached in time");
            case ConnectException e -> notSent(to, "could not be reached");
            case UnresolvedAddressException e -> notSent(to, "has an unknown host");
            case javax.net.ssl.SSLHandshakeException e -> notSent(to, "refused the handshake: " + said(e));
            default -> lost(to, "the connection failed: " + said(why));
        };
    }

    private static CallFailure notSent(URI to, String what) {
        return new CallFailure(CallFailure.Kind.NOT_SENT, Addresses.shown(to) + " " + what);
    }

    private static CallFailure lost(URI to, String what) {
        return new CallFailure(CallFailure.Kind.LOST, Addresses.shown(to) + ": " + what);
    }

    private static String said(Throwable why) {
        String message = why.getMessage();
        return message == null ? why.getClass().getSimpleName() : message;
    }

    private static String words(Duration duration) {
        return duration.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** A piece of a reply, or its end. */
    private sealed interface Piece {
        record Bytes(byte[] bytes) implements Piece {}

        record End() implements Piece {}

        record Failed(Throwable why) implements Piece {}
    }

    /** Hands pieces over to the thread that waits for them. */
    private static final class Reader implements Flow.Subscriber<List<ByteBuffer>> {
        private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
        private volatile Flow.@org.jspecify.annotations.Nullable Subscription subscription;
        private volatile boolean cancelled;

        void more() {
            Flow.Subscription s = subscription;
            if (s != null) {
                s.request(1);
            }
        }

        void cancel() {
            cancelled = true;
            Flow.Subscription s = subscription;
            if (s != null) {
                s.cancel();
            }
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            if (cancelled) {
                given.cancel();
            } else {
                given.request(1);
            }
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (ByteBuffer buffer : buffers) {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                out.writeBytes(bytes);
            }
            pieces.add(new Piece.Bytes(out.toByteArray()));
        }

        @Override
        public void onError(Throwable why) {
            pieces.add(new Piece.Failed(why instanceof IOException e ? e : why));
        }

        @Override
        public void onComplete() {
            pieces.add(new Piece.End());
        }
    }
}
