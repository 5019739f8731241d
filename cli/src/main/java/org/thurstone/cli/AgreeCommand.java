package org.thurstone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.thurstone.data.UserError;
import org.thurstone.rank.agreement.Agreement;
import org.thurstone.rank.agreement.AnnotatorPair;
import org.thurstone.rank.agreement.Bias;
import org.thurstone.rank.agreement.DawidSkene;
import org.thurstone.rank.agreement.Disagreement;
import org.thurstone.rank.agreement.Glad;
import org.thurstone.rank.agreement.LabelFile;
import org.thurstone.rank.agreement.Labels;
import org.thurstone.rank.agreement.Majority;
import org.thurstone.rank.agreement.TrueLabels;
import org.thurstone.report.Cell;
import org.thurstone.report.Table;
import org.thurstone.report.Table.Column;
import org.thurstone.report.TerminalTable;
import org.thurstone.statistics.Estimate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code thurstone agree}: do annotators agree, whom to believe, and what sways them. */
@Command(
        name = "agree",
        description = {
            "Say how far annotators agree beyond chance, who disagrees with whom, and what is probably true.",
            "That is each item's label, how good each annotator is, and of verdicts on pairs whether place, length or kinship",
            "sways them. A row is a label (columns item, annotator, label, or their usual other names) or an item (a column for",
            "each annotator)."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone agree labels.csv",
            "  thurstone agree answers.csv --item question --annotator worker --label answer --truth truth.csv",
            "  thurstone agree humans.json judge.json --item idx --wide annotator1,annotator2,annotator3,judge"
                    + " --verdicts 1,2,0"
        })
final class AgreeCommand implements Callable<Integer> {

    private static final int SHOWN = 20;
    private static final double SMOOTHING = 0.01;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "CSV, JSON or JSON lines, with or without gzip.")
    private List<Path> files = List.of();

    @Option(names = "--item", paramLabel = "COLUMN", description = "The column that names the item.")
    private Optional<String> item = Optional.empty();

    @Option(names = "--annotator", paramLabel = "COLUMN", description = "The column that names the annotator.")
    private Optional<String> annotator = Optional.empty();

    @Option(names = "--label", paramLabel = "COLUMN", description = "The column with the label.")
    private Optional<String> label = Optional.empty();

    @Option(
            names = "--wide",
            paramLabel = "COLUMN",
            split = ",",
            description = "The annotators' columns; a row is an item.")
    private List<String> wide = List.of();

    @Option(
            names = "--verdicts",
            paramLabel = "LABEL",
            split = ",",
            description = "The labels are verdicts on pairs: which one means that the first answer is better, that the"
                    + " second is, a tie.")
    private List<String> verdicts = List.of();

    @Option(
            names = "--distance",
            paramLabel = "KIND",
            defaultValue = "nominal",
            description =
                    "How far apart labels are, for Krippendorff's alpha: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE}.")
    private Disagreement distance = Disagreement.NOMINAL;

    @Option(
            names = "--shared",
            paramLabel = "N",
            defaultValue = "10",
            description = "Compare two annotators only if they have N items in common; ${DEFAULT-VALUE}.")
    private int shared = 10;

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description = "The true labels (columns item and truth): who finds them?")
    private Optional<Path> truth = Optional.empty();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where each item's label goes by majority, Dawid–Skene and GLAD, as JSON lines.")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--resamples",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Resamples of the items for intervals; ${DEFAULT-VALUE}.")
    private int resamples = 1000;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of the resamples; ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Mixin
    private final Json json = new Json();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    /** The document for machines. */
    record Document(
            int items,
            int annotators,
            int labels,
            List<String> categories,
            Interval fleiss,
            Interval krippendorff,
            List<Pair> pairs,
            List<Skill> skills,
            Optional<Accuracies> accuracy,
            List<Sway> bias) {}

    record Pair(String first, String second, Interval agreement, Interval kappa, List<String> quarrel, int quarrels) {}

    record Skill(String annotator, int labels, double dawid_skene, double glad_ability) {}

    record Accuracies(Interval majority, Interval dawid_skene, Interval glad) {}

    record Sway(
            String annotator,
            int verdicts,
            int ties,
            Interval first,
            Optional<Interval> consistent,
            Optional<Interval> longer,
            Optional<Interval> length_effect,
            Optional<Interval> kin) {}

    @Override
    public Integer call() {
        if (!verdicts.isEmpty() && verdicts.size() != 3) {
            throw new ParameterException(
                    spec.commandLine(), "--verdicts wants three labels, for first, second and tie: --verdicts 1,2,0");
        }
        if (resamples < 1 || shared < 1) {
            throw new ParameterException(spec.commandLine(), "--resamples and --shared want numbers from 1 up");
        }
        Optional<LabelFile.Meanings> meanings = verdicts.isEmpty()
                ? Optional.empty()
                : Optional.of(new LabelFile.Meanings(verdicts.get(0), verdicts.get(1), verdicts.get(2)));
        LabelFile read = LabelFile.read(files, new LabelFile.Columns(item, annotator, label, wide, meanings));
        Labels labels = read.labels();
        SplittableRandom random = new SplittableRandom(seed);
        DawidSkene skene = DawidSkene.fit(labels, SMOOTHING);
        Glad glad = Glad.fit(labels);
        int[] majority = Majority.of(labels);
        Document document = new Document(
                labels.items().size(),
                labels.annotators().size(),
                labels.size(),
                labels.categories(),
                Interval.of(Agreement.fleiss(labels.counts(), resamples, random.split())),
                Interval.of(krippendorff(labels, random.split())),
                AnnotatorPair.all(labels, shared).stream()
                        .map(p -> new Pair(
                                p.first(),
                                p.second(),
                                Interval.of(p.agreement()),
                                Interval.of(p.kappa()),
                                p.quarrel(),
                                p.quarrels()))
                        .toList(),
                skills(labels, skene, glad),
                truth.map(file -> {
                    TrueLabels known = TrueLabels.read(file, item);
                    return new Accuracies(
                            Interval.of(known.accuracy(labels, majority)),
                            Interval.of(known.accuracy(labels, skene.labels())),
                            Interval.of(known.accuracy(labels, glad.labels())));
                }),
                Bias.of(read.verdicts()).stream().map(AgreeCommand::sway).toList());
        out.ifPresent(path -> write(path, labels, majority, skene, glad));
        if (json.wanted()) json.print(document);
        else print(document, spec.commandLine().getOut());
        return CommandLine.ExitCode.OK;
    }

    private Estimate krippendorff(Labels labels, SplittableRandom random) {
        try {
            return Agreement.krippendorff(labels, distance, resamples, random);
        } catch (IllegalArgumentException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
    }

    private static List<Skill> skills(Labels labels, DawidSkene skene, Glad glad) {
        int[] given = new int[labels.annotators().size()];
        for (int a : labels.annotator()) given[a]++;
        double[] skill = skene.skill();
        List<Skill> skills = new ArrayList<>();
        for (int a = 0; a < given.length; a++) {
            skills.add(new Skill(labels.annotators().get(a), given[a], skill[a], glad.ability()[a]));
        }
        return skills;
    }

    private static Sway sway(Bias b) {
        return new Sway(
                b.annotator(),
                b.verdicts(),
                b.ties(),
                Interval.of(b.first()),
                b.consistent().map(Interval::of),
                b.longer().map(Interval::of),
                b.lengthEffect().map(Interval::of),
                b.kin().map(Interval::of));
    }

    private void write(Path path, Labels labels, int[] majority, DawidSkene skene, Glad glad) {
        int[] bySkene = skene.labels();
        int[] byGlad = glad.labels();
        Pipe.writing(path, spec.commandLine().getOut(), rows -> {
            for (int i = 0; i < majority.length; i++) {
                ObjectNode row = JsonNodeFactory.instance.objectNode();
                row.put("item", labels.items().get(i));
                row.put("majority", labels.categories().get(majority[i]));
                row.put("dawid_skene", labels.categories().get(bySkene[i]));
                row.put("probability", skene.posterior()[i][bySkene[i]]);
                row.put("glad", labels.categories().get(byGlad[i]));
                rows.accept(row);
            }
            return majority.length;
        });
    }

    private void print(Document d, PrintWriter to) {
        to.printf(
                Locale.ROOT,
                "%,d labels of %,d items by %,d annotators: %s%n%n",
                d.labels(),
                d.items(),
                d.annotators(),
                d.categories().size() > 12
                        ? d.categories().size() + " different ones"
                        : String.join(", ", d.categories()));
        to.println(TerminalTable.of(
                new Table(
                        "Agreement beyond chance, 95 % interval",
                        "",
                        List.of(Column.text("coefficient"), Column.number("value"), Column.number("items")),
                        List.of(
                                List.of(
                                        Cell.text("Fleiss's kappa"),
                                        d.fleiss().cell(),
                                        Cell.count(d.fleiss().count())),
                                List.of(
                                        Cell.text("Krippendorff's alpha, "
                                                + distance.toString().toLowerCase(Locale.ROOT)),
                                        d.krippendorff().cell(),
                                        Cell.count(d.krippendorff().count())))),
                false));
        printPairs(d, to);
        printSkills(d, to);
        d.accuracy()
                .ifPresent(a -> to.println(TerminalTable.of(
                        new Table(
                                "The true label found, of " + a.majority().count() + " items",
                                "",
                                List.of(Column.text("by"), Column.highest("share")),
                                List.of(
                                        List.of(
                                                Cell.text("majority"),
                                                a.majority().percent()),
                                        List.of(
                                                Cell.text("Dawid–Skene"),
                                                a.dawid_skene().percent()),
                                        List.of(Cell.text("GLAD"), a.glad().percent()))),
                        false)));
        if (!d.bias().isEmpty()) printBias(d, to);
        out.filter(path -> !Pipe.standard(path)).ifPresent(path -> to.println("Labels are in " + path));
    }

    private void printPairs(Document d, PrintWriter to) {
        if (d.pairs().isEmpty()) {
            to.printf("No two annotators have %d items in common.%n%n", shared);
            return;
        }
        List<List<Cell>> rows = d.pairs().stream()
                .sorted(Comparator.comparingDouble(p -> p.kappa().value().orElse(2.0)))
                .limit(SHOWN)
                .map(p -> List.of(
                        Cell.text(p.first()),
                        Cell.text(p.second()),
                        Cell.count(p.agreement().count()),
                        p.agreement().percent(),
                        p.kappa().cell(),
                        Cell.text(p.quarrels() == 0 ? "" : String.join(" / ", p.quarrel()) + " × " + p.quarrels())))
                .toList();
        String which = d.pairs().size() > SHOWN
                ? ", the " + SHOWN + " most at odds of " + d.pairs().size()
                : "";
        to.println(TerminalTable.of(
                new Table(
                        "Who disagrees with whom" + which,
                        "",
                        List.of(
                                Column.text("first"),
                                Column.text("second"),
                                Column.number("items"),
                                Column.number("same label"),
                                Column.number("Cohen's kappa"),
                                Column.text("most often")),
                        rows),
                false));
    }

    private static void printSkills(Document d, PrintWriter to) {
        List<List<Cell>> rows = d.skills().stream()
                .sorted(Comparator.comparingDouble(Skill::dawid_skene))
                .limit(SHOWN)
                .map(s -> List.of(
                        Cell.text(s.annotator()),
                        Cell.count(s.labels()),
                        Cell.percent(s.dawid_skene()),
                        Cell.number(s.glad_ability(), 2)))
                .toList();
        String which = d.skills().size() > SHOWN
                ? ", the " + SHOWN + " weakest of " + d.skills().size()
                : "";
        to.println(TerminalTable.of(
                new Table(
                        "How good they are" + which,
                        "",
                        List.of(
                                Column.text("annotator"),
                                Column.number("labels"),
                                Column.number("right (Dawid–Skene)"),
                                Column.number("ability (GLAD)")),
                        rows),
                false));
    }

    private static void printBias(Document d, PrintWriter to) {
        List<List<Cell>> rows = d.bias().stream()
                .limit(SHOWN)
                .map(b -> List.of(
                        Cell.text(b.annotator()),
                        Cell.count(b.verdicts()),
                        Cell.count(b.ties()),
                        b.first().percent(),
                        b.consistent().map(Interval::percent).orElse(Cell.missing()),
                        b.longer().map(Interval::percent).orElse(Cell.missing()),
                        b.length_effect().map(Interval::cell).orElse(Cell.missing()),
                        b.kin().map(Interval::cell).orElse(Cell.missing())))
                .toList();
        to.println(TerminalTable.of(
                new Table(
                        "What sways them",
                        "",
                        List.of(
                                Column.text("annotator"),
                                Column.number("verdicts"),
                                Column.number("ties"),
                                Column.number("for the first"),
                                Column.number("same in both orders"),
                                Column.number("for the longer"),
                                Column.number("log-odds a doubling"),
                                Column.number("for its own")),
                        rows),
                false));
    }
}
