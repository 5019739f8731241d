package org.thurstone.worlds.language.sampling;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.data.Prompt;
import org.thurstone.data.Provenance;
import org.thurstone.data.Text;
import org.thurstone.data.format.ExampleWriter;
import org.thurstone.data.format.Prompts;
import org.thurstone.data.format.ReadOptions;
import org.thurstone.data.format.Row;
import org.thurstone.data.format.RowReader;
import org.thurstone.loop.Progress;
import org.thurstone.loop.run.Seeds;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.model.hub.ModelDirectory;
import org.thurstone.model.sample.Generation;
import org.thurstone.model.sample.Generations;
import org.thurstone.model.sample.Listener;
import org.thurstone.model.sample.Sampler;
import org.thurstone.model.sample.Sampling;

/**
 * Samples completions of one model. The same seed gives the same completions.
 *
 * @param perPrompt completions per prompt, at least 1
 * @param slots completions at a time, at least 1; more are faster and take more memory
 */
public record SamplingJob(ModelDirectory directory, Sampling sampling, int perPrompt, int slots, long seed) {

    /** Prompts read and sampled together: enough to keep all slots busy, few enough to fit in memory. */
    private static final int CHUNK = 256;

    public SamplingJob {
        if (perPrompt < 1 || slots < 1) {
            throw new IllegalArgumentException("completions per prompt and slots are at least 1");
        }
    }

    /** Where prompts come from. */
    public sealed interface Source {
        /** Rows with prompt or messages; of examples, their prompts. Bad rows are skipped and reported as progress. */
        record PromptFile(Path path, ReadOptions reading) implements Source {}

        /** One prompt, raw text. */
        record RawText(String text) implements Source {}
    }

    /**
     * What was sampled.
     *
     * @param empty completions without any text
     * @param tokens over all completions
     * @param seconds spent sampling
     */
    public record Totals(long prompts, long completions, long empty, long tokens, double seconds) {

        static final Totals NONE = new Totals(0, 0, 0, 0, 0);

        public double tokensPerSecond() {
            return tokens / seconds;
        }

        Totals plus(List<Generations> sampled, double took) {
            List<Generation> all =
                    sampled.stream().flatMap(g -> g.generations().stream()).toList();
            return new Totals(
                    prompts + sampled.size(),
                    completions + all.size(),
                    empty + all.stream().filter(g -> g.text().isEmpty()).count(),
                    tokens + all.stream().mapToLong(g -> g.tokens().length).sum(),
                    seconds + took);
        }
    }

    /**
     * Samples for all prompts.
     *
     * @param taken is given the completions in the order of the prompts
     * @throws org.thurstone.data.UserError if the model or the prompts cannot be read
     */
    public Totals run(Source source, Progress progress, Consumer<SampledCompletion> taken) {
        Totals[] totals = {Totals.NONE};
        try (LanguageModel model = directory.model()) {
            SplittableGenerator random = new Seeds(seed).of("sample");
            Sampler sampler = model.sampler(sampling, slots);
            Provenance provenance = new Provenance("", directory.name(), 1);
            chunks(source, progress, chunk -> {
                List<int[]> prompts =
                        chunk.stream().map(model.encoding()::prompt).toList();
                long begin = System.nanoTime();
                List<Generations> sampled =
                        sampler.sample(prompts, perPrompt, random, listener(progress, totals[0].prompts()));
                totals[0] = totals[0].plus(sampled, (System.nanoTime() - begin) * 1e-9);
                for (Generations each : sampled) {
                    Prompt prompt = chunk.get(each.prompt());
                    each.generations().forEach(g -> taken.accept(SampledCompletion.of(prompt, g, provenance)));
                }
            });
        }
        return totals[0];
    }

    /**
     * Samples into a file in Thurstone's own form; empty completions are left out, because readers refuse such rows.
     *
     * @param out {@code .jsonl} or {@code .jsonl.gz}; it is complete or not there
     */
    public Totals write(Source source, Progress progress, Path out) {
        try (ExampleWriter writer = ExampleWriter.lossless(out)) {
            Totals totals = run(source, progress, completion -> {
                if (!completion.isEmpty()) {
                    writer.write(completion.demonstration(), completion.columns());
                }
            });
            writer.commit();
            return totals;
        }
    }

    private static void chunks(Source source, Progress progress, Consumer<List<Prompt>> take) {
        switch (source) {
            case Source.RawText(String text) -> take.accept(List.of(new Prompt("prompt", Text.raw(text))));
            case Source.PromptFile(Path path, ReadOptions reading) -> {
                try (RowReader<Prompt> rows = Prompts.read(path, reading)) {
                    Iterator<Prompt> each = rows.stream().map(Row::value).iterator();
                    List<Prompt> chunk = new ArrayList<>();
                    while (each.hasNext()) {
                        chunk.add(each.next());
                        if (chunk.size() == CHUNK || !each.hasNext()) {
                            take.accept(List.copyOf(chunk));
                            chunk.clear();
                        }
                    }
                    rows.notices().forEach(progress::say);
                }
            }
        }
    }

    private static Listener listener(Progress progress, long before) {
        return new Listener() {
            @Override
            public void progress(Listener.Progress p) {
                progress.step(
                        "sampling",
                        p.answers(),
                        p.of(),
                        (before > 0 ? "after " + before + " prompts, " : "") + p.tokens() + " tokens");
            }

            @Override
            public void warn(String message) {
                progress.say("warning: " + message);
            }
        };
    }
}
