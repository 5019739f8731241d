package org.thurstone.worlds.language.sampling;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.data.Fingerprint;
import org.thurstone.data.Prompt;
import org.thurstone.data.Provenance;
import org.thurstone.data.RowsInParts;
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
import org.thurstone.model.text.Encoding;

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

    /** The source of prompts. */
    public sealed interface Source {
        /** Rows with prompt or messages; of examples, their prompts. Bad rows are skipped and reported as progress. */
        record PromptFile(Path path, ReadOptions reading) implements Source {}

        /** One prompt, raw text. */
        record RawText(String text) implements Source {}

        /**
         * Prompts that the caller has read. Raw text is a turn of the user where the model has a chat template.
         *
         * @param part prompts that are sampled together, at least 1; a killed process keeps finished parts
         */
        record GivenPrompts(List<Prompt> prompts, int part) implements Source {
            public GivenPrompts {
                prompts = List.copyOf(prompts);
                if (part < 1) {
                    throw new IllegalArgumentException("a part has at least 1 prompt, not " + part);
                }
            }
        }
    }

    /**
     * The totals of sampling.
     *
     * @param empty completions without any text
     * @param tokens over all completions
     * @param seconds spent sampling
     */
    public record Totals(long prompts, long completions, long empty, long tokens, double seconds) {

        static final Totals NONE = new Totals(0, 0, 0, 0, 0);

        public double tokensPerSecond() {
            return tokens == 0 ? 0 : tokens / seconds;
        }

        static Totals of(List<Generations> sampled, double took) {
            List<Generation> all =
                    sampled.stream().flatMap(g -> g.generations().stream()).toList();
            return new Totals(
                    sampled.size(),
                    all.size(),
                    all.stream().filter(g -> g.text().isEmpty()).count(),
                    all.stream().mapToLong(g -> g.tokens().length).sum(),
                    took);
        }

        Totals plus(Totals other) {
            return new Totals(
                    prompts + other.prompts,
                    completions + other.completions,
                    empty + other.empty,
                    tokens + other.tokens,
                    seconds + other.seconds);
        }
    }

    /**
     * Samples for all prompts.
     *
     * @param taken is given the completions in the order of the prompts
     * @throws org.thurstone.data.UserError if the model or the prompts cannot be read
     */
    public Totals run(Source source, Progress progress, Consumer<SampledCompletion> taken) {
        return run(source, progress, Parts.passedTo((completions, totals) -> completions.forEach(taken)));
    }

    private Totals run(Source source, Progress progress, Parts<SampledCompletion, Totals> parts) {
        Totals[] totals = {Totals.NONE};
        int[] part = {0};
        try (LanguageModel model = directory.model()) {
            SplittableGenerator random = new Seeds(seed).of("sample");
            Sampler sampler = model.sampler(sampling, slots);
            Provenance provenance = new Provenance("", directory.name(), 1);
            Encoding encoding = encoding(source, model);
            chunks(source, CHUNK, progress, chunk -> {
                Optional<Totals> finished = parts.finished(part[0]++);
                if (finished.isPresent()) {
                    totals[0] = totals[0].plus(finished.get());
                    // What its completions drew from is passed over.
                    for (int i = 0; i < chunk.size() * perPrompt; i++) {
                        random.split();
                    }
                    return;
                }
                List<int[]> prompts = chunk.stream().map(encoding::prompt).toList();
                long begin = System.nanoTime();
                List<Generations> sampled =
                        sampler.sample(prompts, perPrompt, random, listener(progress, totals[0].prompts()));
                Totals these = Totals.of(sampled, (System.nanoTime() - begin) * 1e-9);
                totals[0] = totals[0].plus(these);
                parts.take(
                        sampled.stream()
                                .flatMap(each -> each.generations().stream()
                                        .map(g -> SampledCompletion.of(chunk.get(each.prompt()), g, provenance)))
                                .toList(),
                        these);
            });
        }
        return totals[0];
    }

    private static Encoding encoding(Source source, LanguageModel model) {
        boolean turns =
                source instanceof Source.GivenPrompts && model.template().isPresent();
        return model.encoding(Encoding.Options.of(model.policy().context()).withTextAsTurns(turns));
    }

    /**
     * Samples into a file in Thurstone's own form; empty completions are left out, because readers refuse such rows. Where an earlier process was
     * stopped that wrote the same file, its finished parts are taken over.
     *
     * @param out {@code .jsonl} or {@code .jsonl.gz}; it is complete or not there
     */
    public Totals write(Source source, Progress progress, Path out) {
        try (RowsInParts rows = RowsInParts.open(ExampleWriter.checked(out), decides(source))) {
            Unfinished.say(rows, out, progress);
            Totals totals = run(
                    source,
                    progress,
                    // Readers refuse rows without text.
                    Parts.writtenTo(
                            rows,
                            Totals.class,
                            completion -> completion.isEmpty()
                                    ? ""
                                    : ExampleWriter.line(completion.demonstration(), completion.columns())));
            rows.commit();
            return totals;
        }
    }

    /** All that decides which rows are written. */
    private SequencedMap<String, String> decides(Source source) {
        SequencedMap<String, String> all = Unfinished.of("sample", directory);
        all.put(
                "prompts",
                switch (source) {
                    case Source.RawText(String text) -> Fingerprint.ofText(text).sha256();
                    case Source.PromptFile(Path path, ReadOptions reading) ->
                        Fingerprint.of(path).sha256() + " " + reading;
                    case Source.GivenPrompts(List<Prompt> prompts, int part) ->
                        Fingerprint.ofText(prompts.toString()).sha256() + " in parts of " + part;
                });
        all.put("sampling", sampling.toString());
        all.put("completions per prompt", Integer.toString(perPrompt));
        all.put("slots", Integer.toString(slots));
        all.put("seed", Long.toString(seed));
        return all;
    }

    /**
     * Reads prompts.
     *
     * @param size prompts at a time
     */
    static void chunks(Source source, int size, Progress progress, Consumer<List<Prompt>> take) {
        switch (source) {
            case Source.RawText(String text) -> take.accept(List.of(new Prompt("prompt", Text.raw(text))));
            case Source.GivenPrompts(List<Prompt> prompts, int part) -> {
                for (int from = 0; from < prompts.size(); from += part) {
                    take.accept(prompts.subList(from, Math.min(prompts.size(), from + part)));
                }
            }
            case Source.PromptFile(Path path, ReadOptions reading) -> {
                try (RowReader<Prompt> rows = Prompts.read(path, reading)) {
                    Iterator<Prompt> each = rows.stream().map(Row::value).iterator();
                    List<Prompt> chunk = new ArrayList<>();
                    while (each.hasNext()) {
                        chunk.add(each.next());
                        if (chunk.size() == size || !each.hasNext()) {
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
