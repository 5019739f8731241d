package org.thurstone.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.thurstone.rank.agreement.LabelFile;
import org.thurstone.rank.evaluation.RewardBenchmark;
import org.thurstone.rank.evaluation.Scorer;
import org.thurstone.rank.summary.BenchmarkSummary;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thurstone eval rewards}: the accuracy of reward models and judges, averaged as each benchmark does. */
@Command(
        name = "rewards",
        description = {
            "Score reward models and judges on benchmarks.",
            "Prints how often the better answer has the higher score, averaged as each benchmark does. Reads the files"
                    + " that the benchmark's own program writes; for pairs, any rows with score_chosen and score_rejected,"
                    + " or with a label, score_1 and score_2."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone eval rewards scores.jsonl --bench rewardbench",
            "  thurstone eval rewards judged.jsonl --bench judgebench --format json",
            "  thurstone eval rewards pairs.jsonl --bench pairs --verdicts 0,1,2"
        })
final class RewardsCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "JSON, JSON lines or CSV, with or without gzip.")
    private List<Path> files = List.of();

    @Option(
            names = "--bench",
            required = true,
            paramLabel = "NAME",
            description = "Benchmark: rewardbench, rm-bench, judgebench, llmbar, rag-rewardbench or pairs.")
    private String bench = "";

    @Option(
            names = "--scorer",
            defaultValue = "file",
            paramLabel = "SCORER",
            description =
                    "Scores for llmbar and pairs: file (the scores in the file) or length (a length-only baseline)"
                            + " (default: ${DEFAULT-VALUE}).")
    private Scorer scorer = Scorer.FILE;

    @Option(
            names = "--verdicts",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "LABEL,…",
            defaultValue = "1,2,0",
            description = "Labels for first, second and tie (default: ${DEFAULT-VALUE}).")
    private List<String> verdicts = List.of("1", "2", "0");

    @Mixin
    private final Format.TextOrJson format = new Format.TextOrJson();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (verdicts.size() != 3) {
            throw new ParameterException(
                    spec.commandLine(), "--verdicts takes three labels, for first, second and tie: --verdicts 1,2,0");
        }
        LabelFile.PairLabels meanings = new LabelFile.PairLabels(verdicts.get(0), verdicts.get(1), verdicts.get(2));
        RewardBenchmark benchmark = RewardBenchmark.named(bench, scorer, meanings)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "There is no benchmark \"" + bench
                                + "\"; there are rewardbench, rm-bench, judgebench, llmbar, rag-rewardbench"
                                + " and pairs"));
        BenchmarkSummary summary = BenchmarkSummary.of(benchmark.evaluate(files));
        if (format.json()) {
            format.print(summary);
        } else {
            spec.commandLine().getOut().print(summary.text());
        }
        return CommandLine.ExitCode.OK;
    }
}
