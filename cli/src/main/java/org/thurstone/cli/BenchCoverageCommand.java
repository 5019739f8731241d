package org.thurstone.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.thurstone.rank.bench.CoverageBench;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code thurstone bench coverage}: how often the intervals of newcomers hold their strength, by simulation. */
@Command(
        name = "coverage",
        description = {
            "Simulate the coverage of newcomers' intervals.",
            "Newcomers with few battles join boards whose other items met often; strengths are normal with standard"
                    + " deviation SPREAD. Reports the share of 95 %% intervals that hold the truth, and of newcomers that won"
                    + " or lost every battle, and of those that only tied, also the shares of likelihood-ratio and posterior"
                    + " intervals."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone bench coverage --newcomers 2000",
            "  thurstone bench coverage --spreads 1 --battles 1,3,10 --ties 0.3 --format json"
        })
final class BenchCoverageCommand implements Callable<Integer> {

    @Option(
            names = "--newcomers",
            defaultValue = "20000",
            paramLabel = "N",
            description = "Newcomers per spread and number of battles (default: ${DEFAULT-VALUE}).")
    private int newcomers = 20_000;

    @Option(
            names = "--items",
            defaultValue = "60",
            paramLabel = "N",
            description = "Items of an established board (default: ${DEFAULT-VALUE}).")
    private int items = 60;

    @Option(
            names = "--met",
            defaultValue = "20",
            paramLabel = "N",
            description = "Battles of each pair of the established items (default: ${DEFAULT-VALUE}).")
    private int met = 20;

    @Option(
            names = "--spreads",
            split = ",",
            hideParamSyntax = true,
            defaultValue = "0.5,1,2",
            paramLabel = "SPREAD,…",
            description = "Standard deviations of strengths, in log-odds (default: ${DEFAULT-VALUE}).")
    private List<Double> spreads = List.of(0.5, 1.0, 2.0);

    @Option(
            names = "--battles",
            split = ",",
            hideParamSyntax = true,
            defaultValue = "1,2,3,5,10,30",
            paramLabel = "N,…",
            description = "Battles of a newcomer (default: ${DEFAULT-VALUE}).")
    private List<Integer> battles = List.of(1, 2, 3, 5, 10, 30);

    @Option(
            names = "--ties",
            defaultValue = "0",
            paramLabel = "SHARE",
            description = "Share of battles between equals that end tied, up to 0.5 (default: ${DEFAULT-VALUE}).")
    private double ties;

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Mixin
    private final Format.TextOrJson format = new Format.TextOrJson();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        CoverageBench bench = Failures.usage(
                spec.commandLine(),
                () -> new CoverageBench(newcomers, items, met, spreads, battles, ties, seed.seed()));
        format.printFigures(bench.run());
        return CommandLine.ExitCode.OK;
    }
}
