package org.thurstone.serve;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.util.JavalinBindException;
import io.javalin.util.JavalinException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.thurstone.data.UserError;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.model.sample.SampledToken;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers OpenAI's API with a model: {@code /v1/chat/completions}, {@code /v1/completions}, {@code /v1/models}, {@code /score}, {@code /health} and
 * {@code /metrics}. Requests are sampled together with one another. An answer depends on its prompt, its settings and its seed.
 */
public final class ModelServer implements AutoCloseable {

    private static final Duration BODY_TIME = Duration.ofSeconds(60);
    private static final int BUFFER = 1 << 16;
    private static final int MOST_THREADS = 64;
    private static final int GRACE_MILLIS = 2_000;
    private static final int PAUSE_MILLIS = 20;

    /** No client receives it; it is counted. */
    private static final int CLIENT_GONE = 499;

    private static final Set<String> PATHS = Set.of(
            "/v1/chat/completions", "/v1/completions", "/v1/models", "/score", "/v1/score", "/health", "/metrics");

    private final ServedModel model;
    private final ServerOptions options;
    private final Gate gate;
    private final long created;
    private final Metrics metrics = new Metrics();
    private final AtomicInteger open = new AtomicInteger();
    private final Javalin web;
    private volatile boolean closing;

    /**
     * Starts a server. It answers when this returns.
     *
     * @param model open until the server is closed; the server does not close it
     * @param name what clients call it
     * @param randomness the generator of a seed
     * @throws UserError if it cannot listen on the address
     */
    public ModelServer(
            LanguageModel model,
            String name,
            LongFunction<SplittableGenerator> randomness,
            ServerOptions options,
            Clock clock) {
        this.options = options;
        this.gate = new Gate(options);
        this.created = clock.instant().getEpochSecond();
        this.model = new ServedModel(model, name, randomness, options.slots(), options.queue());
        try {
            this.web = Javalin.create(this::configure).start();
        } catch (JavalinException e) {
            this.model.close();
            String why = e instanceof JavalinBindException ? "the port is taken, or not allowed" : e.getMessage();
            throw new UserError("cannot listen on " + options.host() + ":" + options.port() + ": " + why, e);
        }
    }

    /** The port that it listens on. */
    public int port() {
        return web.port();
    }

    /** Where clients find it: {@code http://127.0.0.1:8000}. */
    public String address() {
        String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
        return "http://" + host + ":" + port();
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.http.maxRequestSize = options.longestBody();
        config.http.defaultContentType = "application/json";
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS);
        threads.setName("http");
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        config.jetty.threadPool = threads;
        // HTTP/1.1 alone: a client that offers an upgrade to HTTP/2, as Java's does, is answered without.
        config.jetty.addConnector((server, http) -> {
            ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
            connector.setHost(options.host());
            connector.setPort(options.port());
            connector.setIdleTimeout(BODY_TIME.toMillis());
            return connector;
        });
        config.routes.before(this::enter);
        config.routes.get("/health", context -> reply(context, 200, health()));
        config.routes.get("/metrics", this::metrics);
        config.routes.get("/v1/models", this::models);
        config.routes.get("/v1/models/{id}", this::modelOf);
        config.routes.post("/v1/chat/completions", context -> answer(context, this::chat));
        config.routes.post("/v1/completions", context -> answer(context, this::complete));
        config.routes.post("/score", context -> answer(context, this::score));
        config.routes.post("/v1/score", context -> answer(context, this::score));
        config.routes.exception(ApiException.class, (e, context) -> refuse(context, e));
        config.routes.exception(Exception.class, (e, context) -> refuse(context, ApiException.failed(e)));
        config.routes.error(404, this::notFound);
        config.routes.error(405, this::notFound);
        config.routes.after(context -> metrics.request(
                PATHS.contains(context.path()) ? context.path() : "other",
                context.res().getStatus()));
    }

    private void enter(Context context) {
        Optional<String> page = gate.page(context.req());
        page.ifPresent(origin -> {
            context.header("Access-Control-Allow-Origin", origin);
            context.header("Vary", "Origin");
        });
        if (context.method().equals(HandlerType.OPTIONS) && page.isPresent()) {
            // A browser asks first, without the key.
            context.header("Access-Control-Allow-Methods", "GET, POST");
            context.header("Access-Control-Allow-Headers", "Authorization, Content-Type");
            context.header("Access-Control-Max-Age", "600");
            context.status(204);
            context.skipRemainingHandlers();
            return;
        }
        if (!context.path().equals("/health")) {
            gate.checkKey(context.req());
        }
    }

    private ObjectNode health() {
        return Fields.JSON.createObjectNode().put("status", closing ? "closing" : "ok");
    }

    private void metrics(Context context) {
        context.contentType("text/plain; version=0.0.4; charset=utf-8");
        context.result(metrics.text(model.queue()).getBytes(StandardCharsets.UTF_8));
    }

    private void models(Context context) {
        ObjectNode body = Fields.JSON.createObjectNode().put("object", "list");
        body.putArray("data").add(card());
        reply(context, 200, body);
    }

    private void modelOf(Context context) {
        if (!context.pathParam("id").equals(model.name())) {
            throw ServedModel.unknown(context.pathParam("id"), model.name());
        }
        reply(context, 200, card());
    }

    private ObjectNode card() {
        return Fields.JSON
                .createObjectNode()
                .put("id", model.name())
                .put("object", "model")
                .put("created", created)
                .put("owned_by", "thurstone")
                .put("max_model_len", model.context());
    }

    /** What answers a request. */
    @FunctionalInterface
    private interface Endpoint {
        void answer(Context context, Fields fields, EventStream stream);
    }

    private void answer(Context context, Endpoint endpoint) throws IOException {
        open.incrementAndGet();
        EventStream stream = new EventStream(context.res());
        try {
            if (closing) {
                throw ApiException.closing();
            }
            endpoint.answer(context, Fields.of(body(context)), stream);
        } catch (ClientGone e) {
            metrics.gone();
            if (!stream.begun()) {
                context.res().setHeader("Connection", "close");
                context.status(CLIENT_GONE);
            }
        } catch (RuntimeException e) {
            ApiException told = api(e);
            if (!stream.begun()) {
                throw told;
            }
            try {
                stream.send(told.json());
            } catch (ClientGone gone) {
                metrics.gone();
            }
        } finally {
            open.decrementAndGet();
        }
    }

    private static ApiException api(RuntimeException e) {
        return switch (e) {
            case ApiException known -> known;
            case CompletionException wrapped when wrapped.getCause() instanceof ApiException known -> known;
            case CompletionException wrapped when wrapped.getCause() != null -> ApiException.failed(wrapped.getCause());
            default -> ApiException.failed(e);
        };
    }

    private byte[] body(Context context) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER];
        long begin = System.nanoTime();
        InputStream in = context.req().getInputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            body.write(buffer, 0, read);
            if (body.size() > options.longestBody()) {
                context.res().setHeader("Connection", "close");
                throw new ApiException(
                        413,
                        "invalid_request_error",
                        "",
                        "body_too_large",
                        "the body is larger than " + options.longestBody() + " bytes");
            }
            if (System.nanoTime() - begin > BODY_TIME.toNanos()) {
                context.res().setHeader("Connection", "close");
                throw new ApiException(408, "invalid_request_error", "", "timeout", "the body took too long to arrive");
            }
        }
        return body.toByteArray();
    }

    private void chat(Context context, Fields fields, EventStream stream) {
        ChatRequest request = ChatRequest.read(fields, model);
        metrics.prompt(request.prompt().length);
        ConnectionWatch watch = ConnectionWatch.of(context.req());
        ChatReply reply = new ChatReply(model, request, now());
        try (Answers answers = new Answers(
                model, List.of(request.prompt()), request.sampling(), request.top(), watch, options.longestRequest())) {
            if (request.stream().stream()) {
                reply.stream(answers, stream);
            } else {
                finish(context, watch, reply.whole(answers));
            }
        }
    }

    private void complete(Context context, Fields fields, EventStream stream) {
        CompletionRequest request = CompletionRequest.read(fields, model);
        List<int[]> prompts =
                request.prompts().stream().map(CompletionRequest.Given::tokens).toList();
        prompts.forEach(prompt -> metrics.prompt(prompt.length));
        ConnectionWatch watch = ConnectionWatch.of(context.req());
        CompletionReply reply = new CompletionReply(model, request, now());
        int top = request.logProbs().orElse(0);
        List<List<SampledToken>> scores = new ArrayList<>();
        if (request.scoresPrompts()) {
            for (int[] prompt : prompts) {
                scores.add(model.scorer().prompt(prompt, top));
                if (watch.gone()) {
                    throw new ClientGone();
                }
            }
        }
        if (request.maxTokens() == 0) {
            send(context, request, reply, Optional.empty(), scores, stream, watch);
            return;
        }
        try (Answers answers = new Answers(model, prompts, request.sampling(), top, watch, options.longestRequest())) {
            send(context, request, reply, Optional.of(answers), scores, stream, watch);
        }
    }

    private static void send(
            Context context,
            CompletionRequest request,
            CompletionReply reply,
            Optional<Answers> answers,
            List<List<SampledToken>> scores,
            EventStream stream,
            ConnectionWatch watch) {
        if (request.stream().stream()) {
            reply.stream(answers, scores, stream);
        } else {
            finish(context, watch, reply.whole(answers, scores));
        }
    }

    private void score(Context context, Fields fields, EventStream stream) {
        ScoreRequest request = ScoreRequest.read(fields, model);
        request.trees().forEach(tree -> metrics.prompt(tree.size()));
        reply(context, 200, request.reply(model, now()));
    }

    private static void finish(Context context, ConnectionWatch watch, ObjectNode body) {
        if (watch.mustClose()) {
            context.res().setHeader("Connection", "close");
        }
        reply(context, 200, body);
    }

    private static long now() {
        return System.currentTimeMillis() / 1_000;
    }

    private static void reply(Context context, int status, ObjectNode body) {
        context.status(status);
        context.contentType("application/json; charset=utf-8");
        context.result(Fields.JSON.writeValueAsBytes(body));
    }

    private static void refuse(Context context, ApiException e) {
        if (e.status() == 429) {
            context.header("Retry-After", "1");
        }
        if (e.status() == 401) {
            context.header("WWW-Authenticate", "Bearer");
        }
        reply(context, e.status(), e.json());
    }

    private void notFound(Context context) {
        String body = Optional.ofNullable(context.result()).orElse("");
        if (body.startsWith("{\"error\"")) {
            return;
        }
        String known = String.join(", ", PATHS.stream().sorted().toList());
        int status = context.res().getStatus();
        refuse(
                context,
                new ApiException(
                        status,
                        "invalid_request_error",
                        "",
                        "not_found",
                        "there is no " + context.method() + " " + brief(context.path()) + " here: the paths are "
                                + known));
    }

    private static String brief(String path) {
        return path.length() <= 100 ? path : path.substring(0, 100) + "…";
    }

    /** Ends all requests with an error, and stops listening. */
    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        model.queue().close();
        long begin = System.nanoTime();
        while (open.get() > 0
                && System.nanoTime() - begin < Duration.ofMillis(GRACE_MILLIS).toNanos()) {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        web.stop();
        model.close();
    }
}
