package org.thurstone.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battles;
import org.thurstone.rank.bench.RankBench;
import org.thurstone.rank.file.VoteFiles;
import org.thurstone.rank.file.VoteReadOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thurstone bench rank}: times Bradley–Terry on random battles or on those of a file. */
@Command(
        name = "rank",
        description = {
            "Time Bradley–Terry: counting, the fit and a bootstrap.",
            "The fit includes sandwich intervals. Battles are random; with FILE, its battles are used for both the fit and the bootstrap."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  thurstone bench rank", "  thurstone bench rank battles.csv --bootstrap 100"})
final class BenchRankCommand implements Callable<Integer> {

    @Option(
            names = "--battles",
            defaultValue = "10000000",
            paramLabel = "N",
            description = "Battles to count and fit (default: ${DEFAULT-VALUE}).")
    private int battles = 10_000_000;

    @Option(
            names = "--items",
            defaultValue = "1000",
            paramLabel = "N",
            description = "Items in the battles (default: ${DEFAULT-VALUE}).")
    private int items = 1000;

    @Option(
            names = "--bootstrap-battles",
            defaultValue = "100000",
            paramLabel = "N",
            description = "Battles in the bootstrap (default: ${DEFAULT-VALUE}).")
    private int drawnBattles = 100_000;

    @Option(
            names = "--bootstrap-items",
            defaultValue = "100",
            paramLabel = "N",
            description = "Items in the bootstrap (default: ${DEFAULT-VALUE}).")
    private int drawnItems = 100;

    @Option(
            names = "--bootstrap",
            defaultValue = "1000",
            paramLabel = "N",
            description = "Bootstrap resamples (default: ${DEFAULT-VALUE}).")
    private int draws = 1000;

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            defaultValue = "3",
            description =
                    "Repeat counting and fitting for this long, at least three times; reports medians (default: ${DEFAULT-VALUE}).")
    private double seconds = 3;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "Battles to rank (default: random battles).")
    private Optional<Path> file = Optional.empty();

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Mixin
    private final Format.TextOrJson format = new Format.TextOrJson();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        RankBench bench = Failures.usage(
                spec.commandLine(),
                () -> new RankBench(battles, items, drawnBattles, drawnItems, draws, seconds, seed.seed()));
        format.printFigures(file.isEmpty() ? bench.run() : bench.run(battles(file.get())));
        return CommandLine.ExitCode.OK;
    }

    private static Battles battles(Path path) {
        return switch (VoteFiles.read(path, VoteReadOptions.USUAL).votes()) {
            case Battles battles -> battles;
            default -> throw new UserError(path + " does not hold battles one by one");
        };
    }
}
