package org.thurstone.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.thurstone.data.AtomicFile;
import org.thurstone.rank.Inference;
import org.thurstone.rank.board.BoardReport;
import org.thurstone.rank.board.BoardRequest;
import org.thurstone.rank.board.RankingModels;
import org.thurstone.recipe.Catalogue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thurstone rank}: who is best, and how sure that is. */
@Command(
        name = "rank",
        description = {
            "Rank what was compared: votes, battles, matches, A/B tests, orders of preference. With intervals, and"
                    + " with the",
            "places that each item may have. Files are CSV, JSON or Parquet with a row for each battle, PrefLib (.soc"
                    + " .soi .toc",
            ".toi .wmd), or Thurstone's own comparisons, gzipped or not."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone rank battles.csv --html board.html",
            "  thurstone rank battles.jsonl --ties davidson --control length,markdown --by language",
            "  thurstone rank matches.csv --winner winner_name --loser loser_name --when date --model"
                    + " bradley-terry,bt-decay",
            "  thurstone rank 2017.csv --winner winner_name --loser loser_name --when date --model elo,glicko2,bt-decay"
                    + " --predict 2018.csv",
            "  thurstone rank votes.csv --bootstrap 1000 --bootstrap-by annotator --json",
            "  thurstone rank sushi.soc --model plackett-luce"
        })
final class RankCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The votes.")
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private Path file;

    @Option(
            names = "--model",
            split = ",",
            paramLabel = "NAME",
            description = {
                "How to rank; several are put side by side (default: bradley-terry, for orders plackett-luce).",
                "All of them: thurstone methods --kind ranking"
            })
    private List<String> models = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Set a parameter of the models that have it, such as ridge=0.1 or bt-decay.half-life=90.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--ties",
            paramLabel = "KIND",
            description = "What becomes of ties: half, davidson, rao-kupper; threshold for thurstone-mosteller.")
    private Optional<String> ties = Optional.empty();

    @Option(names = "--home", description = "The left item may have an advantage, which is estimated.")
    private boolean home;

    @Mixin
    private final VoteOptions votes = new VoteOptions();

    @Option(
            names = "--ci",
            defaultValue = "95",
            paramLabel = "PERCENT",
            description = "The level of intervals and places (default: ${DEFAULT-VALUE}).")
    private double level = 95;

    @Option(
            names = "--intervals",
            paramLabel = "KIND",
            description = "none, sandwich, fisher, likelihood-ratio or bootstrap (default: sandwich).")
    private Optional<String> intervals = Optional.empty();

    @Option(
            names = "--bootstrap",
            paramLabel = "N",
            description = "Intervals from N draws with replacement (short for --intervals bootstrap).")
    private Optional<Integer> bootstrap = Optional.empty();

    @Option(
            names = "--bootstrap-by",
            defaultValue = "battle",
            paramLabel = "battle|annotator|prompt",
            description = "What is drawn (default: ${DEFAULT-VALUE}).")
    private Inference.Unit unit = Inference.Unit.BATTLE;

    @Option(names = "--seed", defaultValue = "1", description = "Of everything drawn (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--elo", description = "Show log-odds on Elo's scale: 1000 + 400·log10 of the odds.")
    private boolean elo;

    @Option(
            names = "--sensitivity",
            description = "Look for the fewest votes whose removal changes the top (Bradley–Terry).")
    private boolean sensitivity;

    @Option(
            names = "--compare",
            paramLabel = "FILE",
            description = "Another board, as --json or --csv wrote it: say how far the two agree.")
    private Optional<Path> compare = Optional.empty();

    @Option(
            names = "--predict",
            paramLabel = "FILE",
            description = "Battles that were not ranked: how well does each model foretell them?")
    private Optional<Path> predict = Optional.empty();

    @Option(names = "--csv", paramLabel = "FILE", description = "Write all boards as one CSV table.")
    private Optional<Path> csv = Optional.empty();

    @Option(names = "--html", paramLabel = "FILE", description = "Write a self-contained page with the whole picture.")
    private Optional<Path> html = Optional.empty();

    @Mixin
    private final Json json = new Json();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        Inference inference = inference();
        BoardRequest request = new BoardRequest(
                file,
                votes.reading(),
                chosen(),
                inference,
                elo,
                new BoardRequest.Extras(sensitivity, html.isPresent(), compare, predict));
        if (sensitivity && request.bradleyTerry().isEmpty()) {
            throw usage("--sensitivity is for --model bradley-terry");
        }
        BoardReport report = request.answer();
        csv.ifPresent(to -> AtomicFile.write(to, report.csv()));
        html.ifPresent(to -> report.page(Main.version()).write(to));
        if (json.wanted()) {
            json.print(report.document());
        } else {
            spec.commandLine().getOut().print(report.text());
        }
        Stream.of(csv, html)
                .flatMap(Optional::stream)
                .forEach(to -> json.progress().println("written: " + to));
        return CommandLine.ExitCode.OK;
    }

    private Inference inference() {
        if (!(level > 0 && level < 100)) {
            throw usage("--ci is " + level + ", not a percentage between 0 and 100");
        }
        if (bootstrap.isPresent() && bootstrap.get() < 20) {
            throw usage("--bootstrap " + bootstrap.get() + " is too few draws for an interval; take 200 or more");
        }
        Inference.Intervals kind = intervals
                .map(word -> Stream.of(Inference.Intervals.values())
                        .filter(k ->
                                k.name().equals(word.toUpperCase(Locale.ROOT).replace('-', '_')))
                        .findFirst()
                        .orElseThrow(() -> usage("there are no \"" + word
                                + "\" intervals; there are none, sandwich, fisher, likelihood-ratio and bootstrap")))
                .orElse(bootstrap.isPresent() ? Inference.Intervals.BOOTSTRAP : Inference.Intervals.SANDWICH);
        return new Inference(level / 100, kind, bootstrap.orElse(1000), unit, seed);
    }

    private String byDefault() {
        boolean orders = file.getFileName().toString().matches("(?i).*\\.(soc|soi|toc|toi)(\\.gz)?");
        return orders ? "plackett-luce" : "bradley-terry";
    }

    private List<BoardRequest.Named> chosen() {
        List<String> names = models.isEmpty() ? List.of(byDefault()) : models;
        List<String> all = new ArrayList<>(settings);
        ties.ifPresent(kind -> all.add("ties=" + kind));
        if (home) {
            all.add("home=true");
        }
        try {
            return new RankingModels(Catalogue.installed()).of(names, all);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
