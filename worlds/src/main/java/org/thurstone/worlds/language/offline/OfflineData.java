package org.thurstone.worlds.language.offline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.thurstone.data.Comparison;
import org.thurstone.data.Completion;
import org.thurstone.data.Contrast;
import org.thurstone.data.Count;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Example;
import org.thurstone.data.Prompt;
import org.thurstone.data.Ranking;
import org.thurstone.data.Rating;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;
import org.thurstone.data.format.ColumnCount;
import org.thurstone.data.format.DataFiles;
import org.thurstone.data.format.Dropped;
import org.thurstone.data.format.Effects;
import org.thurstone.data.format.Examples;
import org.thurstone.data.format.ReadOptions;
import org.thurstone.data.format.RowReader;
import org.thurstone.data.format.Unread;
import org.thurstone.loop.Progress;
import org.thurstone.loop.run.Seeds;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.model.text.Encoded;
import org.thurstone.model.text.Encoding;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Loss;
import org.thurstone.worlds.language.ExampleConverter;
import org.thurstone.worlds.language.augment.Augmentation;

/**
 * The examples of a run, encoded.
 *
 * @param heldOut no prompt of these is among those of {@code training} where both come from one file
 * @param prompts the texts by example id
 * @param counts of examples, and of rows that were left out
 */
record OfflineData(
        List<TrainingExample> training, List<TrainingExample> heldOut, Map<String, String> prompts, Counts counts) {

    /**
     * Rows that were left out for one reason.
     *
     * @param reason of the first of them; numbers in it may differ in the others
     * @param first where the first of them is
     */
    public record Drop(String reason, long count, String first) {}

    /**
     * What became of the columns of a file.
     *
     * @param effects what weight, label and other columns did, a line each
     * @param remarks on how the file was read
     */
    public record FileColumns(
            String file, List<String> read, List<ColumnCount> notRead, List<String> effects, List<String> remarks) {

        static FileColumns of(Path file, RowReader<?> reader, Effects effects) {
            return new FileColumns(
                    file.toString(),
                    reader.read().stream().map(ColumnCount::name).toList(),
                    reader.unread().columns(),
                    effects.lines(reader.read()),
                    reader.remarks());
        }

        /** What a user should know of it, a sentence each; none if every column was read and no label was special. */
        List<String> lines() {
            List<String> lines = new ArrayList<>();
            if (!notRead.isEmpty()) {
                lines.add("not read: " + new Unread(notRead, 0).toText());
            }
            lines.addAll(effects);
            lines.addAll(remarks);
            return lines;
        }
    }

    /**
     * What the data came to.
     *
     * @param notes what the user should know about examples that were kept, and how often: completions that were cut, keys that the chat
     *     template does not read
     */
    record Counts(
            int training,
            int heldOut,
            long stepsPerEpoch,
            List<Drop> drops,
            Map<String, Long> notes,
            List<FileColumns> columns) {
        long dropped() {
            return drops.stream().mapToLong(Drop::count).sum();
        }
    }

    /** Reads the files of a recipe. */
    static OfflineData read(OfflineRecipe recipe, LanguageModel model, Progress progress) {
        Drops drops = new Drops();
        List<FileColumns> columns = new ArrayList<>();
        DataFiles data = DataFiles.of(recipe.data());
        List<LocatedExample> all = rows(data, "", recipe.reading(), drops, columns);
        if (all.isEmpty() && drops.list().isEmpty()) {
            throw new UserError(named(recipe)
                    + (recipe.data().size() == 1 ? " is empty: it has no rows" : " are empty: they have no rows"));
        }
        List<LocatedExample> training = all;
        List<LocatedExample> heldOut = List.of();
        if (recipe.heldOut().isPresent()) {
            DataFiles others = DataFiles.heldOut(recipe.heldOut().get());
            refuseSameFile(data, others);
            heldOut = rows(others, "held-out/", recipe.reading(), drops, columns);
            if (heldOut.isEmpty()) {
                throw new UserError("held-out " + recipe.heldOut().get()
                        + " has no rows to evaluate on; give other data, or set held-out-share=0 instead");
            }
            sayShared(recipe, training, heldOut, progress);
        } else if (recipe.heldOutShare() > 0) {
            Set<Text> apart = apart(all, recipe.heldOutShare(), new Seeds(recipe.seed()).of("held-out"));
            training = all.stream().filter(r -> !apart.contains(r.prompt())).toList();
            heldOut = all.stream().filter(r -> apart.contains(r.prompt())).toList();
            sayShare(recipe, all, heldOut, apart.size(), progress);
        }
        sayOneSided(training, progress);
        Encoding encoding = model.encoding(recipe.encoding(model.policy().context()));
        Map<String, String> prompts = new LinkedHashMap<>();
        List<TrainingExample> toTrain =
                encoded(recipe.loss(), augmented(recipe, training, drops), encoding, prompts, drops);
        List<TrainingExample> toEvaluate =
                encoded(recipe.loss(), augmented(recipe, heldOut, drops), encoding, prompts, drops);
        if (toTrain.isEmpty()) {
            throw new UserError(named(recipe) + " leaves nothing to train on: "
                    + (drops.list().isEmpty()
                            ? "it has " + Count.of(all.size(), "row") + ", of which " + heldOut.size() + " are held out"
                            : Count.of(drops.list().getFirst().count(), "row")
                                    + (drops.list().getFirst().count() == 1 ? " was" : " were")
                                    + " dropped because "
                                    + drops.list().getFirst().reason()));
        }
        if (!heldOut.isEmpty() && toEvaluate.isEmpty()) {
            throw new UserError("none of the " + heldOut.size()
                    + " held-out rows can be used; give others with held-out, or do without: held-out-share=0");
        }
        long steps = Math.ceilDiv(toTrain.size(), recipe.training().batchSize());
        return new OfflineData(
                toTrain,
                toEvaluate,
                prompts,
                new Counts(toTrain.size(), toEvaluate.size(), steps, drops.list(), drops.notes(), columns));
    }

    /** An example and where it was: {@code pairs.jsonl:12}. */
    private record LocatedExample(String place, Example example) {
        Text prompt() {
            return example.prompt().text();
        }

        /** Prompt, completions and label, wherever they come from. */
        List<Object> content() {
            return switch (example) {
                case Comparison c ->
                    List.of(
                            example.prompt().content(),
                            c.left().content(),
                            c.right().content(),
                            c.preference());
                case Contrast c ->
                    List.of(
                            c.prompts().stream().map(Prompt::content).toList(),
                            c.completions().stream().map(Completion::content).toList());
                case Demonstration d ->
                    List.of(example.prompt().content(), d.completion().content());
                case Rating r ->
                    List.of(example.prompt().content(), r.completion().content(), r.value());
                case Ranking r ->
                    List.of(
                            example.prompt().content(),
                            r.completions().stream().map(Completion::content).toList());
            };
        }

        /** What was made of it: {@code pairs.jsonl:12}, {@code pairs.jsonl:12#2} … */
        Stream<LocatedExample> parts(List<Example> made) {
            return IntStream.range(0, made.size())
                    .mapToObj(i -> new LocatedExample(i == 0 ? place : place + "#" + (i + 1), made.get(i)));
        }
    }

    private static List<LocatedExample> rows(
            DataFiles files, String prefix, ReadOptions reading, Drops drops, List<FileColumns> columns) {
        if (!files.remarks().isEmpty()) {
            columns.add(new FileColumns("files of the data", List.of(), List.of(), List.of(), files.remarks()));
        }
        Map<Path, String> names = files.names();
        List<LocatedExample> rows = new ArrayList<>();
        for (Path file : files.files()) {
            rows.addAll(rows(file, prefix + names.get(file), reading, drops, columns));
        }
        return rows;
    }

    private static List<LocatedExample> rows(
            Path file, String name, ReadOptions reading, Drops drops, List<FileColumns> columns) {
        List<LocatedExample> rows = new ArrayList<>();
        Effects effects = new Effects();
        try (RowReader<Example> reader = Examples.read(file, reading)) {
            reader.forEachRemaining(row -> {
                rows.add(new LocatedExample(name + ":" + row.line(), row.value()));
                effects.add(row.value());
            });
            drops.add(reader.dropped());
            columns.add(FileColumns.of(file, reader, effects));
        }
        return rows;
    }

    private static String named(OfflineRecipe recipe) {
        return String.join(", ", recipe.data());
    }

    private static void refuseSameFile(DataFiles data, DataFiles heldOut) {
        for (Path file : data.files()) {
            if (heldOut.files().stream().anyMatch(other -> sameFile(file, other))) {
                throw new UserError("held-out is the same file as data, " + file
                        + ": what was trained on says nothing about other data; give another file, or set"
                        + " held-out-share instead");
            }
        }
    }

    /** Not if one is missing, which is said when it is read. */
    private static boolean sameFile(Path file, Path other) {
        try {
            return Files.isSameFile(file, other);
        } catch (IOException e) {
            return false;
        }
    }

    /** Rows that are in both, by content. */
    private static void sayShared(
            OfflineRecipe recipe, List<LocatedExample> training, List<LocatedExample> heldOut, Progress progress) {
        Set<List<Object>> trained = new HashSet<>();
        training.forEach(r -> trained.add(r.content()));
        List<LocatedExample> shared =
                heldOut.stream().filter(r -> trained.contains(r.content())).toList();
        if (shared.isEmpty()) {
            return;
        }
        String words = shared.size() + " of " + heldOut.size() + " held-out rows are also in "
                + named(recipe) + " (first: "
                + shared.getFirst().place() + ")";
        if (shared.size() == heldOut.size()) {
            throw new UserError(words + ": give held-out data that are not trained on");
        }
        progress.say("warning: " + words + ": their figures are too good, so remove them from one of the files");
    }

    /** Ratings that are all alike say nothing about which completions are better. */
    private static void sayOneSided(List<LocatedExample> training, Progress progress) {
        List<Double> ratings = training.stream()
                .filter(row -> row.example instanceof Rating)
                .map(row -> ((Rating) row.example).value())
                .toList();
        if (ratings.size() == training.size()
                && ratings.size() > 1
                && ratings.stream().distinct().count() == 1) {
            double value = ratings.getFirst();
            String words = value == 1 ? "desirable" : value == 0 ? "undesirable" : "rated " + value;
            progress.say("warning: all " + ratings.size() + " completions are " + words
                    + ": nothing says which completions are better; add others, or train on demonstrations"
                    + " (--loss sft)");
        }
    }

    /** A share of whole prompts can be another share of the rows. */
    private static void sayShare(
            OfflineRecipe recipe,
            List<LocatedExample> all,
            List<LocatedExample> heldOut,
            int prompts,
            Progress progress) {
        long different = all.stream().map(LocatedExample::prompt).distinct().count();
        String words = "%d of %d prompts are held out with all of their rows, %d of %d (held-out-share is %s)"
                .formatted(prompts, different, heldOut.size(), all.size(), recipe.heldOutShare());
        if (!all.isEmpty() && heldOut.size() == all.size()) {
            throw new UserError(named(recipe) + " leaves nothing to train on: " + words
                    + "; give other prompts as held-out, or set held-out-share=0");
        }
        if (heldOut.size() > 2 * recipe.heldOutShare() * all.size()) {
            progress.say("warning: " + words);
        }
    }

    /** Whole prompts, not rows: a prompt that is trained on says too much about its other answers. */
    private static Set<Text> apart(List<LocatedExample> all, double share, RandomGenerator random) {
        List<Text> prompts = new ArrayList<>(
                all.stream().map(LocatedExample::prompt).distinct().toList());
        Collections.shuffle(prompts, random);
        return new HashSet<>(prompts.subList(0, (int) Math.ceil(share * prompts.size())));
    }

    /** The examples with the answers that are trained on, augmented. */
    private static List<LocatedExample> augmented(OfflineRecipe recipe, List<LocatedExample> rows, Drops drops) {
        rows.stream().filter(row -> recipe.turns().leavesOut(row.example)).forEach(row -> drops.note(Turns.LEFT_OUT));
        List<LocatedExample> split = rows.stream()
                .map(row -> new LocatedExample(row.place, recipe.turns().of(row.example)))
                .toList();
        return recipe.augment()
                .map(a -> split.stream()
                        .flatMap(row -> row.parts(augmented(a, row)))
                        .toList())
                .orElse(split);
    }

    private static List<Example> augmented(Augmentation augmentation, LocatedExample row) {
        try {
            return augmentation.of(row.example);
        } catch (UserError e) {
            throw new UserError(row.place + ": " + e.getMessage(), e);
        }
    }

    private static List<TrainingExample> encoded(
            Loss loss, List<LocatedExample> rows, Encoding encoding, Map<String, String> prompts, Drops drops) {
        List<LocatedExample> fitting = rows.stream()
                .flatMap(row -> row.parts(ExampleConverter.to(loss, List.of(row.example))))
                .toList();
        List<Encoded> trees = fitting.parallelStream()
                .map(row -> encoded(loss, row, encoding))
                .toList();
        List<TrainingExample> encoded = new ArrayList<>();
        for (int i = 0; i < trees.size(); i++) {
            LocatedExample row = fitting.get(i);
            switch (trees.get(i)) {
                case Encoded.Included kept -> {
                    encoded.add(ExampleConverter.of(row.place, new Encoded.Row<>(row.example, kept.trees())));
                    prompts.put(row.place, row.prompt().plain());
                    kept.notes().forEach(drops::note);
                }
                case Encoded.Dropped dropped -> drops.add(dropped.reason(), row.place);
            }
        }
        return encoded;
    }

    private static Encoded encoded(Loss loss, LocatedExample row, Encoding encoding) {
        try {
            return ExampleConverter.encoded(loss, row.example, encoding);
        } catch (UserError e) {
            throw new UserError(row.place + ": " + e.getMessage(), e);
        }
    }

    /** Counts by reason. */
    private static final class Drops {
        private final Map<String, Drop> byReason = new LinkedHashMap<>();

        private final Map<String, Long> notes = new TreeMap<>();

        void note(String note) {
            notes.merge(note, 1L, Long::sum);
        }

        Map<String, Long> notes() {
            return notes;
        }

        void add(String reason, String where) {
            byReason.merge(
                    reason.replaceAll("\\d+", "N"),
                    new Drop(reason, 1, where),
                    (a, b) -> new Drop(a.reason(), a.count() + b.count(), a.first()));
        }

        void add(Dropped dropped) {
            String file = String.valueOf(dropped.file().getFileName());
            dropped.first().forEach(bad -> add(bad.reason(), file + ":" + bad.line()));
            long more = dropped.count() - dropped.first().size();
            if (more > 0) {
                byReason.put(
                        dropped.file() + ": other bad rows",
                        new Drop("other bad rows of " + file, more, "after the first " + Dropped.LISTED));
            }
        }

        List<Drop> list() {
            return byReason.values().stream()
                    .sorted((a, b) -> Long.compare(b.count(), a.count()))
                    .toList();
        }
    }
}
