package org.thurstone.lab.arithmetic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.thurstone.data.Disk;
import org.thurstone.data.UserError;
import org.thurstone.elicit.ledger.MemoryLedger;
import org.thurstone.loop.Progress;
import org.thurstone.loop.Round;
import org.thurstone.loop.metrics.MetricsLog;
import org.thurstone.loop.metrics.MetricsRow;
import org.thurstone.loop.run.RunDirectory;
import org.thurstone.loop.run.Seeds;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Recipe;
import org.thurstone.tensor.Device;
import org.thurstone.worlds.language.IterativeRun;
import org.thurstone.worlds.language.LoopRecipe;
import org.thurstone.worlds.language.ModelTrainer;
import org.thurstone.worlds.language.OpenedRecipe;

/**
 * Runs of the loop from one initial policy, in a temporary directory that is deleted on closing. Only the initial policy and the figures of the runs
 * are accessible.
 */
public final class Sums implements AutoCloseable {

    private static final Catalogue PARTS = Catalogue.installed();

    private final Path directory;
    private final Recipe recipe;
    private int runs;

    /**
     * The result of a run.
     *
     * @param metrics of its trainings, in their order
     */
    public record Run(IterativeRun.Outcome outcome, List<MetricsRow> metrics) {

        /** The share of held-out sums that the policy gets right, sampled at temperature 1: at the start and after each iteration. */
        public double[] accuracy() {
            return accuracy(outcome.rounds().stream());
        }

        /** The same of a baseline, which begins at the same start. */
        public double[] accuracy(int baseline) {
            return accuracy(Stream.concat(
                    outcome.rounds().stream().limit(1), outcome.baselines().get(baseline).rounds().stream()));
        }

        private static double[] accuracy(Stream<Round> rounds) {
            return rounds.mapToDouble(r -> r.evaluation().score().orElseThrow().mean())
                    .toArray();
        }
    }

    private Sums(Path directory, Recipe recipe) {
        this.directory = directory;
        this.recipe = recipe;
    }

    /**
     * Trains the policy that runs start from.
     *
     * @param recipe what runs have in common
     */
    public static Sums of(String recipe, long seed) {
        Path directory = created();
        Sums sums = new Sums(directory, Recipe.parse(recipe, "the sums").with("seed=" + seed));
        try (MetricsLog metrics = MetricsLog.open(directory.resolve("log"))) {
            ModelTrainer learning = new ModelTrainer(Device.CPU, metrics, Progress.SILENT);
            LoopRecipe bound = sums.recipe.bind(LoopRecipe.class, PARTS);
            Seeds seeds = new Seeds(seed);
            bound.task()
                    .open(seeds, Progress.SILENT)
                    .start(sums.start(), Optional.empty(), learning, seeds, Progress.SILENT);
        }
        return sums;
    }

    private static Path created() {
        try {
            Path directory = Files.createTempDirectory("thurstone-sums");
            Files.createDirectory(directory.resolve("start"));
            return directory;
        } catch (IOException e) {
            throw UserError.writing(Path.of(System.getProperty("java.io.tmpdir")), e);
        }
    }

    private Path start() {
        return directory.resolve("start");
    }

    /** @param settings as {@code --set} takes them */
    public Run run(String... settings) {
        Recipe set = recipe.with("model=" + start());
        for (String setting : settings) {
            set = set.with(setting);
        }
        LoopRecipe bound = set.bind(LoopRecipe.class, PARTS);
        try (RunDirectory run = RunDirectory.open(directory.resolve("run-" + runs++), Recipe.render(bound));
                MetricsLog metrics = MetricsLog.open(run.root())) {
            ModelTrainer learning = new ModelTrainer(Device.CPU, metrics, Progress.SILENT);
            IterativeRun.Outcome outcome = new IterativeRun(
                            OpenedRecipe.of(bound, Map.of(), directory.resolve("cache"), Progress.SILENT),
                            run,
                            new MemoryLedger(),
                            learning,
                            Progress.SILENT)
                    .run();
            return new Run(outcome, MetricsLog.read(run.path(MetricsLog.FILE)));
        }
    }

    @Override
    public void close() {
        try {
            Disk.deleteTree(directory);
        } catch (IOException e) {
            throw UserError.writing(directory, e);
        }
    }
}
