package org.thurstone.worlds.language.sampling;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.thurstone.data.Count;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Prompt;
import org.thurstone.data.Provenance;
import org.thurstone.data.format.ExampleWriter;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Cost;
import org.thurstone.elicit.Inquiry;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Ledger;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.ledger.FileLedger;
import org.thurstone.elicit.ledger.MemoryLedger;
import org.thurstone.endpoint.Chat;
import org.thurstone.endpoint.ChatRespondent;
import org.thurstone.loop.Progress;

/**
 * Has a model behind an endpoint write completions. Each call and its answer is in a ledger next to the output, so a process that was stopped asks for no
 * completion again that it has received.
 *
 * @param perPrompt completions per prompt, at least 1
 */
public record EndpointSampling(Chat chat, int perPrompt) {

    /** Prompts that are read and asked together. */
    private static final int CHUNK = 64;

    public EndpointSampling {
        if (perPrompt < 1) {
            throw new IllegalArgumentException("completions per prompt are at least 1");
        }
    }

    /**
     * The totals of sampling, those of earlier processes included.
     *
     * @param empty completions without any text
     * @param missing completions that there are none of, by the reason
     * @param calls attempts, failed ones included
     * @param models completions by the model that wrote them
     * @param seconds of this process
     */
    public record Totals(
            long prompts,
            long completions,
            long empty,
            Map<String, Long> missing,
            long calls,
            Cost cost,
            Map<String, Long> models,
            double seconds) {}

    /**
     * What a dry run says.
     *
     * @param calls without failed attempts
     * @param most of the calls: a token per four characters of a prompt, and completions of the maximum length
     */
    public record Estimate(long prompts, long calls, Cost most) {}

    /** Counts calls and tokens, and sends nothing. */
    public Estimate dryRun(SamplingJob.Source source, Progress progress) {
        ChatRespondent who = chat.respondent(progress::say);
        long[] prompts = {0};
        Cost[] sum = {Cost.NONE};
        SamplingJob.chunks(source, CHUNK, progress, chunk -> {
            for (Prompt prompt : chunk) {
                prompts[0]++;
                Cost one = who.estimate(Question.write(prompt, "0"));
                for (int i = 0; i < perPrompt; i++) {
                    sum[0] = sum[0].plus(one);
                }
            }
        });
        return new Estimate(prompts[0], prompts[0] * perPrompt, sum[0]);
    }

    /**
     * Samples for all prompts; nothing is kept.
     *
     * @param taken is given the completions in the order of the prompts
     */
    public Totals run(
            SamplingJob.Source source, Progress progress, java.util.function.Consumer<SampledCompletion> taken) {
        return run(source, progress, new MemoryLedger(), (completion, more) -> taken.accept(completion));
    }

    /** The directory with the calls that were made for an output. */
    public static Path calls(Path output) {
        return output.resolveSibling(output.getFileName() + ".calls");
    }

    /**
     * Samples into a file in Thurstone's own form, with the columns {@code finish}, {@code tokens} and {@code answered_by}; empty completions are left out,
     * because readers refuse such rows.
     *
     * @param out {@code .jsonl} or {@code .jsonl.gz}; it is complete or not there
     */
    public Totals write(SamplingJob.Source source, Progress progress, Path out) {
        try (ExampleWriter writer = ExampleWriter.lossless(out);
                FileLedger ledger = FileLedger.open(calls(out), "sample")) {
            Totals totals = run(source, progress, ledger, (completion, more) -> {
                if (!completion.isEmpty()) {
                    writer.write(completion.demonstration(), more);
                }
            });
            writer.commit();
            return totals;
        }
    }

    private Totals run(
            SamplingJob.Source source,
            Progress progress,
            Ledger ledger,
            BiConsumer<SampledCompletion, Map<String, Object>> taken) {
        ChatRespondent who = chat.respondent(progress::say);
        Inquiry inquiry = new Inquiry(
                ledger,
                name -> new SplittableRandom(name.hashCode()), // of pauses between attempts alone
                Inquiry.Tolerance.DEFAULT,
                line -> progress.say("warning: " + line));
        long begin = System.nanoTime();
        long[] prompts = {0};
        long[] empty = {0};
        long[] written = {0};
        Map<String, Long> missing = new TreeMap<>();
        Map<String, Long> models = new TreeMap<>();
        SamplingJob.chunks(source, CHUNK, progress, chunk -> {
            List<Question> questions = new ArrayList<>();
            for (Prompt prompt : chunk) {
                for (int i = 0; i < perPrompt; i++) {
                    questions.add(Question.write(prompt, Integer.toString(i)));
                }
            }
            Map<Question, Answer> answers = inquiry.ask(who, questions);
            for (Question question : questions) {
                Answer answer = answers.get(question);
                if (answer != null && answer.judgement() instanceof Judgement.Written w) {
                    SampledCompletion completion = completion(question, w, answer);
                    written[0]++;
                    empty[0] += completion.isEmpty() ? 1 : 0;
                    models.merge(answer.by().annotator(), 1L, Long::sum);
                    Map<String, Object> more = new LinkedHashMap<>(completion.columns());
                    more.put("answered_by", answer.by().annotator());
                    taken.accept(completion, more);
                } else {
                    missing.merge(reason(inquiry, who, question), 1L, Long::sum);
                }
            }
            prompts[0] += chunk.size();
            progress.say(Count.of(prompts[0], "prompt") + " done");
        });
        Ledger.Tally tally = ledger.tallies().getOrDefault(who.identity().key(), Ledger.Tally.NONE);
        return new Totals(
                prompts[0],
                written[0],
                empty[0],
                missing,
                tally.attempts(),
                tally.cost(),
                models,
                (System.nanoTime() - begin) * 1e-9);
    }

    private SampledCompletion completion(Question question, Judgement.Written written, Answer answer) {
        return new SampledCompletion(
                new Demonstration(question.prompt(), written.completion(), new Provenance("", chat.title(), 1)),
                written.completion().text().plain(),
                written.completion().finished() ? "stop" : "length",
                Math.toIntExact(answer.cost().outputTokens()),
                Double.NaN);
    }

    private static String reason(Inquiry inquiry, ChatRespondent who, Question question) {
        return inquiry.find(who, question)
                .map(Answer::judgement)
                .map(j -> j instanceof Judgement.Abstained(String reason) ? reason : "no answer")
                .orElse("no answer");
    }
}
