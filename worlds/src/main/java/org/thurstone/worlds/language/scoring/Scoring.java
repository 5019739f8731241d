package org.thurstone.worlds.language.scoring;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.thurstone.data.Fingerprint;
import org.thurstone.data.RowsInParts;
import org.thurstone.data.UserError;
import org.thurstone.data.container.Containers;
import org.thurstone.data.container.Json;
import org.thurstone.data.container.RawRow;
import org.thurstone.data.container.RowSource;
import org.thurstone.loop.Progress;
import org.thurstone.model.Policy;
import org.thurstone.model.TokenTree;
import org.thurstone.model.hub.ModelDirectory;
import org.thurstone.model.text.Encoding;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Workers;
import org.thurstone.worlds.language.sampling.Parts;
import org.thurstone.worlds.language.sampling.Unfinished;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Scores the rows of a file, whatever its size. */
public final class Scoring {

    /** Rows that are sorted by length together, which is also how many are in memory. */
    private static final int WINDOW = 1024;

    /** Tokens of one forward pass, unless one row alone has more. */
    private static final int TOKENS = 8192;

    private final Policy policy;
    private final RowTrees trees;

    /**
     * @param encoding asked for only where a row holds text; it should drop what does not fit and not cut it
     */
    public Scoring(Policy policy, Supplier<Encoding> encoding) {
        this(policy, encoding, Map.of());
    }

    private Scoring(Policy policy, Supplier<Encoding> encoding, Map<String, String> columns) {
        this.policy = policy;
        this.trees = new RowTrees(encoding, columns);
    }

    /**
     * The totals of scoring.
     *
     * @param tokens whose log-probability was asked for
     * @param sumLogProb over all of them, in nats
     */
    public record Total(long rows, long tokens, double sumLogProb) {
        Total plus(Total other) {
            return new Total(rows + other.rows, tokens + other.tokens, sumLogProb + other.sumLogProb);
        }
    }

    /**
     * Scores a file with a model that is opened for it; the tokenizer only where a row holds text.
     *
     * @param out takes the rows in their order, with their scores
     * @throws UserError at the first row that cannot be scored, naming file and line
     */
    public static Total of(Path file, ModelDirectory directory, Consumer<ObjectNode> out) {
        return of(file, Map.of(), directory, out);
    }

    /**
     * The same where columns have other names.
     *
     * @param columns the column in the file by the name that formats know
     */
    public static Total of(Path file, Map<String, String> columns, ModelDirectory directory, Consumer<ObjectNode> out) {
        try (Policy policy = directory.policy()) {
            return of(directory, policy, columns).score(file, out, total -> {});
        }
    }

    /**
     * The same into a file. Where an earlier process was stopped that wrote the same file, its finished parts are taken over.
     *
     * @param out compressed if the name ends in {@code .gz}; it is complete or not there
     */
    public static Total write(
            Path file, Map<String, String> columns, ModelDirectory directory, Path out, Progress progress) {
        SequencedMap<String, String> decides = Unfinished.of("score", directory);
        decides.put("rows", Fingerprint.of(file).sha256());
        decides.put("columns", new TreeMap<>(columns).toString());
        try (RowsInParts rows = RowsInParts.open(out, decides);
                Policy policy = directory.policy()) {
            Unfinished.say(rows, out, progress);
            Total total = of(directory, policy, columns).score(file, Parts.writtenTo(rows, Total.class, Json::line));
            rows.commit();
            return total;
        }
    }

    private static Scoring of(ModelDirectory directory, Policy policy, Map<String, String> columns) {
        Lazy<Encoding> encoding = new Lazy<>(() -> directory
                .around(policy)
                .encoding(new Encoding.Options(
                        policy.context(), Encoding.LongPrompt.DROP, Encoding.LongCompletion.DROP)));
        return new Scoring(policy, encoding, columns);
    }

    private record Waiting(long line, ObjectNode row, TokenTree tree) {}

    /**
     * Scores a file.
     *
     * @param out takes the rows in their order, each with {@code token_log_probs} and {@code sum_log_prob} (nats) added
     * @param seen is told the total so far after each window
     * @throws UserError at the first row that cannot be scored, naming file and line
     */
    public Total score(Path file, Consumer<ObjectNode> out, Consumer<Total> seen) {
        Total[] total = {new Total(0, 0, 0)};
        return score(file, Parts.passedTo((rows, these) -> {
            rows.forEach(out);
            total[0] = total[0].plus(these);
            seen.accept(total[0]);
        }));
    }

    private Total score(Path file, Parts<ObjectNode, Total> parts) {
        Total total = new Total(0, 0, 0);
        List<RawRow> window = new ArrayList<>();
        int part = 0;
        try (RowSource rows = Containers.open(file)) {
            for (Optional<RawRow> row = rows.next(); row.isPresent(); row = rows.next()) {
                window.add(row.get());
                if (window.size() == WINDOW) {
                    total = total.plus(score(file, window, part++, parts));
                    window.clear();
                }
            }
        }
        return window.isEmpty() && part > 0 ? total : total.plus(score(file, window, part, parts));
    }

    private Total score(Path file, List<RawRow> rows, int part, Parts<ObjectNode, Total> parts) {
        return parts.finished(part).orElseGet(() -> {
            List<Waiting> window = rows.stream().map(row -> waiting(file, row)).toList();
            Total total = score(file, window);
            parts.take(window.stream().map(Waiting::row).toList(), total);
            return total;
        });
    }

    private Waiting waiting(Path file, RawRow row) {
        return switch (row) {
            case RawRow.Broken broken -> throw new UserError(file + ":" + broken.line() + ": " + broken.reason());
            case RawRow.Fields(long line, ObjectNode fields) ->
                new Waiting(line, fields, checked(trees.tree(fields, file, line), file, line));
        };
    }

    /** Here, where the line is known, and not in the middle of a batch. */
    private TokenTree checked(TokenTree tree, Path file, long line) {
        for (TokenTree.Segment segment : tree.segments()) {
            for (int token : segment.tokens()) {
                if (token < 0 || token >= policy.vocabulary()) {
                    throw new UserError(file + ":" + line + ": token " + token + " is not one of the model's "
                            + policy.vocabulary());
                }
            }
        }
        if (tree.size() > policy.context()) {
            throw new UserError(file + ":" + line + ": " + tree.size() + " tokens are more than the model's context of "
                    + policy.context());
        }
        return tree;
    }

    /** Adds the scores to the rows. */
    private Total score(Path file, List<Waiting> window) {
        double[][] scores = new double[window.size()][0];
        List<TokenTree> all = window.stream().map(Waiting::tree).toList();
        Workers.each(Batches.of(all, TOKENS), batch -> pass(window, batch, scores));
        Total total = new Total(0, 0, 0);
        for (int i = 0; i < scores.length; i++) {
            double sum = 0;
            ObjectNode row = window.get(i).row;
            ArrayNode list = row.putArray("token_log_probs");
            for (double logProb : scores[i]) {
                if (!Double.isFinite(logProb)) {
                    throw new UserError(file + ":" + window.get(i).line + ": the model gives a log-probability of "
                            + logProb + "; its weights are broken, or too large for this --dtype");
                }
                list.add(logProb);
                sum += logProb;
            }
            row.put("sum_log_prob", sum);
            total = total.plus(new Total(1, scores[i].length, sum));
        }
        return total;
    }

    private void pass(List<Waiting> window, List<Integer> batch, double[][] scores) {
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            double[] flat = policy.forward(
                            batch.stream().map(i -> window.get(i).tree).toList(), false)
                    .logProbs()
                    .toDoubles();
            int at = 0;
            for (int i : batch) {
                int count = window.get(i).tree.scoredCount();
                scores[i] = Arrays.copyOfRange(flat, at, at + count);
                at += count;
            }
        }
    }
}
