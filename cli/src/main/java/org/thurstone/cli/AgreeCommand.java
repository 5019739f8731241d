package org.thurstone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.thurstone.data.AtomicFile;
import org.thurstone.rank.agreement.Aggregation;
import org.thurstone.rank.agreement.Agreement;
import org.thurstone.rank.agreement.Disagreement;
import org.thurstone.rank.agreement.LabelCells;
import org.thurstone.rank.agreement.LabelFile;
import org.thurstone.rank.agreement.TrueLabels;
import org.thurstone.rank.summary.AgreementStudy;
import org.thurstone.rank.summary.AgreementSummary;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thurstone agree}: measures agreement, skill and bias of annotators. */
@Command(
        name = "agree",
        description = {
            "Measure how far annotators agree, and who disagrees.",
            "Prints agreement beyond chance, disagreement between annotators, the probable true label of each item, and the skill of each annotator; for verdicts on pairs also position bias, length bias and self-preference.",
            "Files have one row per label (columns item, annotator and label, or common synonyms), or one row per item"
                    + " with one column per annotator (--wide)."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone agree labels.csv",
            "  thurstone agree ratings.csv --distance ordinal --scale poor,fair,good",
            "  thurstone agree answers.csv --item question --annotator worker \\",
            "      --label answer --truth truth.csv",
            "  thurstone agree humans.json judge.json --item idx \\",
            "      --wide annotator1,annotator2,annotator3,judge --verdicts 1,2,0"
        })
final class AgreeCommand implements Callable<Integer> {

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "Labels in CSV, JSON or Parquet, gzipped or not: files, patterns such as part-*.csv, or - for standard"
                            + " input. Several files are read together.")
    private List<String> files = List.of();

    @Option(names = "--item", paramLabel = "COLUMN", description = "Column with the item.")
    private Optional<String> item = Optional.empty();

    @Option(names = "--annotator", paramLabel = "COLUMN", description = "Column with the annotator.")
    private Optional<String> annotator = Optional.empty();

    @Option(names = "--label", paramLabel = "COLUMN", description = "Column with the label.")
    private Optional<String> label = Optional.empty();

    @Option(
            names = "--wide",
            paramLabel = "COLUMN,…",
            split = ",",
            hideParamSyntax = true,
            description = "Columns with the labels of one annotator each, if the files have one row per item.")
    private List<String> wide = List.of();

    @Option(
            names = "--verdicts",
            paramLabel = "LABEL,…",
            split = ",",
            hideParamSyntax = true,
            description = "Labels for first, second and tie, if the labels are verdicts on pairs, such as 1,2,0.")
    private List<String> verdicts = List.of();

    @Option(
            names = "--scale",
            paramLabel = "LABEL,…",
            split = ",",
            hideParamSyntax = true,
            description =
                    "Labels from lowest to highest, such as low,medium,high (default: numbers by size, and words of scales in common use).")
    private List<String> scale = List.of();

    @Option(
            names = "--missing",
            paramLabel = "WORD,…",
            split = ",",
            hideParamSyntax = true,
            description =
                    "Words that mean that there is no label (default: NA, NaN, null and similar). Empty cells always do.")
    private List<String> missing = LabelCells.MISSING;

    @Option(
            names = "--distance",
            paramLabel = "KIND",
            defaultValue = "nominal",
            description =
                    "Distance between labels for Krippendorff's alpha: nominal, ordinal, interval or ratio; for sets of labels jaccard or masi (default: ${DEFAULT-VALUE}).")
    private Disagreement distance = Disagreement.NOMINAL;

    @Option(
            names = "--separator",
            paramLabel = "TEXT",
            description =
                    "Text between the labels of a cell that has several (default: ; for the distances jaccard and masi). With it, several rows of one annotator and item are one set of labels.")
    private Optional<String> separator = Optional.empty();

    @Option(
            names = "--method",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "NAME,…",
            description =
                    "Methods to find the true labels: majority, dawid-skene, one-coin, glad, mace, wawa, kos (default: all that suit the labels).")
    private List<String> methods = List.of();

    @Option(
            names = "--shared",
            paramLabel = "N",
            defaultValue = "10",
            description = "Minimum number of shared items for comparing two annotators (default: ${DEFAULT-VALUE}).")
    private int shared = 10;

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description = "True labels (columns item and truth); reports the accuracy of each annotator and method.")
    private Optional<Path> truth = Optional.empty();

    @Option(
            names = "--truth-column",
            paramLabel = "COLUMN",
            description = "Column with the true label, where it is known.")
    private Optional<String> truthColumn = Optional.empty();

    @Option(
            names = "--gold",
            description =
                    "Fix the true labels in all methods, as gold questions. The methods are then not measured by them.")
    private boolean gold;

    @Option(
            names = "--min-probability",
            paramLabel = "PERCENT",
            defaultValue = "95",
            description =
                    "Probability that an item's label needs; the others are listed as items that need more labels (default: ${DEFAULT-VALUE}).")
    private double enough = 95;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description =
                    "File to write with the votes, the labels by each method and the posterior of each item: .jsonl, .jsonl.gz or .csv.")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--bootstrap",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Bootstrap resamples, for intervals (default: ${DEFAULT-VALUE}).")
    private int resamples = 1000;

    @Option(
            names = "--bootstrap-by",
            defaultValue = "item",
            paramLabel = "UNIT",
            description = "Unit of resampling: item or annotator (default: ${DEFAULT-VALUE}).")
    private Agreement.Bootstrap.Unit unit = Agreement.Bootstrap.Unit.ITEM;

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Mixin
    private final Format.TextOrJson format = new Format.TextOrJson();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!verdicts.isEmpty() && verdicts.size() != 3) {
            throw usage("--verdicts takes three labels, for first, second and tie: --verdicts 1,2,0");
        }
        if (new HashSet<>(scale).size() < scale.size()) {
            throw usage("--scale names a label twice: " + String.join(",", scale));
        }
        if (resamples < 1 || shared < 1) {
            throw usage("--bootstrap and --shared must be at least 1");
        }
        if (!(enough > 50 && enough < 100)) {
            throw usage("--min-probability is " + enough + ", not a percentage between 50 and 100");
        }
        AgreementStudy.Options options = new AgreementStudy.Options(
                distance, shared, new Agreement.Bootstrap(unit, resamples, seed.seed()), enough / 100);
        Optional<LabelFile.PairLabels> meanings = verdicts.isEmpty()
                ? Optional.empty()
                : Optional.of(new LabelFile.PairLabels(verdicts.get(0), verdicts.get(1), verdicts.get(2)));
        Optional<String> between = separator.or(() -> distance.isOfSets() ? Optional.of(";") : Optional.empty());
        LabelCells cells = new LabelCells(missing, scale, between);
        LabelFile labels = labels(new LabelFile.Columns(item, annotator, label, wide, meanings, truthColumn, cells));
        TrueLabels known = truth.map(path -> TrueLabels.read(path, item, cells))
                .orElse(TrueLabels.NONE)
                .with(labels.truth());
        if (gold && known.isEmpty()) {
            throw usage("--gold needs true labels: give --truth or --truth-column");
        }
        chosen().stream()
                .filter(method -> !methods.isEmpty() && !method.suits(labels.labels()))
                .forEach(method -> {
                    throw usage("--method " + method.key() + " is for two labels, and there are "
                            + labels.labels().categories().size());
                });
        AgreementStudy study = AgreementStudy.of(labels, chosen(), gold ? known : TrueLabels.NONE, seed.seed());
        AgreementSummary summary = study.summary(options, known.isEmpty() ? Optional.empty() : Optional.of(known));
        PrintWriter to = spec.commandLine().getOut();
        output.ifPresent(path -> write(study, path, to));
        if (format.json()) {
            format.print(summary);
        } else {
            to.print(summary.text());
            output.filter(path -> !Pipe.standard(path)).ifPresent(path -> to.println("written: " + path));
        }
        return CommandLine.ExitCode.OK;
    }

    private LabelFile labels(LabelFile.Columns columns) {
        try (VoteInput input = VoteInput.of(files, System.in)) {
            input.remarks().forEach(remark -> format.progress().println(remark));
            return input.read(() -> LabelFile.read(input.files(), columns));
        }
    }

    private static void write(AgreementStudy study, Path path, PrintWriter to) {
        if (path.toString().endsWith(".csv")) {
            AtomicFile.write(path, study.csv());
            return;
        }
        Pipe.writing(path, to, rows -> {
            study.labels(rows);
            return path;
        });
    }

    private List<Aggregation.Method> chosen() {
        List<Aggregation.Method> all = List.of(Aggregation.Method.values());
        return methods.isEmpty()
                ? all
                : methods.stream()
                        .map(name -> all.stream()
                                .filter(m -> m.key().equals(name.replace('-', '_')))
                                .findFirst()
                                .orElseThrow(() -> usage("there is no method \"" + name + "\"; there are "
                                        + all.stream()
                                                .map(m -> m.key().replace('_', '-'))
                                                .collect(Collectors.joining(", ")))))
                        .toList();
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
