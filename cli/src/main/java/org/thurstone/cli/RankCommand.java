package org.thurstone.cli;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.thurstone.data.AtomicFile;
import org.thurstone.rank.Inference;
import org.thurstone.rank.audit.AuditSettings;
import org.thurstone.rank.board.Anchor;
import org.thurstone.rank.board.BoardReport;
import org.thurstone.rank.board.BoardRequest;
import org.thurstone.rank.board.RankingModels;
import org.thurstone.rank.file.VoteReadOptions;
import org.thurstone.recipe.Catalogue;
import org.thurstone.report.JsonText;
import org.thurstone.report.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thurstone rank}: ranks items from votes, battles, matches or orders, with intervals. */
@Command(
        name = "rank",
        description = {
            "Rank items from votes, battles, matches or orders.",
            "Prints ratings with intervals, and the places that each item may have. Files are CSV, JSON or Parquet"
                    + " with one row per battle, PrefLib (soc, soi, toc, toi, wmd) or Thurstone's own comparisons, gzipped"
                    + " or not."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone rank battles.csv --output board.html",
            "  thurstone rank battles.jsonl --ties davidson --control length,markdown",
            "  thurstone rank matches.csv --winner winner_name --loser loser_name \\",
            "      --when date --method bradley-terry,bt-decay",
            "  thurstone rank 2017.csv --winner winner_name --loser loser_name \\",
            "      --when date --method elo,glicko2,bt-decay --predict 2018.csv",
            "  thurstone rank votes.csv --bootstrap 1000 --bootstrap-by annotator",
            "  thurstone rank votes.csv --audit --output board.html",
            "  thurstone rank votes.csv --save board.json",
            "  thurstone rank votes.csv --item-features models.csv",
            "  thurstone rank battles.csv --balance-pairs 50 --by language",
            "  thurstone rank sushi.soc --method plackett-luce --format json"
        })
final class RankCommand implements Callable<Integer> {

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description =
                    "Votes, battles, matches or orders: files, patterns such as matches_20*.csv, or - for standard"
                            + " input. Several files are ranked together.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--method",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "NAME,…",
            description =
                    "Ranking method; several, separated by commas, are shown side by side (default: bradley-terry, for"
                            + " orders plackett-luce). All: thurstone methods --kind ranking")
    private List<String> methods = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "Set a parameter of the methods that have it, such as ridge=0.1 or bt-decay.half-life=90; may be"
                            + " repeated.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--ties",
            paramLabel = "KIND",
            description =
                    "Model of ties: half, davidson or rao-kupper; threshold for thurstone-mosteller, drop for average-win-rate (default:"
                            + " half).")
    private Optional<String> ties = Optional.empty();

    @Option(names = "--home", description = "Estimate an advantage of the left (home) item.")
    private boolean home;

    @Option(
            names = "--balance-pairs",
            paramLabel = "N",
            description =
                    "Let unevenly sampled pairs count the same: a battle counts as one over the battles of its pair, or over"
                            + " N if the pair has fewer (bradley-terry only; arena-rank has N = 50).")
    private Optional<Double> balance = Optional.empty();

    @Option(
            names = "--item-features",
            paramLabel = "FILE",
            description =
                    "File with a row per item, whose numbers enter the strengths; effects are reported with errors and p-values"
                            + " (implies --method bt-features).")
    private Optional<Path> itemFeatures = Optional.empty();

    @Mixin
    private final VoteOptions votes = new VoteOptions();

    @Option(
            names = "--ci",
            defaultValue = "95",
            paramLabel = "PERCENT",
            description = "Confidence level of intervals and places, in percent (default: ${DEFAULT-VALUE}).")
    private double level = 95;

    @Option(
            names = "--intervals",
            paramLabel = "KIND",
            description =
                    "Kind of intervals: none, auto, sandwich, fisher, likelihood-ratio or bootstrap (default: auto, which is"
                            + " sandwich where an item has enough battles for it).")
    private Optional<String> intervals = Optional.empty();

    @Option(
            names = "--bootstrap",
            paramLabel = "N",
            description = "Compute intervals from N bootstrap resamples; implies --intervals bootstrap.")
    private Optional<Integer> bootstrap = Optional.empty();

    @Option(
            names = "--bootstrap-by",
            defaultValue = "battle",
            paramLabel = "UNIT",
            description = "Unit of resampling: battle, annotator or prompt (default: ${DEFAULT-VALUE}).")
    private Inference.Unit unit = Inference.Unit.BATTLE;

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Option(
            names = "--provisional",
            defaultValue = "10",
            paramLabel = "N",
            description = "Mark items with fewer battles as provisional (default: ${DEFAULT-VALUE}).")
    private double provisional = Inference.PROVISIONAL;

    @Option(names = "--elo", description = "Show ratings on the Elo scale: 1000 + 400·log10 of the odds.")
    private boolean elo;

    @Option(
            names = "--anchor",
            paramLabel = "ITEM=RATING",
            description = "Give an item this rating; all others move with it.")
    private Optional<String> anchor = Optional.empty();

    @Option(
            names = "--contrast",
            arity = "2",
            paramLabel = "ITEM",
            description = "Report the difference of two items with its interval and p-value; may be repeated.")
    private List<String> contrasts = new ArrayList<>();

    @Option(
            names = "--uncertainty",
            description =
                    "Report standard errors, quasi-standard errors, the probability of being best and the distribution of"
                            + " ranks per item; JSON also has the covariance.")
    private boolean uncertainty;

    @Option(
            names = "--sensitivity",
            description = "Find the fewest votes whose removal changes the top item (bradley-terry only).")
    private boolean sensitivity;

    @Option(
            names = "--audit",
            description =
                    "Audit the order (bradley-terry only): what of it the votes carry, and what would turn it over.")
    private boolean audit;

    @Option(
            names = "--audit-threshold",
            paramLabel = "PROBE=NUMBER",
            description =
                    "Figure beyond which a probe of the audit raises a flag, such as neighbours=0.25; may be repeated.")
    private Map<String, Double> thresholds = new LinkedHashMap<>();

    @Option(
            names = "--compare",
            paramLabel = "FILE",
            description =
                    "Ranking to compare with, a .json or .csv file that --output wrote; reports how far the two agree.")
    private Optional<Path> compare = Optional.empty();

    @Option(
            names = "--predict",
            paramLabel = "FILE",
            description =
                    "Held-out battles; reports log-loss, Brier score and accuracy of each method, of a coin and of the home"
                            + " advantage alone.")
    private Optional<Path> predict = Optional.empty();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "File to write: .csv, .html (a self-contained page) or .json; may be repeated.")
    private List<Path> outputs = new ArrayList<>();

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "File to keep the board in, with its votes and settings, for thurstone board: .json.")
    private Optional<Path> save = Optional.empty();

    @Mixin
    private final Format.OfBoards format = new Format.OfBoards();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    @Override
    public Integer call() {
        OutputFiles.check(spec, outputs, List.of(".csv", ".html", ".json"));
        save.ifPresent(to -> OutputFiles.check(spec, "--save", List.of(to), List.of(".json")));
        Inference inference = inference();
        VoteReadOptions reading = votes.reading(home);
        try (VoteInput input = VoteInput.of(files, System.in)) {
            input.remarks().forEach(remark -> format.progress().println(remark));
            BoardRequest request =
                    new BoardRequest(input.files(), reading, chosen(input.files()), inference, elo, extras());
            if (sensitivity && request.bradleyTerry().isEmpty()) {
                throw usage("--sensitivity is for --method bradley-terry");
            }
            if (audit && request.bradleyTerry().isEmpty()) {
                throw usage("--audit is for --method bradley-terry");
            }
            BoardReport report = input.read(request::answer);
            save.ifPresent(to -> request.save(report, to));
            print(report, input);
        }
        return CommandLine.ExitCode.OK;
    }

    private BoardRequest.Extras extras() {
        BoardRequest.Extras extras = new BoardRequest.Extras(sensitivity, page(), compare, predict, details());
        if (!audit && thresholds.isEmpty()) {
            return extras;
        }
        if (!audit) {
            throw usage("--audit-threshold needs --audit");
        }
        AuditSettings usual =
                AuditSettings.DEFAULT.withLevel(inference().level()).withSeed(seed.seed());
        return extras.with(Failures.usage(spec.commandLine(), "--audit-threshold", () -> {
            AuditSettings settings = usual;
            for (Map.Entry<String, Double> each : thresholds.entrySet()) {
                settings = settings.with(each.getKey(), each.getValue());
            }
            return settings;
        }));
    }

    private void print(BoardReport report, VoteInput input) {
        outputs.forEach(to -> write(report, to));
        PrintWriter out = spec.commandLine().getOut();
        switch (format.form()) {
            case JSON -> format.print(report.document());
            case CSV -> out.print(report.csv());
            case HTML -> out.print(report.page(Version.current()).html());
            case TEXT -> out.print(input.named(report.text()));
        }
        Stream.concat(outputs.stream(), save.stream())
                .forEach(to -> format.progress().println("written: " + to));
    }

    private BoardRequest.Details details() {
        List<List<String>> pairs = new ArrayList<>();
        for (int k = 0; k + 1 < contrasts.size(); k += 2) {
            pairs.add(contrasts.subList(k, k + 2));
        }
        return Failures.usage(
                spec.commandLine(),
                "--anchor",
                () -> new BoardRequest.Details(anchor.map(Anchor::parse), uncertainty, pairs));
    }

    private static void write(BoardReport report, Path to) {
        switch (OutputFiles.ending(to)) {
            case ".csv" -> AtomicFile.write(to, report.csv());
            case ".json" -> AtomicFile.write(to, JsonText.of(report.document()) + "\n");
            default -> report.page(Version.current()).write(to);
        }
    }

    private boolean page() {
        return format.form() == Format.OfBoards.BoardForm.HTML
                || outputs.stream().anyMatch(to -> OutputFiles.ending(to).equals(".html"));
    }

    private Inference inference() {
        if (level > 0 && level < 1) {
            throw usage("--ci is a percentage: --ci "
                    + new BigDecimal(Double.toString(level))
                            .movePointRight(2)
                            .stripTrailingZeros()
                            .toPlainString() + " gives intervals of that level, not --ci " + level);
        }
        if (!(level >= 1 && level < 100)) {
            throw usage("--ci is " + level + ", not a percentage between 0 and 100");
        }
        if (bootstrap.isPresent() && bootstrap.get() < 20) {
            throw usage("--bootstrap " + bootstrap.get() + " is too few resamples for an interval; use 200 or more");
        }
        Inference.Intervals kind = intervals
                .map(word -> Stream.of(Inference.Intervals.values())
                        .filter(k ->
                                k.name().equals(word.toUpperCase(Locale.ROOT).replace('-', '_')))
                        .findFirst()
                        .orElseThrow(() -> usage("there are no \"" + word
                                + "\" intervals; there are none, auto, sandwich, fisher, likelihood-ratio and"
                                + " bootstrap")))
                .orElse(bootstrap.isPresent() ? Inference.Intervals.BOOTSTRAP : Inference.Intervals.AUTO);
        if (!(provisional >= 0)) {
            throw usage("--provisional is " + provisional + " battles, not at least 0");
        }
        ConsoleProgress progress = ConsoleProgress.of(spec.commandLine().getErr());
        return new Inference(level / 100, kind, bootstrap.orElse(1000), unit, seed.seed())
                .withProvisional(provisional)
                .with((done, total) -> progress.step("resample", done, total, ""));
    }

    private static String byDefault(Path file) {
        boolean orders = file.getFileName().toString().matches("(?i).*\\.(soc|soi|toc|toi)(\\.gz)?");
        return orders ? "plackett-luce" : "bradley-terry";
    }

    private List<BoardRequest.Named> chosen(List<Path> read) {
        List<String> names = !methods.isEmpty()
                ? methods
                : itemFeatures.isPresent() ? List.of("bt-features") : List.of(byDefault(read.getFirst()));
        List<String> all = new ArrayList<>(settings);
        ties.ifPresent(kind -> all.add("ties=" + kind));
        if (home) {
            all.add("home=true");
        }
        itemFeatures.ifPresent(file -> all.add("features=" + file));
        balance.ifPresent(least -> all.add("balance=" + least));
        return Failures.usage(spec.commandLine(), () -> new RankingModels(Catalogue.installed()).of(names, all));
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
