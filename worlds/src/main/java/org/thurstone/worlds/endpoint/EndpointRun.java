package org.thurstone.worlds.endpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.thurstone.data.Comparison;
import org.thurstone.data.Completions;
import org.thurstone.data.Count;
import org.thurstone.data.format.Examples;
import org.thurstone.elicit.Inquiry;
import org.thurstone.elicit.Ledger;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentSource.Opening;
import org.thurstone.elicit.ledger.FileLedger;
import org.thurstone.endpoint.Chat;
import org.thurstone.loop.Arm;
import org.thurstone.loop.Iteration;
import org.thurstone.loop.Loop;
import org.thurstone.loop.Progress;
import org.thurstone.loop.Stage;
import org.thurstone.loop.run.RunDirectory;
import org.thurstone.loop.run.Seeds;
import org.thurstone.loop.stage.LabelPairs;
import org.thurstone.loop.stage.MarginReference;
import org.thurstone.loop.stage.Outputs;
import org.thurstone.loop.stage.RateCompletions;
import org.thurstone.loop.stage.SampleCompletions;
import org.thurstone.loop.stage.SelectPairs;
import org.thurstone.recipe.Recipe;
import org.thurstone.report.Cell;
import org.thurstone.report.Code;
import org.thurstone.report.Facts;
import org.thurstone.report.Headline;
import org.thurstone.report.Report;
import org.thurstone.report.Section;
import org.thurstone.report.Table;
import org.thurstone.report.Table.Column;
import org.thurstone.report.TerminalTable;
import org.thurstone.report.Version;
import org.thurstone.worlds.language.AnsweringModels;
import org.thurstone.worlds.language.Inputs;
import org.thurstone.worlds.language.Judges;
import org.thurstone.worlds.language.LoopRecipe;
import org.thurstone.worlds.language.task.Task;

/**
 * Runs a recipe whose policy is behind an endpoint: samples, judges, pairs and labels, and writes all pairs to {@code pairs.jsonl}.
 *
 * @param cache a directory for data that is costly to compute and is reused by other runs
 * @param given respondents of the calling program, by their names in the recipe
 */
public record EndpointRun(EndpointRecipe recipe, Path cache, Map<String, Respondent> given) {

    /** The file of a run directory with all its pairs. */
    public static final String PAIRS = "pairs.jsonl";

    /**
     * A finished run.
     *
     * @param completions that were sampled
     * @param pairs that were labelled
     * @param respondents what was asked of each, by its key
     * @param models the models that answered
     * @param table for the terminal
     * @param page where its report lies
     */
    public record Finished(
            int completions,
            int pairs,
            Map<String, Ledger.Tally> respondents,
            AnsweringModels models,
            String table,
            Path page) {}

    /** With the cache of the user's home directory. */
    public static EndpointRun of(EndpointRecipe recipe) {
        return new EndpointRun(recipe, Path.of(System.getProperty("user.home"), ".cache", "thurstone"), Map.of());
    }

    /**
     * Runs, or resumes the run that was stopped or parked in this directory.
     *
     * @throws org.thurstone.elicit.Parked if questions wait for answers; call again once they are imported
     * @throws org.thurstone.data.UserError if an input cannot be used or has changed, or if too many questions stay without an answer
     */
    public Finished in(Path directory, Progress progress) {
        progress.say(recipe.notice());
        String resolved = Recipe.render(Recipe.deciding(recipe));
        Seeds seeds = new Seeds(recipe.seed());
        Task task = recipe.task().open(seeds, progress);
        Optional<Respondent> judge = recipe.judge()
                .map(source -> source.open(opening(seeds, Optional.empty(), task, progress)))
                .or(task::judge);
        Respondent annotator = recipe.annotator().open(opening(seeds, judge, task, progress));
        Judges.checkOpened(judge, annotator);
        var writer = recipe.chat().respondent(progress::say);
        try (RunDirectory run = RunDirectory.open(directory, resolved);
                FileLedger ledger = FileLedger.open(run.root(), run.id())) {
            progress.say((run.resumed() ? "resuming the run in " : "running in ") + directory);
            inputs().check(run, progress);
            Inquiry inquiry = new Inquiry(
                    ledger, seeds::of, recipe.asking().tolerance(), line -> progress.say("warning: " + line));
            EndpointWorld world = new EndpointWorld(task, inquiry, writer);
            List<Stage<Chat, ?>> stages = new ArrayList<>();
            stages.add(new SampleCompletions<>(world, recipe.prompts(), recipe.samples(), recipe.part()));
            judge.ifPresent(by -> stages.add(new RateCompletions<>(inquiry, by)));
            stages.add(new SelectPairs<>(
                    world,
                    judge.isPresent(),
                    recipe.pairing().orElseThrow(),
                    recipe.acquisition().orElseThrow(),
                    MarginReference.PREVIOUS,
                    recipe.budgets()));
            stages.add(new LabelPairs<>(
                    inquiry, annotator, recipe.asking().late() == LoopRecipe.Elicitation.LateAnswers.NEXT_ITERATION));
            List<Iteration<Chat>> iterations = new Loop<Chat>(run, seeds, progress)
                    .run(new Arm<>("", "this recipe", recipe.iterations(), stages, i -> recipe.chat()), recipe.chat());
            List<Comparison> pairs = iterations.stream()
                    .flatMap(i -> i.get(Outputs.COMPARISONS).stream())
                    .toList();
            Examples.write(run.path(PAIRS), pairs);
            return finished(run, ledger, iterations, pairs.size(), resolved);
        }
    }

    private Opening opening(Seeds seeds, Optional<Respondent> judge, Task task, Progress progress) {
        return new Opening(cache, seeds::of, judge, task.references(), given, progress::say);
    }

    private Inputs inputs() {
        Set<Path> paths = new LinkedHashSet<>(Recipe.paths(Recipe.deciding(recipe)));
        if (recipe.task() instanceof Record task && !recipe.task().files().isEmpty()) {
            paths.removeAll(Recipe.paths(task));
            paths.addAll(recipe.task().files());
        }
        return Inputs.of(new Nothing(), paths.stream(), Stream.empty());
    }

    /** A record without paths. */
    private record Nothing() {}

    private Finished finished(
            RunDirectory run, FileLedger ledger, List<Iteration<Chat>> iterations, int pairs, String resolved) {
        int completions = iterations.stream()
                .flatMap(i -> i.get(Outputs.COMPLETIONS).stream())
                .map(Completions::completions)
                .mapToInt(List::size)
                .sum();
        Map<String, Ledger.Tally> tallies = ledger.tallies();
        AnsweringModels models = AnsweringModels.of(ledger);
        Table respondents = respondents(tallies);
        List<Section> sections = new ArrayList<>();
        sections.add(new Headline(
                "%s from %s, paired and labelled. The model itself was not trained."
                        .formatted(
                                Count.of(completions, "completion"),
                                recipe.chat().title()),
                List.of(new Headline.Figure(Integer.toString(pairs), "labelled pairs", PAIRS))));
        sections.add(respondents);
        if (!models.isEmpty()) {
            sections.add(models.table());
        }
        sections.add(new Code("Recipe", "All settings that decide what is asked, defaults included.", resolved));
        sections.add(Facts.of("Facts", new java.util.LinkedHashMap<>(Map.of("seed", Long.toString(recipe.seed())))));
        Path page = run.path("report.html");
        new Report("Thurstone run", recipe.plan().summary(), sections, Version.current()).write(page);
        String text = TerminalTable.of(respondents, false)
                + (models.isEmpty() ? "" : "\n" + TerminalTable.of(models.table(), false));
        return new Finished(completions, pairs, tallies, models, text, page);
    }

    private static Table respondents(Map<String, Ledger.Tally> tallies) {
        List<List<Cell>> rows = new ArrayList<>();
        tallies.forEach((who, t) -> rows.add(List.of(
                Cell.text(who),
                Cell.count(t.asked()),
                Cell.count(t.attempts()),
                Cell.count(t.answered()),
                Cell.count(t.abstained()),
                Cell.count(t.failed()),
                Cell.count(t.cost().inputTokens()),
                Cell.count(t.cost().outputTokens()),
                Cell.number(t.cost().amount(), 4))));
        return new Table(
                "Respondents",
                "The model, judges and annotators, with the number of questions that they were asked and the outcomes."
                        + " No question is asked twice.",
                List.of(
                        Column.text("respondent"),
                        Column.number("asked"),
                        Column.number("attempts"),
                        Column.number("answered"),
                        Column.number("abstained"),
                        Column.number("failed"),
                        Column.number("tokens read"),
                        Column.number("written"),
                        Column.number("cost")),
                rows);
    }
}
