package org.thurstone.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thurstone.lab.Ablation;
import org.thurstone.lab.Check;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Trial;
import org.thurstone.lab.book.Campaign;
import org.thurstone.lab.book.Entry;
import org.thurstone.lab.book.Notebook;
import org.thurstone.lab.book.Result;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Recipe;
import org.thurstone.report.Cell;
import org.thurstone.report.Table;
import org.thurstone.report.Table.Column;
import org.thurstone.report.TerminalTable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thurstone replicate}: tests claims of papers in worlds with known truth. */
@Command(
        name = "replicate",
        description = {
            "Test claims of papers in worlds with known truth.",
            "Prints the claim, figures with intervals and a verdict, and writes a page with plots. Replications with a"
                    + " cached result for this code and seed are skipped; results for other seeds are added to the page.",
            "If the code has changed, the smoke version (a small run) is run first; if its figures are the same to the"
                    + " last bit, the result is confirmed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone replicate --list            list replications, verdicts",
            "  thurstone replicate flipped-labels    run one",
            "  thurstone replicate flipped-labels --seed 7",
            "  thurstone replicate flipped-labels --ablate dpo",
            "  thurstone replicate all --budget 2h   run all, or resume",
            "  thurstone replicate --stale           update stale results",
            "  thurstone replicate --confirm         only by smoke versions"
        })
final class ReplicateCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..*",
            paramLabel = "NAME",
            description = "Names of replications, arXiv ids of papers, or \"all\".")
    private List<String> wanted = new ArrayList<>();

    @Option(names = "--list", description = "List all replications with their verdicts; run nothing.")
    private boolean list;

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            description = "Start no further replication after this time, such as 90m or 2h.")
    private Optional<String> budget = Optional.empty();

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Directory for results and pages (default: docs/replications; none for a smoke run).")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--smoke", description = "Run the smoke versions, which take seconds.")
    private boolean smoke;

    @Option(names = "--force", description = "Run replications again that already have a result.")
    private boolean force;

    @Option(
            names = "--stale",
            description =
                    "Update results of replications whose code has changed: confirm them by the smoke version, or run"
                            + " them again with their recorded seed. Without NAME, all replications.")
    private boolean stale;

    @Option(
            names = "--confirm",
            description =
                    "Like --stale, but run only smoke versions: a result is confirmed if its figures are the same to"
                            + " the last bit; otherwise it stays stale (exit code 1).")
    private boolean confirm;

    @Option(
            names = "--ablate",
            paramLabel = "METHOD",
            description =
                    "Replace the method under test by dpo or none; its checks should then fail. No result is saved.")
    private Optional<Ablate> ablate = Optional.empty();

    @Mixin
    private final Format.TextOrJson format = new Format.TextOrJson();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    /** A replication in the output of {@code --list}. */
    record Listed(List<String> papers, String name, String about, String verdict, String again, String page) {}

    /** The outcome of a replication. */
    record Ran(String name, Optional<Result> result, Optional<String> problem) {}

    record Budget(Duration budget) {}

    /** Replacements of the method under test. */
    enum Ablate {
        DPO,
        NONE
    }

    @Override
    public Integer call() {
        Ablation instead = ablate.map(a -> a == Ablate.DPO ? Ablation.DPO : Ablation.NOTHING)
                .orElse(Ablation.ITSELF);
        List<Entry> all = Entry.all(Catalogue.installed());
        Notebook pages = new Notebook(output.orElse(Path.of("docs", "replications")));
        if (list) {
            return list(pages, all);
        }
        boolean recorded = stale || confirm;
        if (recorded && (smoke || force || instead != Ablation.ITSELF)) {
            throw new ParameterException(
                    spec.commandLine(),
                    (confirm ? "--confirm" : "--stale")
                            + " repeats recorded runs: it takes no --smoke, --force or --ablate");
        }
        List<Entry> chosen = recorded && wanted.isEmpty() ? all : chosen(all);
        boolean kept = instead == Ablation.ITSELF && (!smoke || output.isPresent());
        Optional<Notebook> notebook = kept ? Optional.of(pages) : Optional.empty();
        ConsoleProgress progress = ConsoleProgress.of(format.progress());
        Trial trial = new Trial(seed.seed(), smoke, instead, shared(), progress);
        Optional<Duration> time = budget.map(b -> Recipe.parse("", "thurstone replicate")
                .with("budget=" + b)
                .bind(Budget.class, Catalogue.installed())
                .budget());
        List<Campaign.Task> tasks = chosen.stream()
                .flatMap(entry -> recorded
                        ? pages.stale(entry).stream().map(r -> new Campaign.Task(entry, trial.as(r.seed(), r.smoke())))
                        : Stream.of(new Campaign.Task(entry, trial)))
                .toList();
        Campaign.Rerun rerun =
                force ? Campaign.Rerun.ALWAYS : confirm ? Campaign.Rerun.NEVER : Campaign.Rerun.IF_CHANGED;
        List<Campaign.Outcome> outcomes = new Campaign(notebook, time, rerun).run(tasks, outcome -> {
            progress.clear();
            print(outcome, pages, format.progress());
        });
        notebook.ifPresent(n -> n.index(all));
        if (format.json()) {
            format.print(outcomes.stream()
                    .map(o -> new Ran(o.entry().name(), o.result(), o.problem()))
                    .toList());
        } else if (outcomes.size() > 1) {
            spec.commandLine().getOut().print(TerminalTable.of(summary(outcomes), false));
        }
        return outcomes.stream().anyMatch(o -> o.failed() || o.how() == Campaign.How.CHANGED)
                ? Failures.FAILED
                : CommandLine.ExitCode.OK;
    }

    /** Real data: where the variable says, or next to the current directory. */
    private static Optional<Path> shared() {
        Path nextDoor = Path.of("..", "shared");
        return Optional.ofNullable(System.getenv("THURSTONE_SHARED"))
                .map(Path::of)
                .or(() -> Files.isDirectory(nextDoor) ? Optional.of(nextDoor) : Optional.empty());
    }

    private List<Entry> chosen(List<Entry> all) {
        if (wanted.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "a name is missing: the name of a replication, or all; --list shows the names");
        }
        if (wanted.equals(List.of("all"))) {
            return all;
        }
        List<Entry> chosen = new ArrayList<>();
        for (String word : wanted) {
            List<Entry> meant = all.stream()
                    .filter(e -> e.name().equals(word) || e.part().papers().contains(word.replaceFirst("^arXiv:", "")))
                    .toList();
            if (meant.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "there is no replication \"" + word + "\"; thurstone replicate --list shows the names");
            }
            chosen.addAll(meant);
        }
        return chosen;
    }

    private int list(Notebook notebook, List<Entry> all) {
        List<Listed> listed = notebook.lines(all).stream()
                .map(l -> new Listed(
                        l.entry().part().papers(),
                        l.entry().name(),
                        l.about(),
                        l.verdict(),
                        l.repeated(),
                        page(notebook.stale(l.entry()), l)))
                .toList();
        if (format.json()) {
            format.print(listed);
        } else {
            Table table = new Table(
                    "",
                    "",
                    List.of(
                            Column.text("name"),
                            Column.text("arXiv"),
                            Column.text("claim"),
                            Column.text("verdict"),
                            Column.text("with another seed"),
                            Column.text("page")),
                    listed.stream()
                            .map(l -> List.of(
                                    Cell.text(l.name()),
                                    Cell.text(String.join(", ", l.papers())),
                                    Cell.text(l.about()),
                                    Cell.text(l.verdict()),
                                    Cell.text(l.again()),
                                    Cell.text(l.page())))
                            .toList());
            spec.commandLine().getOut().print(TerminalTable.of(table, false));
        }
        return CommandLine.ExitCode.OK;
    }

    /** Whether the page was written by the present code. */
    private static String page(List<Result> stale, Notebook.Line line) {
        if (line.result().isEmpty()) {
            return "";
        }
        return stale.isEmpty()
                ? "current"
                : "stale (seed "
                        + stale.stream().map(r -> String.valueOf(r.seed())).collect(Collectors.joining(", ")) + ")";
    }

    private static void print(Campaign.Outcome outcome, Notebook notebook, PrintWriter told) {
        outcome.problem().ifPresent(p -> told.println(outcome.entry().name() + ": no result: " + p));
        outcome.result().ifPresent(result -> {
            if (outcome.how() != Campaign.How.RUN) {
                told.println(outcome.entry().name() + ": "
                        + result.verdict().words() + " (existing result"
                        + (outcome.how() == Campaign.How.CONFIRMED ? ", confirmed by the smoke version: " : ": ")
                        + notebook.page(outcome.entry()) + "; --force runs it again)");
                return;
            }
            told.println(
                    "Claim: " + outcome.entry().replication().about().claim().strip());
            for (Figures f : result.findings().figures()) {
                told.println();
                told.print(TerminalTable.of(f.table(), false));
            }
            told.println();
            for (Check c : result.findings().checks()) {
                told.println((c.holds() ? "  holds          " : "  does not hold  ") + c.says());
            }
            result.findings().notes().forEach(n -> told.println("  " + n));
            told.println("Verdict: " + result.verdict().words() + (result.smoke() ? " (smoke version)" : ""));
            told.println();
        });
        told.flush();
    }

    private static Table summary(List<Campaign.Outcome> outcomes) {
        return new Table(
                "",
                "",
                List.of(Column.text("replication"), Column.text("claim"), Column.text("verdict")),
                outcomes.stream()
                        .map(o -> List.of(
                                Cell.text(o.entry().name()),
                                Cell.text(o.entry().part().summary()),
                                Cell.text(o.result()
                                        .map(r -> r.verdict().words())
                                        .orElse("no result: " + o.problem().orElse("")))))
                        .toList());
    }
}
