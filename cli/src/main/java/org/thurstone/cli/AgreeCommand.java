package org.thurstone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.thurstone.rank.agreement.Disagreement;
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
            "  thurstone agree answers.csv --item question --annotator worker \\",
            "      --label answer --truth truth.csv",
            "  thurstone agree humans.json judge.json --item idx \\",
            "      --wide annotator1,annotator2,annotator3,judge --verdicts 1,2,0"
        })
final class AgreeCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "CSV, JSON or JSON lines, with or without gzip.")
    private List<Path> files = List.of();

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
            names = "--distance",
            paramLabel = "KIND",
            defaultValue = "nominal",
            description =
                    "Distance between labels for Krippendorff's alpha: nominal, ordinal or interval (default: ${DEFAULT-VALUE}).")
    private Disagreement distance = Disagreement.NOMINAL;

    @Option(
            names = "--shared",
            paramLabel = "N",
            defaultValue = "10",
            description = "Minimum number of shared items for comparing two annotators (default: ${DEFAULT-VALUE}).")
    private int shared = 10;

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description = "True labels (columns item and truth); reports the accuracy of each annotator.")
    private Optional<Path> truth = Optional.empty();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description =
                    "File to write with the label of each item by majority, Dawid–Skene and GLAD: .jsonl or .jsonl.gz.")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--bootstrap",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Bootstrap resamples of the items, for intervals (default: ${DEFAULT-VALUE}).")
    private int resamples = 1000;

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
        if (resamples < 1 || shared < 1) {
            throw usage("--bootstrap and --shared must be at least 1");
        }
        AgreementStudy.Options options = new AgreementStudy.Options(distance, shared, resamples, seed.seed());
        Optional<LabelFile.PairLabels> meanings = verdicts.isEmpty()
                ? Optional.empty()
                : Optional.of(new LabelFile.PairLabels(verdicts.get(0), verdicts.get(1), verdicts.get(2)));
        AgreementStudy study =
                AgreementStudy.of(LabelFile.read(files, new LabelFile.Columns(item, annotator, label, wide, meanings)));
        AgreementSummary summary = study.summary(options, truth.map(known -> TrueLabels.read(known, item)));
        PrintWriter to = spec.commandLine().getOut();
        output.ifPresent(path -> Pipe.writing(path, to, rows -> {
            study.labels(rows);
            return path;
        }));
        if (format.json()) {
            format.print(summary);
        } else {
            to.print(summary.text(options));
            output.filter(path -> !Pipe.standard(path)).ifPresent(path -> to.println("written: " + path));
        }
        return CommandLine.ExitCode.OK;
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
