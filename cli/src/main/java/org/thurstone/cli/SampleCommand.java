package org.thurstone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.data.Completion;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Prompt;
import org.thurstone.data.Provenance;
import org.thurstone.data.Text;
import org.thurstone.data.format.ExampleWriter;
import org.thurstone.data.format.Prompts;
import org.thurstone.data.format.ReadOptions;
import org.thurstone.data.format.Row;
import org.thurstone.data.format.RowReader;
import org.thurstone.loop.run.Seeds;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.model.sample.Generation;
import org.thurstone.model.sample.Generations;
import org.thurstone.model.sample.Listener;
import org.thurstone.model.sample.Sampler;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code thurstone sample}: answers of a model, a row each. */
@Command(
        name = "sample",
        description = {
            "Let a model answer prompts. Each answer is a row of --out, in Thurstone's own form (a demonstration), with its",
            "log-probability, sum_log_prob, and why it ended, finish: eos, stop or length; empty answers are left out. Without --out, answers are printed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone sample --policy models/mine --prompts prompts.jsonl --n 8 --temperature 0.8 --out completions.jsonl",
            "  thurstone sample --policy models/mine --prompt \"Once upon a time\" --max-tokens 40"
        })
final class SampleCommand implements Callable<Integer> {

    /** Prompts read and answered together: enough to keep all slots busy, few enough to be no burden. */
    private static final int CHUNK = 256;

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @ArgGroup(multiplicity = "1")
    private Asked asked = new Asked();

    /** What is asked: a file or a text. */
    static final class Asked {
        @Option(
                names = "--prompts",
                paramLabel = "FILE",
                description = "Rows with prompt or messages; files of examples will do as well, for their prompts.")
        private Optional<Path> file = Optional.empty();

        @Option(names = "--prompt", paramLabel = "TEXT", description = "One prompt, raw text.")
        private Optional<String> text = Optional.empty();
    }

    @Option(names = "--n", defaultValue = "1", description = "Answers to each prompt (default: ${DEFAULT-VALUE}).")
    private int n = 1;

    @Mixin
    private final SamplingOptions sampling = new SamplingOptions();

    @Option(names = "--seed", defaultValue = "0", description = "Of all that is drawn (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--slots",
            defaultValue = "32",
            description = "Answers at a time; more are faster and take more memory (default: ${DEFAULT-VALUE}).")
    private int slots = 32;

    @Option(names = "--out", paramLabel = "FILE", description = "A .jsonl or .jsonl.gz file.")
    private Optional<Path> out = Optional.empty();

    @Mixin
    private final Json json = new Json();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    /** An answer for machines. */
    record Answer(String prompt_id, String completion, String finish, int tokens, double sum_log_prob) {}

    /** The document for machines; the answers are in it where there is no file. */
    record Document(
            long prompts, long answers, long empty, long tokens, double tokens_per_second, List<Answer> completions) {}

    private long prompts;
    private long answers;
    private long empty;
    private long tokens;
    private double seconds;

    @Override
    public Integer call() {
        if (n < 1 || slots < 1) {
            throw new ParameterException(spec.commandLine(), "--n and --slots have to be at least 1");
        }
        if (asked.file.isEmpty() && asked.text.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Say what is asked: --prompts=FILE or --prompt=TEXT");
        }
        List<Answer> printed = new ArrayList<>();
        if (out.isPresent()) {
            try (ExampleWriter writer = ExampleWriter.lossless(out.get())) {
                each((demonstration, g) -> {
                    if (!g.text().isBlank()) { // a row without a completion is one that readers refuse
                        writer.write(demonstration, more(g));
                    }
                });
                writer.commit();
            }
        } else if (json.wanted()) {
            each((demonstration, g) -> printed.add(answer(demonstration, g)));
        } else {
            each((demonstration, g) -> print(g));
        }
        PrintWriter err = spec.commandLine().getErr();
        if (empty > 0 && out.isPresent()) {
            err.printf("%d of the answers are empty, and were left out%n", empty);
        }
        if (json.wanted()) {
            json.print(new Document(prompts, answers, empty, tokens, tokens / seconds, printed));
        } else {
            err.printf(
                    Locale.ROOT,
                    "%,d prompts, %,d answers, %,d tokens; %.1f s, %,.0f tokens/s%n",
                    prompts,
                    answers,
                    tokens,
                    seconds,
                    tokens / seconds);
        }
        return CommandLine.ExitCode.OK;
    }

    private interface Taker {
        void take(Demonstration answered, Generation generation);
    }

    private void each(Taker taker) {
        try (LanguageModel loaded = model.model()) {
            SplittableGenerator random = new Seeds(seed).of("sample");
            Sampler sampler = loaded.sampler(sampling.sampling(), slots);
            Provenance provenance = new Provenance(
                    "", String.valueOf(model.directory().toAbsolutePath().getFileName()), 1);
            chunks(chunk -> {
                List<int[]> questions =
                        chunk.stream().map(loaded.encoding()::prompt).toList();
                long begin = System.nanoTime();
                List<Generations> given = sampler.sample(questions, n, random, new Told());
                seconds += (System.nanoTime() - begin) * 1e-9;
                for (Generations to : given) {
                    Prompt prompt = chunk.get(to.prompt());
                    prompts++;
                    for (Generation g : to.generations()) {
                        answers++;
                        tokens += g.tokens().length;
                        empty += g.text().isBlank() ? 1 : 0;
                        taker.take(new Demonstration(prompt, completion(prompt, g), provenance), g);
                    }
                }
            });
        }
    }

    private void chunks(Consumer<List<Prompt>> take) {
        if (asked.file.isEmpty()) {
            take.accept(List.of(new Prompt("prompt", Text.raw(asked.text.orElse("")))));
            return;
        }
        try (RowReader<Prompt> rows = Prompts.read(asked.file.get(), ReadOptions.DEFAULT)) {
            Iterator<Prompt> each = rows.stream().map(Row::value).iterator();
            List<Prompt> chunk = new ArrayList<>();
            while (each.hasNext()) {
                chunk.add(each.next());
                if (chunk.size() == CHUNK || !each.hasNext()) {
                    take.accept(List.copyOf(chunk));
                    chunk.clear();
                }
            }
            if (rows.dropped().count() > 0) {
                spec.commandLine()
                        .getErr()
                        .println("bad rows were passed over:\n" + rows.dropped().toText());
            }
        }
    }

    private static Completion completion(Prompt prompt, Generation g) {
        Text text = prompt.text() instanceof Text.Chat ? Text.answer(g.text()) : Text.raw(g.text());
        return new Completion(text, g.finish() != Generation.Finish.LENGTH);
    }

    private static Map<String, Object> more(Generation g) {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("sum_log_prob", g.sumLogProb());
        more.put("finish", finish(g));
        more.put("tokens", g.tokens().length);
        return more;
    }

    private static String finish(Generation g) {
        return g.finish().name().toLowerCase(Locale.ROOT);
    }

    private static Answer answer(Demonstration d, Generation g) {
        return new Answer(d.prompt().id(), g.text(), finish(g), g.tokens().length, g.sumLogProb());
    }

    private void print(Generation g) {
        PrintWriter to = spec.commandLine().getOut();
        to.println(g.text().strip());
        to.printf(
                Locale.ROOT,
                "  [%s, %d tokens, log-probability %.2f]%n%n",
                finish(g),
                g.tokens().length,
                g.sumLogProb());
    }

    /** What is said on the way. */
    private final class Told implements Listener {
        private final ConsoleProgress progress =
                ConsoleProgress.of(spec.commandLine().getErr());
        private final long before = prompts;

        @Override
        public void progress(Listener.Progress p) {
            progress.step(
                    "sampling",
                    p.answers(),
                    p.of(),
                    (before > 0 ? "after " + before + " prompts, " : "") + p.tokens() + " tokens");
            if (p.answers() == p.of()) {
                progress.clear();
            }
        }

        @Override
        public void warn(String message) {
            progress.say("warning: " + message);
        }
    }
}
