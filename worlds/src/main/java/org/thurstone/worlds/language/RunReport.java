package org.thurstone.worlds.language;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.thurstone.data.Count;
import org.thurstone.loop.Round;
import org.thurstone.loop.evaluation.Evaluation;
import org.thurstone.loop.metrics.MetricsRow;
import org.thurstone.loop.run.Seeds;
import org.thurstone.report.Axis;
import org.thurstone.report.Cell;
import org.thurstone.report.Code;
import org.thurstone.report.Facts;
import org.thurstone.report.Headline;
import org.thurstone.report.Lines;
import org.thurstone.report.Panels;
import org.thurstone.report.Point;
import org.thurstone.report.Report;
import org.thurstone.report.Samples;
import org.thurstone.report.Section;
import org.thurstone.report.Series;
import org.thurstone.report.Table;
import org.thurstone.report.Table.Column;
import org.thurstone.report.TerminalTable;
import org.thurstone.statistics.Estimate;
import org.thurstone.train.loss.ImplicitReward;
import org.thurstone.worlds.language.IterativeRun.BaselineResult;
import org.thurstone.worlds.language.IterativeRun.Outcome;

/** The report of a run: tables for the terminal, the page, and warnings. */
public final class RunReport {

    /** Names of scores that are shares of held-out prompts. */
    private static final Set<String> SHARES = Set.of("accuracy", "pass rate");

    private final RunRecipe recipe;
    private final String resolved;
    private final Outcome outcome;
    private final List<MetricsRow> metrics;
    private final String version;

    /**
     * @param resolved the recipe as stored in the run directory
     * @param metrics the metrics that its training logged
     */
    public RunReport(RunRecipe recipe, String resolved, Outcome outcome, List<MetricsRow> metrics, String version) {
        this.recipe = recipe;
        this.resolved = resolved;
        this.outcome = outcome;
        this.metrics = List.copyOf(metrics);
        this.version = version;
    }

    /** @param styled whether the terminal shows bold and faint */
    public String terminal(boolean styled) {
        StringBuilder text = new StringBuilder(TerminalTable.of(iterations(), styled));
        if (!outcome.baselines().isEmpty()) {
            text.append('\n').append(TerminalTable.of(baselines(), styled));
        }
        outcomes().forEach(table -> text.append('\n').append(TerminalTable.of(table, styled)));
        if (!outcome.respondents().isEmpty()) {
            text.append('\n').append(TerminalTable.of(respondents(), styled));
        }
        if (!outcome.models().isEmpty()) {
            text.append('\n').append(TerminalTable.of(outcome.models().table(), styled));
        }
        warnings().forEach(w -> text.append('\n').append(w.line()).append('\n'));
        return text.toString();
    }

    public void write(Path file) {
        List<Section> sections = new ArrayList<>(List.of(headline()));
        warnings().forEach(w -> sections.add(w.note()));
        if (scored()) {
            sections.add(scores());
        }
        sections.add(iterations());
        if (!outcome.baselines().isEmpty()) {
            sections.add(baselines());
        }
        sections.addAll(outcomes());
        sections.add(movement());
        if (!outcome.respondents().isEmpty()) {
            sections.add(respondents());
        }
        if (!outcome.models().isEmpty()) {
            sections.add(outcome.models().table());
        }
        sections.add(samples());
        sections.add(new Code(
                "Recipe",
                "All settings, defaults included. With this version, this recipe repeats the run.",
                resolved));
        sections.add(facts());
        new Report("Thurstone run", subtitle(), sections, version).write(file);
    }

    private String subtitle() {
        return recipe.plan();
    }

    private Evaluation first() {
        return outcome.rounds().getFirst().evaluation();
    }

    private Evaluation last() {
        return outcome.rounds().getLast().evaluation();
    }

    private int labels() {
        return outcome.rounds().stream().mapToInt(Round::labels).sum();
    }

    private Headline headline() {
        List<Headline.Figure> figures = new ArrayList<>();
        String sentence = scored()
                ? scoreSentence(figures)
                : "Over %s and %s, without a judge: the figures show how far the policy moved and how diverse its completions are."
                        .formatted(Count.of(outcome.rounds().size() - 1, "iteration"), Count.of(labels(), "label"));
        last().greedy()
                .ifPresent(g -> figures.add(new Headline.Figure(
                        shown(g),
                        "greedy " + outcome.scoreName(),
                        "was " + shown(first().greedy().orElse(Double.NaN)))));
        last().winRate()
                .ifPresent(w -> figures.add(new Headline.Figure(
                        decimals(100 * w.mean(), 1) + " %",
                        "preferred to the initial policy",
                        "%s; 95 %% interval %s – %s %%"
                                .formatted(
                                        Count.of(w.count(), "pair"),
                                        decimals(100 * w.low(), 1),
                                        decimals(100 * w.high(), 1)))));
        figures.add(new Headline.Figure(
                decimals(last().klToStart(), 1), "nats from the initial policy", "per completion, sampled"));
        if (diverse()) {
            figures.add(new Headline.Figure(
                    decimals(last().distinct2() / first().distinct2(), 2),
                    "distinct-2",
                    "as a share of the initial policy's"));
        }
        return new Headline(sentence, figures);
    }

    private String scoreSentence(List<Headline.Figure> figures) {
        Estimate before = first().score().orElseThrow();
        Estimate after = last().score().orElseThrow();
        boolean apart = after.low() > before.high() || after.high() < before.low();
        String change = apart ? (after.mean() > before.mean() ? "rose" : "fell") : "did not change significantly,";
        figures.add(new Headline.Figure(
                shown(after.mean()),
                "sampled " + outcome.scoreName(),
                "was " + shown(before.mean()) + "; 95 % interval " + shown(after.low()) + " – " + shown(after.high())));
        return "Over %s and %s, sampled %s on %s %s from %s to %s."
                .formatted(
                        Count.of(outcome.rounds().size() - 1, "iteration"),
                        Count.of(labels(), "label"),
                        outcome.scoreName(),
                        Count.of(after.count(), "held-out prompt"),
                        change,
                        shown(before.mean()),
                        shown(after.mean()));
    }

    /** Whether a judge has scored. */
    private boolean scored() {
        return first().score().isPresent() && last().score().isPresent();
    }

    /** Whether distinct-2 can be computed, which needs completions of several words. */
    private boolean diverse() {
        return !Double.isNaN(first().distinct2());
    }

    /** Whether scores are shares, which are shown in percent. */
    private boolean shares() {
        return SHARES.contains(outcome.scoreName());
    }

    private String shown(double score) {
        return shares() ? decimals(100 * score, 1) + " %" : decimals(score, 3);
    }

    private static String decimals(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + (Math.abs(value) >= 1000 ? 0 : decimals) + "f", value);
    }

    private Cell cell(Estimate score) {
        return shares()
                ? Cell.percent(score.mean(), score.low(), score.high())
                : Cell.number(score.mean(), score.low(), score.high(), 3);
    }

    private static Cell winRate(Evaluation e) {
        return e.winRate().map(w -> Cell.percent(w.mean(), w.low(), w.high())).orElse(Cell.missing());
    }

    private Cell estimate(Optional<Estimate> score) {
        return score.map(this::cell).orElse(Cell.missing());
    }

    private Cell cell(OptionalDouble score) {
        return score.isEmpty()
                ? Cell.missing()
                : shares() ? Cell.percent(score.getAsDouble()) : Cell.number(score.getAsDouble(), 3);
    }

    private Table iterations() {
        List<Column> columns = new ArrayList<>(List.of(
                Column.number("iteration"), Column.number("labels"), Column.highest("sampled " + outcome.scoreName())));
        boolean greedy = first().greedy().isPresent();
        boolean luck = outcome.rounds().stream().anyMatch(r -> r.lucky().isPresent());
        if (greedy) {
            columns.add(Column.highest("greedy"));
        }
        boolean compared =
                outcome.rounds().stream().anyMatch(r -> r.evaluation().winRate().isPresent());
        if (compared) {
            columns.add(Column.highest("win rate"));
        }
        columns.addAll(List.of(Column.number("mean length"), Column.number("KL to start")));
        if (diverse()) {
            columns.add(Column.number("distinct-2"));
        }
        boolean perplexity = first().perplexity().isPresent();
        if (perplexity) {
            columns.add(Column.number("perplexity"));
        }
        if (luck) {
            columns.add(Column.number("lucky"));
        }
        columns.add(Column.number("tokens/s"));
        List<List<Cell>> rows = new ArrayList<>();
        for (Round round : outcome.rounds()) {
            Evaluation e = round.evaluation();
            List<Cell> row = new ArrayList<>(
                    List.of(Cell.count(round.iteration()), Cell.count(round.labels()), estimate(e.score())));
            if (greedy) {
                row.add(cell(e.greedy()));
            }
            if (compared) {
                row.add(winRate(e));
            }
            row.addAll(List.of(Cell.number(e.meanLength(), 1), Cell.number(e.klToStart(), 2)));
            if (diverse()) {
                row.add(Cell.number(e.distinct2(), 3));
            }
            if (perplexity) {
                row.add(e.perplexity().isPresent() ? Cell.number(e.perplexity().getAsDouble(), 2) : Cell.missing());
            }
            if (luck) {
                row.add(round.lucky().isPresent() ? Cell.percent(round.lucky().getAsDouble()) : Cell.missing());
            }
            row.add(Cell.count(Math.round(e.tokensPerSecond())));
            rows.add(row);
        }
        String caption = "Means with 95 % intervals over " + heldOut()
                + " held-out prompts, one sample per prompt; KL to the initial policy in nats per completion;"
                + " tokens/s: speed of sampling"
                + (compared
                        ? "; win rate: share of comparisons in which the annotator preferred the policy to the initial"
                                + " policy, ties counting half"
                        : "")
                + (perplexity ? "; perplexity: per token of a plain text" : "")
                + (luck ? "; lucky: correct answers with an incorrect derivation, among those trained on" : "") + ".";
        return new Table("Iterations", caption, columns, rows);
    }

    private Table baselines() {
        List<Column> columns = new ArrayList<>(List.of(
                Column.text("what"),
                Column.number("labels"),
                Column.highest("sampled " + outcome.scoreName()),
                Column.number("mean length"),
                Column.number("KL to start")));
        if (diverse()) {
            columns.add(Column.number("distinct-2"));
        }
        if (first().perplexity().isPresent()) {
            columns.add(Column.number("perplexity"));
        }
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(baselineRow("initial policy", 0, first()));
        rows.add(baselineRow("this recipe", labels(), last()));
        for (BaselineResult held : outcome.baselines()) {
            rows.add(baselineRow(
                    held.title(),
                    held.rounds().stream().mapToInt(Round::labels).sum(),
                    held.rounds().getLast().evaluation()));
        }
        return new Table(
                "Baselines",
                "The same prompts, seeds and number of labels. Differences within the intervals are not significant.",
                columns,
                rows);
    }

    /** What became of the answers of the first and the last policy, where the task can tell. */
    private List<Table> outcomes() {
        if (first().outcomes().isEmpty() || last().outcomes().isEmpty()) {
            return List.of();
        }
        OutcomeTables tables = new OutcomeTables(
                first().outcomes().orElseThrow(), last().outcomes().orElseThrow());
        return List.of(tables.summary(new Seeds(recipe.seed()).of("report/gain")), tables.sources(), tables.kinds());
    }

    private String heldOut() {
        return last().score().map(score -> Long.toString(score.count())).orElse("the");
    }

    /** The number of questions to each respondent, and how they ended. */
    private Table respondents() {
        List<List<Cell>> rows = new ArrayList<>();
        outcome.respondents()
                .forEach((who, t) -> rows.add(List.of(
                        Cell.text(who),
                        Cell.count(t.asked()),
                        Cell.count(t.attempts()),
                        Cell.count(t.answered()),
                        Cell.count(t.abstained()),
                        Cell.count(t.failed()),
                        Cell.number(t.cost().amount(), 2))));
        return new Table(
                "Respondents",
                "Judges, verifiers and annotators, with the number of questions that they were asked and the outcomes."
                        + " No question is asked twice.",
                List.of(
                        Column.text("respondent"),
                        Column.number("asked"),
                        Column.number("attempts"),
                        Column.number("answered"),
                        Column.number("abstained"),
                        Column.number("failed"),
                        Column.number("cost")),
                rows);
    }

    private List<Cell> baselineRow(String what, int labels, Evaluation e) {
        List<Cell> row = new ArrayList<>(List.of(
                Cell.text(what),
                Cell.count(labels),
                estimate(e.score()),
                Cell.number(e.meanLength(), 1),
                Cell.number(e.klToStart(), 2)));
        if (diverse()) {
            row.add(Cell.number(e.distinct2(), 3));
        }
        if (first().perplexity().isPresent()) {
            row.add(e.perplexity().isPresent() ? Cell.number(e.perplexity().getAsDouble(), 2) : Cell.missing());
        }
        return row;
    }

    private Lines scores() {
        List<Series> series = new ArrayList<>();
        series.add(Series.of("this recipe", points(outcome.rounds(), Optional.empty())));
        for (BaselineResult held : outcome.baselines()) {
            if (held.rounds().size() > 1) {
                series.add(Series.control(
                        held.title(),
                        points(held.rounds(), Optional.of(outcome.rounds().getFirst()))));
            } else {
                series.add(Series.level(
                        held.title(),
                        held.rounds()
                                .getFirst()
                                .evaluation()
                                .score()
                                .map(Estimate::mean)
                                .orElse(Double.NaN),
                        0,
                        outcome.rounds().size() - 1));
            }
        }
        return new Lines(
                "Sampled " + outcome.scoreName() + " on held-out prompts",
                "Bars are 95 % intervals; dashed lines are baselines.",
                Axis.of("iteration"),
                shares() ? Axis.percent(outcome.scoreName()) : Axis.of(outcome.scoreName()),
                series);
    }

    private static List<Point> points(List<Round> rounds, Optional<Round> start) {
        List<Round> all = new ArrayList<>(start.stream().toList());
        all.addAll(rounds);
        return all.stream()
                .flatMap(r -> r.evaluation().score().stream()
                        .map(score -> Point.of(r.iteration(), score.mean(), score.low(), score.high())))
                .toList();
    }

    private Panels movement() {
        List<Section> curves = new ArrayList<>(List.of(
                curve("KL to the initial policy", "nats per completion", Evaluation::klToStart),
                curve("Mean length", "tokens", Evaluation::meanLength)));
        if (diverse()) {
            curves.add(curve("Distinct-2", "share of distinct word pairs", Evaluation::distinct2));
        }
        return new Panels("Change from the initial policy", curves);
    }

    private Lines curve(String title, String unit, ToDoubleFunction<Evaluation> value) {
        return new Lines(
                title,
                "",
                Axis.of("iteration"),
                Axis.of(unit).fromZero(),
                List.of(Series.of(
                        title,
                        outcome.rounds().stream()
                                .map(r -> Point.of(r.iteration(), value.applyAsDouble(r.evaluation())))
                                .toList())));
    }

    private Samples samples() {
        List<Samples.Sample> samples = new ArrayList<>();
        for (int i = 0; i < first().examples().size(); i++) {
            samples.add(new Samples.Sample(
                    first().examples().get(i).prompt(),
                    List.of(
                            answer("before", first().examples().get(i)),
                            answer("after", last().examples().get(i)))));
        }
        return new Samples(
                "Samples before and after training", "For the first held-out prompts, one sample each.", samples);
    }

    private Samples.Answer answer(String label, Evaluation.ExampleAnswer said) {
        boolean good = said.score().orElse(0) >= 0.5;
        Samples.Verdict verdict =
                said.score().isEmpty() ? Samples.Verdict.NEUTRAL : good ? Samples.Verdict.GOOD : Samples.Verdict.BAD;
        String badge = said.score().isEmpty()
                ? ""
                : shares()
                        ? (good ? "correct" : "incorrect")
                        : decimals(said.score().getAsDouble(), 2);
        return new Samples.Answer(label, said.answer(), verdict, badge);
    }

    /** Warnings about the run, in the order of the iterations. */
    public List<Warning> warnings() {
        Warnings limits = recipe.warnings();
        List<Warning> warnings = new ArrayList<>();
        for (Round round : outcome.rounds()) {
            String when = "after iteration " + round.iteration();
            Evaluation e = round.evaluation();
            limits.distinct2(when, e.distinct2() / first().distinct2()).ifPresent(warnings::add);
            limits.kl(when, "the initial policy", e.klToStart()).ifPresent(warnings::add);
            TrainingStage.of(metrics, round.iteration())
                    .ifPresent(stage -> stage.warnings(limits, when, reward()).forEach(warnings::add));
        }
        return warnings;
    }

    private Optional<ImplicitReward> reward() {
        return recipe instanceof LoopRecipe loop ? Optional.of(loop.loss().implicitReward()) : Optional.empty();
    }

    private Facts facts() {
        SequencedMap<String, String> facts = new LinkedHashMap<>();
        facts.put("seed", Long.toString(recipe.seed()));
        switch (recipe) {
            case LoopRecipe loop -> {
                facts.put("budgets", loop.budgets().toString());
                facts.put(
                        "candidate pairs",
                        outcome.rounds().stream()
                                .skip(1)
                                .map(r -> Integer.toString(r.candidates()))
                                .toList()
                                .toString());
            }
            case OnlineRecipe online -> facts.put("method", online.method().toString());
        }
        facts.put(
                "seconds per iteration, since it was last resumed",
                outcome.rounds().stream()
                        .map(r -> decimals(r.seconds(), 0))
                        .toList()
                        .toString());
        facts.put("Java", Runtime.version().toString());
        facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        return Facts.of("Facts", facts);
    }
}
