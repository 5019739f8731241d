package org.thurstone.cli;

import java.io.PrintWriter;
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

/** {@code thurstone replicate}: does it do what the paper says? */
@Command(
        name = "replicate",
        description = {
            "Try what a paper says on a small world whose truth is known: prints the claim, figures with 95 % intervals and a verdict,",
            "and writes a page with plots. A replication with a result of the same code and seed is not run again; after a change of",
            "code its smoke version is run first, and where that gives the same figures, bit for bit, the result is kept.",
            "Results for other seeds are added to the page."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone replicate --list             all rows, with their verdicts so far",
            "  thurstone replicate 59                 rDPO under label flips",
            "  thurstone replicate 59 --seed 7        the same with other randomness: does it keep its verdict?",
            "  thurstone replicate 59 --instead dpo   the same with plain DPO in its place: the claim should fall",
            "  thurstone replicate all --budget 2h    all of them, going on where it was stopped",
            "  thurstone replicate --stale            confirm or run again what is of other code, with the recorded seeds",
            "  thurstone replicate --confirm          confirm it where smoke figures are equal; run nothing in full"
        })
final class ReplicateCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..*",
            paramLabel = "ROW",
            description = "Rows of the catalogue, names of replications, or \"all\".")
    private List<String> wanted = new ArrayList<>();

    @Option(names = "--list", description = "List all rows, with what came of them so far; runs nothing.")
    private boolean list;

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            description = "Begin no other row after this time, such as 90m or 2h.")
    private Optional<String> budget = Optional.empty();

    @Option(names = "--seed", defaultValue = "1", description = "All randomness comes from it (default: 1).")
    private long seed = 1;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where results and pages go (default: docs/replications; nowhere for a smoke run).")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--smoke", description = "The small versions, of seconds, that the build runs.")
    private boolean smoke;

    @Option(names = "--again", description = "Run also what has a result.")
    private boolean again;

    @Option(
            names = "--stale",
            description =
                    "Only results of other code than there is now, each with its recorded seed; of all rows unless some are named.")
    private boolean stale;

    @Option(
            names = "--confirm",
            description = {
                "Like --stale, but run smoke versions alone: a result is kept where they give the same figures to the last bit,",
                "and stays stale otherwise (exit code 1)."
            })
    private boolean confirm;

    @Option(
            names = "--instead",
            paramLabel = "METHOD",
            defaultValue = "itself",
            description =
                    "dpo or nothing: put that in the place of the method under test, to see the claim fall. Keeps no result.")
    private Ablation instead = Ablation.ITSELF;

    @Mixin
    private final Json json = new Json();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it in
    private CommandSpec spec;

    /** A line of the list. */
    record Listed(int row, String name, String about, String verdict, String again, String page) {}

    /** What became of a row. */
    record Ran(int row, String name, Optional<Result> result, Optional<String> problem) {}

    record Budget(Duration budget) {}

    @Override
    public Integer call() {
        List<Entry> all = Entry.all(Catalogue.installed());
        Notebook pages = new Notebook(out.orElse(Path.of("docs", "replications")));
        if (list) {
            return list(pages, all);
        }
        boolean recorded = stale || confirm;
        if (recorded && (smoke || again || instead != Ablation.ITSELF)) {
            throw new ParameterException(
                    spec.commandLine(),
                    (confirm ? "--confirm" : "--stale")
                            + " runs what was recorded: it takes no --smoke, --again or --instead");
        }
        List<Entry> chosen = recorded && wanted.isEmpty() ? all : chosen(all);
        boolean kept = instead == Ablation.ITSELF && (!smoke || out.isPresent());
        Optional<Notebook> notebook = kept ? Optional.of(pages) : Optional.empty();
        ConsoleProgress progress = ConsoleProgress.of(json.progress());
        Trial trial = new Trial(seed, smoke, instead, shared(), progress);
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
                again ? Campaign.Rerun.ALWAYS : confirm ? Campaign.Rerun.NEVER : Campaign.Rerun.IF_CHANGED;
        List<Campaign.Outcome> outcomes = new Campaign(notebook, time, rerun).run(tasks, outcome -> {
            progress.clear();
            print(outcome, pages, json.progress());
        });
        notebook.ifPresent(n -> n.index(all));
        if (json.wanted()) {
            json.print(outcomes.stream()
                    .map(o -> new Ran(o.entry().row(), o.entry().name(), o.result(), o.problem()))
                    .toList());
        } else if (outcomes.size() > 1) {
            spec.commandLine().getOut().print(TerminalTable.of(summary(outcomes), false));
        }
        return outcomes.stream().anyMatch(o -> o.failed() || o.how() == Campaign.How.CHANGED)
                ? Failures.FAILED
                : CommandLine.ExitCode.OK;
    }

    private static Optional<Path> shared() {
        return Optional.ofNullable(System.getenv("THURSTONE_SHARED")).map(Path::of);
    }

    private List<Entry> chosen(List<Entry> all) {
        if (wanted.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "which row? a number, a name, or \"all\"; --list shows what there is");
        }
        if (wanted.equals(List.of("all"))) {
            return all;
        }
        List<Entry> chosen = new ArrayList<>();
        for (String word : wanted) {
            List<Entry> meant = all.stream()
                    .filter(e -> e.name().equals(word)
                            || e.part().rows().stream()
                                    .anyMatch(r -> r.toString().equals(word)))
                    .toList();
            if (meant.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "there is no replication of \"" + word + "\"; thurstone replicate --list shows what there is");
            }
            chosen.addAll(meant);
        }
        return chosen;
    }

    private int list(Notebook notebook, List<Entry> all) {
        List<Listed> listed = notebook.lines(all).stream()
                .map(l -> new Listed(
                        l.row(),
                        l.entry().map(Entry::name).orElse(""),
                        l.about(),
                        l.verdict(),
                        l.repeated(),
                        l.entry().map(e -> page(notebook.stale(e), l)).orElse("")))
                .toList();
        if (json.wanted()) {
            json.print(listed);
        } else {
            Table table = new Table(
                    "",
                    "",
                    List.of(
                            Column.number("row"),
                            Column.text("name"),
                            Column.text("what is tried"),
                            Column.text("verdict"),
                            Column.text("with another seed"),
                            Column.text("page")),
                    listed.stream()
                            .map(l -> List.of(
                                    Cell.count(l.row()),
                                    Cell.text(l.name()),
                                    Cell.text(l.about()),
                                    Cell.text(l.verdict()),
                                    Cell.text(l.again()),
                                    Cell.text(l.page())))
                            .toList());
            spec.commandLine().getOut().print(TerminalTable.of(table, false));
        }
        return CommandLine.ExitCode.OK;
    }

    /** Whether the page is of the code that there is now. */
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
        outcome.problem()
                .ifPresent(p -> told.println(
                        "row " + outcome.entry().row() + ", " + outcome.entry().name() + ": no result: " + p));
        outcome.result().ifPresent(result -> {
            if (outcome.how() != Campaign.How.RUN) {
                told.println("row " + outcome.entry().row() + ": "
                        + result.verdict().words() + " (as found before"
                        + (outcome.how() == Campaign.How.CONFIRMED
                                ? ", and confirmed: the smoke version gives the same figures: "
                                : ": ")
                        + notebook.page(outcome.entry()) + "; --again runs it anew)");
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
                List.of(Column.number("row"), Column.text("what was tried"), Column.text("verdict")),
                outcomes.stream()
                        .map(o -> List.of(
                                Cell.count(o.entry().row()),
                                Cell.text(o.entry().part().summary()),
                                Cell.text(o.result()
                                        .map(r -> r.verdict().words())
                                        .orElse("no result: " + o.problem().orElse("")))))
                        .toList());
    }
}
