package org.thurstone.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.thurstone.data.InputFile;
import org.thurstone.data.UserError;
import org.thurstone.loop.run.Seeds;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.model.hub.ModelDirectory;
import org.thurstone.serve.ModelServer;
import org.thurstone.serve.ServerOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code thurstone serve}: answers OpenAI's API with a model. */
@Command(
        name = "serve",
        description = {
            "Serve a model over HTTP, with OpenAI's API.",
            "Paths: /v1/chat/completions, /v1/completions, /v1/models, /score, /health and /metrics. Requests are sampled"
                    + " together with one another; an answer depends on its prompt, its settings and its seed. The line"
                    + " 'listening on http://…' says when the server is ready. Ctrl-C or SIGTERM ends it.",
            "Without a key, the server listens on this machine only. The key is the first line of --api-key-file, or the"
                    + " environment variable THURSTONE_API_KEY."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone serve --model models/mine",
            "  thurstone serve --model smollm2.gguf --port 0 --batch-size 32",
            "  thurstone serve --model models/mine --host 0.0.0.0 --api-key-file key.txt"
        })
final class ServeCommand implements Callable<Integer> {

    private static final String KEY = "THURSTONE_API_KEY";

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the model for clients (default: the name of the file or directory).")
    private Optional<String> name = Optional.empty();

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private String host = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8000",
            description = "Port to listen on; 0 for any that is free (default: ${DEFAULT-VALUE}).")
    private int port = 8000;

    @Option(
            names = "--api-key-file",
            paramLabel = "FILE",
            description = "File whose first line is the key that clients must send.")
    private Optional<Path> keyFile = Optional.empty();

    @Option(
            names = "--origin",
            paramLabel = "URL",
            description = "Origin of web pages that may call the server, such as https://example.org; repeatable.")
    private List<String> origins = List.of();

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "16",
            description = "Completions to sample in parallel; more are faster but need more memory (default:"
                    + " ${DEFAULT-VALUE}).")
    private int slots = 16;

    @Option(
            names = "--queue",
            paramLabel = "N",
            defaultValue = "256",
            description = "Completions that may wait; further requests are refused with status 429 (default:"
                    + " ${DEFAULT-VALUE}).")
    private int queue = 256;

    @Option(
            names = "--max-body",
            paramLabel = "BYTES",
            defaultValue = "16777216",
            description = "Maximum size of a request (default: ${DEFAULT-VALUE}).")
    private long longestBody = 1L << 24;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "Maximum time for a request (default: ${DEFAULT-VALUE}).")
    private long timeout = 600;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        ServerOptions options = Failures.usage(
                spec.commandLine(),
                () -> new ServerOptions(
                        host, port, key(), origins, slots, queue, longestBody, Duration.ofSeconds(timeout)));
        ModelDirectory directory = model.directory();
        PrintWriter err = spec.commandLine().getErr();
        try (LanguageModel opened = directory.model()) {
            String shown = name.orElseGet(directory::name);
            if (opened.template().isEmpty()) {
                err.println("the model has no chat template: turns open with 'Human:' and 'Assistant:'");
            }
            try (ModelServer server = new ModelServer(
                            opened, shown, seed -> new Seeds(seed).of("sample"), options, Clock.systemUTC());
                    Interruption ends = Interruption.ends(ConsoleProgress.of(err), err, server::close)) {
                err.println("model " + shown + ", context of " + opened.policy().context() + " tokens, "
                        + (options.key().isPresent() ? "key required" : "no key"));
                err.flush();
                PrintWriter out = spec.commandLine().getOut();
                out.println("listening on " + server.address());
                out.flush();
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private Optional<String> key() {
        if (keyFile.isEmpty()) {
            return Optional.ofNullable(System.getenv(KEY)).filter(key -> !key.isBlank());
        }
        Path file = keyFile.get();
        try {
            return Optional.of(InputFile.text(file)
                    .lines()
                    .map(String::strip)
                    .findFirst()
                    .filter(key -> !key.isEmpty())
                    .orElseThrow(() -> new UserError("the first line of " + file + " is empty: it should be the key")));
        } catch (IOException e) {
            throw UserError.reading(file, e);
        }
    }
}
