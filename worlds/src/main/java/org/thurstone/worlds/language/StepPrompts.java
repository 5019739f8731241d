package org.thurstone.worlds.language;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.data.Comparison;
import org.thurstone.data.Completion;
import org.thurstone.data.Contrast;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Example;
import org.thurstone.data.Prompt;
import org.thurstone.data.Ranking;
import org.thurstone.data.Rating;
import org.thurstone.data.UserError;
import org.thurstone.data.format.Examples;
import org.thurstone.data.format.ReadOptions;
import org.thurstone.loop.Progress;
import org.thurstone.model.TokenTree;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.model.text.Encoded;
import org.thurstone.train.online.EncodedPrompt;
import org.thurstone.worlds.language.task.Task;

/** The prompts of an online run: fresh prompts of its task, or prompts of a file with their completions. */
final class StepPrompts {

    /** StepPrompts and the prompts that they are, by the questions' ids. */
    record Batch(List<EncodedPrompt> questions, Map<String, Prompt> prompts) {}

    /** A prompt and completions of it, the best first. */
    private record Row(Prompt prompt, List<Completion> given) {}

    private final Task task;
    private final List<Row> rows;

    /**
     * @param data a file whose prompts are asked in the place of the task's
     * @param progress is told what of the file was not read
     */
    StepPrompts(Task task, Optional<Path> data, Progress progress) {
        this.task = task;
        this.rows = data.map(file -> rows(file, progress)).orElse(List.of());
    }

    private static List<Row> rows(Path file, Progress progress) {
        List<Row> rows = Examples.readAll(file, ReadOptions.DEFAULT, progress::say).stream()
                .map(StepPrompts::row)
                .toList();
        if (rows.isEmpty()) {
            throw new UserError(file + " has no rows to ask about");
        }
        return rows;
    }

    private static Row row(Example example) {
        return switch (example) {
            case Comparison c ->
                new Row(
                        c.chosenPrompt(),
                        c.particulars().rightPrompt().isEmpty()
                                ? List.of(c.chosen(), c.rejected())
                                : List.of(c.chosen()));
            case Contrast c -> new Row(c.prompt(), List.of(c.completions().getFirst()));
            case Demonstration d -> new Row(d.prompt(), List.of(d.completion()));
            case Rating r -> new Row(r.prompt(), List.of(r.completion()));
            case Ranking r -> new Row(r.prompt(), best(r));
        };
    }

    private static List<Completion> best(Ranking ranking) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < ranking.completions().size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparing(i -> ranking.places().get(i)));
        return order.stream().map(ranking.completions()::get).toList();
    }

    /**
     * Prompts for a step. Of a file, rows at random, each at most once; prompts that leave no room for an answer are left out.
     *
     * @param used how many prompts the steps before have asked for
     * @param start where the run started, for tasks whose prompts are its own words
     */
    Batch draw(long used, int count, LanguageModel model, LanguageModel start, SplittableGenerator random) {
        List<Row> chosen = new ArrayList<>();
        if (rows.isEmpty()) {
            SplittableGenerator demonstrating = random.split();
            for (Prompt prompt : task.prompts(used, count, start, random)) {
                chosen.add(new Row(
                        prompt,
                        task.demonstration(prompt, demonstrating).stream().toList()));
            }
        } else {
            List<Row> order = new ArrayList<>(rows);
            Collections.shuffle(order, random);
            chosen.addAll(order.subList(0, Math.min(count, order.size())));
        }
        List<EncodedPrompt> questions = new ArrayList<>();
        Map<String, Prompt> prompts = new LinkedHashMap<>();
        for (Row row : chosen) {
            // Several rows of a file may have one prompt, and one id.
            String id =
                    prompts.containsKey(row.prompt.id()) ? row.prompt.id() + " #" + questions.size() : row.prompt.id();
            int[] tokens = model.encoding().prompt(row.prompt);
            if (tokens.length > 0 && tokens.length < model.policy().context()) {
                questions.add(given(row, model, EncodedPrompt.of(id, tokens)));
                prompts.put(id, row.prompt);
            }
        }
        if (questions.isEmpty()) {
            throw new UserError("none of the " + chosen.size() + " prompts of a step leaves room for an answer in "
                    + model.policy().context() + " tokens");
        }
        return new Batch(questions, prompts);
    }

    /** With its completions, unless they are not the model's own words throughout, or do not fit. */
    private static EncodedPrompt given(Row row, LanguageModel model, EncodedPrompt question) {
        if (row.given.isEmpty() || !(model.encoding().encode(row.prompt, row.given) instanceof Encoded.Included kept)) {
            return question;
        }
        TokenTree tree = kept.tree();
        EncodedPrompt with = question;
        int[] leaves = tree.leaves();
        for (int i = 0; i < leaves.length; i++) {
            TokenTree.Segment s = tree.segments().get(leaves[i]);
            BitSet scored = s.scored();
            if (scored.cardinality() != scored.length()) {
                return question;
            }
            with = with.with(row.given.get(i).text().plain(), Arrays.copyOf(s.tokens(), scored.length()));
        }
        return with;
    }
}
