package org.thurstone.lab.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.lab.Check;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Trial;
import org.thurstone.lab.Verdict;
import org.thurstone.lab.book.Campaign.Rerun;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;
import org.thurstone.report.Lines;
import org.thurstone.report.Series;

/** Many replications in a row: one that fails, one that is known, a budget, and the pages. */
class CampaignTest {

    @TempDir
    private Path directory;

    /** What every fake one says. */
    interface Fake extends Replication {
        @Override
        default Description about() {
            return new Description("Something holds.", "nowhere", "everything");
        }
    }

    @Method(name = "breaks", kind = "replication", papers = "2407.00617", summary = "breaks")
    record Breaks() implements Fake {
        @Override
        public Findings experiment(Trial trial) {
            throw new IllegalStateException("out of luck");
        }
    }

    @Method(name = "works", kind = "replication", papers = "2403.00409", source = "somewhere", summary = "works")
    record Works() implements Fake {
        @Override
        public Findings experiment(Trial trial) {
            double[] values = {trial.random("a", 0).nextDouble(), 2, 3};
            Measured measured = Measured.of(values);
            return new Findings(
                    List.of(new Figures(
                            "a | b",
                            "c",
                            List.of("d"),
                            List.of(Figures.Row.of("e", measured), Figures.Row.of("f", Measured.of(1))),
                            2)),
                    List.of(new Lines(
                            "g", "", Axis.of("h"), Axis.of("i"), List.of(Series.of("j", List.of(measured.at(1)))))),
                    List.of(Check.core("k", trial.seed() != 14), Check.also("l", trial.seed() == 14)),
                    List.of("m"));
        }
    }

    private static final List<Entry> ENTRIES = Entry.all(Catalogue.of(List.of(Works.class, Breaks.class)));

    private List<Campaign.Outcome> run(Optional<Duration> budget, boolean again) {
        return new Campaign(Optional.of(new Notebook(directory)), budget, again ? Rerun.ALWAYS : Rerun.IF_CHANGED)
                .run(ENTRIES, Trial.smoke(3), outcome -> {});
    }

    @Test
    void failureDoesNotStopTheOthersAndCachedResultsAreNotRepeated() throws IOException {
        List<Campaign.Outcome> first = run(Optional.empty(), false);
        assertThat(first).extracting(o -> o.entry().name()).containsExactly("breaks", "works");
        assertThat(first.get(0).failed()).isTrue();
        assertThat(first.get(0).problem().orElseThrow()).contains("out of luck");
        assertThat(first.get(1).result().orElseThrow().verdict()).isEqualTo(Verdict.PARTLY);
        List<Campaign.Outcome> second = run(Optional.empty(), false);
        assertThat(second.get(1).how()).isEqualTo(Campaign.How.KNOWN);
        assertThat(second.get(1).result()).isEqualTo(first.get(1).result());
        assertThat(run(Optional.empty(), true).get(1).how()).isEqualTo(Campaign.How.RUN);
        new Notebook(directory).index(ENTRIES);
        assertThat(Files.readString(directory.resolve("README.md")))
                .contains("[arXiv:2403.00409](https://arxiv.org/abs/2403.00409) | [works](works.md) | partly |")
                .contains("[arXiv:2407.00617](https://arxiv.org/abs/2407.00617) | breaks | not yet |");
        assertThat(Files.readString(directory.resolve("works.md")))
                .contains("Something holds.", "**a | b**", "does not hold**: l", "works.svg", "| f | 1.00 |");
        assertThat(directory.resolve("works.svg")).exists();
    }

    @Test
    void nothingIsStartedAfterTheBudgetIsSpent() {
        List<Campaign.Outcome> outcomes = run(Optional.of(Duration.ZERO), false);
        assertThat(outcomes).allMatch(o -> o.result().isEmpty() && !o.failed());
    }

    @Test
    void resultsOfFurtherSeedsAreAddedToThePage() throws IOException {
        Notebook notebook = new Notebook(directory);
        for (long seed : new long[] {4, 3, 14, 5}) {
            Campaign campaign = new Campaign(Optional.of(notebook), Optional.empty(), Rerun.IF_CHANGED);
            assertThat(campaign.run(ENTRIES, Trial.smoke(seed), outcome -> {})
                            .get(1)
                            .how())
                    .isEqualTo(Campaign.How.RUN);
        }
        notebook.index(ENTRIES);
        // Seed 14 turns both checks round.
        assertThat(Files.readString(directory.resolve("works.md")))
                .contains(
                        "**Verdict: partly**",
                        "Seed 3,",
                        "With seed 4 and the same checks: **partly**; every check has the same outcome.",
                        "With seed 14 and the same checks: **not replicated**; does not hold: k; " + "holds: l.",
                        "works.svg");
        assertThat(Files.readString(directory.resolve("README.md")))
                .contains("Of 1 replications that were run with another seed and the same checks, 0 have the same"
                        + " verdict.")
                .contains("| partly | the same, the same, not replicated |");
        assertThat(run(Optional.empty(), false).get(1).how())
                .as("seed 3 is still known")
                .isEqualTo(Campaign.How.KNOWN);
    }

    @Test
    void afterAChangeOfCodeEqualSmokeFiguresKeepAResult() {
        Notebook notebook = new Notebook(directory);
        Entry works = ENTRIES.get(1);
        Trial full = Trial.smoke(3).as(3, false);
        Campaign campaign = new Campaign(Optional.of(notebook), Optional.empty(), Rerun.IF_CHANGED);
        Result first = campaign.run(List.of(works), full, outcome -> {})
                .getFirst()
                .result()
                .orElseThrow();
        assertThat(notebook.stale(works)).isEmpty();

        notebook.keep(works, changed(first, "0ther", first.smokeFigures()));
        assertThat(notebook.stale(works)).hasSize(1);
        Campaign.Outcome kept =
                campaign.run(List.of(works), full, outcome -> {}).getFirst();
        assertThat(kept.how()).isEqualTo(Campaign.How.CONFIRMED);
        assertThat(kept.result().orElseThrow().edition()).isEqualTo("0ther");
        assertThat(kept.result().orElseThrow().confirmed()).contains(works.edition());
        assertThat(notebook.stale(works)).isEmpty();
        assertThat(notebook.page(works))
                .content()
                .contains("edition `0ther`; the smoke version of edition `" + works.edition()
                        + "` gives exactly the same figures");

        notebook.keep(works, changed(first, "0ther", "other figures"));
        Campaign.Outcome unconfirmed = new Campaign(Optional.of(notebook), Optional.empty(), Rerun.NEVER)
                .run(List.of(works), full, outcome -> {})
                .getFirst();
        assertThat(unconfirmed.how()).isEqualTo(Campaign.How.CHANGED);
        assertThat(unconfirmed.problem().orElseThrow())
                .contains("the figures of the smoke version differ", "seed 3", "stays stale");
        assertThat(notebook.stale(works)).hasSize(1);
        Campaign.Outcome run = campaign.run(List.of(works), full, outcome -> {}).getFirst();
        assertThat(run.how()).isEqualTo(Campaign.How.RUN);
        assertThat(run.result().orElseThrow().edition()).isEqualTo(works.edition());
        assertThat(run.result().orElseThrow().smokeFigures()).isEqualTo(first.smokeFigures());
    }

    private static Result changed(Result r, String edition, String smokeFigures) {
        return new Result(
                r.name(),
                edition,
                smokeFigures,
                Optional.empty(),
                r.seed(),
                r.smoke(),
                r.seconds(),
                r.verdict(),
                r.findings());
    }
}
