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
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Trial;
import org.thurstone.lab.Verdict;
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
        default String claim() {
            return "Something holds.";
        }

        @Override
        default String world() {
            return "nowhere";
        }

        @Override
        default String differs() {
            return "everything";
        }
    }

    @Method(name = "breaks", kind = "replication", rows = 11, summary = "breaks")
    record Breaks() implements Fake {
        @Override
        public Findings experiment(Trial trial) {
            throw new IllegalStateException("out of luck");
        }
    }

    @Method(name = "works", kind = "replication", rows = 59, source = "somewhere", summary = "works")
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
                    List.of(Check.core("k", true), Check.also("l", false)),
                    List.of("m"));
        }
    }

    private static final List<Entry> ENTRIES = Entry.all(Catalogue.of(List.of(Works.class, Breaks.class)));

    private List<Campaign.Outcome> run(Optional<Duration> budget, boolean again) {
        return new Campaign(Optional.of(new Notebook(directory)), budget, again)
                .run(ENTRIES, Trial.smoke(3), outcome -> {});
    }

    @Test
    void oneThatFailsDoesNotStopTheOthersAndOneThatIsKnownIsNotRunAgain() throws IOException {
        List<Campaign.Outcome> first = run(Optional.empty(), false);
        assertThat(first).extracting(o -> o.entry().name()).containsExactly("breaks", "works");
        assertThat(first.get(0).failed()).isTrue();
        assertThat(first.get(0).problem().orElseThrow()).contains("out of luck");
        assertThat(first.get(1).result().orElseThrow().verdict()).isEqualTo(Verdict.PARTLY);
        List<Campaign.Outcome> second = run(Optional.empty(), false);
        assertThat(second.get(1).fresh()).isFalse();
        assertThat(second.get(1).result()).isEqualTo(first.get(1).result());
        assertThat(run(Optional.empty(), true).get(1).fresh()).isTrue();
        new Notebook(directory).index(ENTRIES);
        assertThat(Files.readString(directory.resolve("README.md")))
                .contains("| 59 | [works](059-works.md) | partly |")
                .contains("| 11 | breaks | not yet |")
                .contains("| 58 | EGPO | not yet |");
        assertThat(Files.readString(directory.resolve("059-works.md")))
                .contains("Something holds.", "**a | b**", "does not hold**: l", "059-works.svg", "| f | 1.00 |");
        assertThat(directory.resolve("059-works.svg")).exists();
    }

    @Test
    void whereTheBudgetIsSpentNothingIsBegun() {
        List<Campaign.Outcome> outcomes = run(Optional.of(Duration.ZERO), false);
        assertThat(outcomes).allMatch(o -> o.result().isEmpty() && !o.failed());
    }

    @Test
    void aSeedOfItsOwnIsAnotherResult() {
        run(Optional.empty(), false);
        Campaign other = new Campaign(Optional.of(new Notebook(directory)), Optional.empty(), false);
        assertThat(other.run(ENTRIES, Trial.smoke(4), outcome -> {}).get(1).fresh())
                .isTrue();
    }
}
