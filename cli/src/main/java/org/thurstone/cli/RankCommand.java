package org.thurstone.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.thurstone.cli.rank.BoardFile;
import org.thurstone.cli.rank.BoardPage;
import org.thurstone.cli.rank.Predictions;
import org.thurstone.cli.rank.RankCsv;
import org.thurstone.cli.rank.RankDocument;
import org.thurstone.cli.rank.RankModels;
import org.thurstone.cli.rank.RankTables;
import org.thurstone.cli.rank.Ranked;
import org.thurstone.cli.rank.VoteRanking;
import org.thurstone.data.UserError;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.certainty.Agreement;
import org.thurstone.rank.file.VoteFile;
import org.thurstone.rank.file.VoteFiles;
import org.thurstone.rank.pairs.BradleyTerry;
import org.thurstone.rank.pairs.Sensitivity;
import org.thurstone.recipe.Catalogue;
import org.thurstone.report.TerminalTable;
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

    private static final int SHOWN = 50;

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
        List<String> names = models.isEmpty() ? List.of(byDefault()) : models;
        List<RankingModel> chosen = chosen(names);
        boolean keep = html.isPresent()
                || inference.intervals() == Inference.Intervals.BOOTSTRAP
                || chosen.stream().anyMatch(m -> m.takes() != RankingModel.Form.COUNTS);
        VoteFile read = VoteFiles.read(file, votes.reading(keep));
        VoteRanking ranking = new VoteRanking(inference, elo);
        List<Ranked> all = new ArrayList<>();
        for (int m = 0; m < names.size(); m++) {
            all.add(ranking.rank(names.get(m), chosen.get(m), read));
        }
        Optional<Sensitivity> fewest = fewest(chosen, read);
        Board first = all.getFirst().board();
        Optional<Agreement> agreement = compare.map(other -> agreement(first, other));
        Optional<Predictions> predictions = predict.map(holdout ->
                Predictions.of(all, VoteFiles.read(holdout, votes.reading(true)).votes(), holdout));
        csv.ifPresent(to -> RankCsv.write(to, all));
        html.ifPresent(to -> new BoardPage(
                        file.getFileName().toString(), read, all, inference, fewest, agreement, Main.version())
                .report()
                .write(to));
        if (json.wanted()) {
            Map<String, Object> document = RankDocument.of(all);
            RankDocument.certainty(first, fewest, agreement, document);
            RankDocument.file(read, document);
            predictions.ifPresent(p -> document.put("predictions", p.document()));
            json.print(document);
        } else {
            print(read, all, fewest, agreement);
            predictions.ifPresent(p -> spec.commandLine().getOut().println("\n" + TerminalTable.of(p.table(), false)));
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

    private List<RankingModel> chosen(List<String> names) {
        List<String> all = new ArrayList<>(settings);
        ties.ifPresent(kind -> all.add("ties=" + kind));
        if (home) {
            all.add("home=true");
        }
        try {
            return new RankModels(Catalogue.installed()).of(names, all);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private Optional<Sensitivity> fewest(List<RankingModel> chosen, VoteFile read) {
        Optional<BradleyTerry> model = chosen.stream()
                .filter(BradleyTerry.class::isInstance)
                .map(BradleyTerry.class::cast)
                .findFirst();
        if (sensitivity && model.isEmpty()) {
            throw usage("--sensitivity is for --model bradley-terry");
        }
        return sensitivity || html.isPresent() ? model.flatMap(m -> Sensitivity.of(m, read.votes())) : Optional.empty();
    }

    private static Agreement agreement(Board board, Path other) {
        return Agreement.between(board, BoardFile.read(other))
                .orElseThrow(() ->
                        new UserError(other + " has fewer than two of the items, so that there is nothing to compare"));
    }

    private void print(VoteFile read, List<Ranked> all, Optional<Sensitivity> fewest, Optional<Agreement> agreement) {
        PrintWriter out = spec.commandLine().getOut();
        Board first = all.getFirst().board();
        out.printf(
                Locale.ROOT,
                "%s: %s of %,d items%n%n",
                file.getFileName(),
                RankTables.size(read.votes()),
                read.votes().items().size());
        if (all.size() > 1) {
            out.println(TerminalTable.of(
                    RankTables.sideBySide(all.stream().map(Ranked::board).toList(), SHOWN), false));
        } else {
            out.println(TerminalTable.of(RankTables.board(first.model(), first, SHOWN), false));
        }
        int hidden = first.standings().size() - SHOWN;
        if (hidden > 0) {
            out.println(hidden + " more; --csv or --json has all\n");
        }
        for (Ranked ranked : all) {
            RankTables.quantities(ranked.board().model(), ranked.board())
                    .ifPresent(table -> out.println(TerminalTable.of(table, false)));
            ranked.by()
                    .forEach((value, board) -> out.println(
                            TerminalTable.of(RankTables.board(value.isEmpty() ? "(none)" : value, board, 10), false)));
        }
        RankTables.certainty(first, fewest, agreement).forEach(out::println);
        read.remarks().forEach(remark -> out.println(remark + "."));
        all.forEach(ranked -> ranked.board()
                .remarks()
                .forEach(remark -> out.println((all.size() > 1 ? ranked.board().model() + ": " : "") + remark + ".")));
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
