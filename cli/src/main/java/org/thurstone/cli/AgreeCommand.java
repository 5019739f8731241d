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

    @Override
    public Integer call() {
        if (!verdicts.isEmpty() && verdicts.size() != 3) {
            throw usage("--verdicts wants three labels, for first, second and tie: --verdicts 1,2,0");
        }
        if (resamples < 1 || shared < 1) {
            throw usage("--resamples and --shared want numbers from 1 up");
        }
        AgreementStudy.Options options = new AgreementStudy.Options(distance, shared, resamples, seed);
        Optional<LabelFile.PairLabels> meanings = verdicts.isEmpty()
                ? Optional.empty()
                : Optional.of(new LabelFile.PairLabels(verdicts.get(0), verdicts.get(1), verdicts.get(2)));
        AgreementStudy study =
                AgreementStudy.of(LabelFile.read(files, new LabelFile.Columns(item, annotator, label, wide, meanings)));
        AgreementSummary summary = study.summary(options, truth.map(known -> TrueLabels.read(known, item)));
        PrintWriter to = spec.commandLine().getOut();
        out.ifPresent(path -> Pipe.writing(path, to, rows -> {
            study.labels(rows);
            return path;
        }));
        if (json.wanted()) {
            json.print(summary);
        } else {
            to.print(summary.text(options));
            out.filter(path -> !Pipe.standard(path)).ifPresent(path -> to.println("Labels are in " + path));
        }
        return CommandLine.ExitCode.OK;
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
