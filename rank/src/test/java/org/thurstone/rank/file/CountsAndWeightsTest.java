package org.thurstone.rank.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Tally;
import org.thurstone.rank.Votes;
import org.thurstone.rank.board.Ranking;

/** Counts are frequencies, weights are not. */
class CountsAndWeightsTest {

    private static final String ROWS = """
            left,right,winner,n
            a,b,left,30
            a,b,right,10
            b,c,left,20
            b,c,right,20
            a,c,left,25
            a,c,right,15
            """;

    private static final VoteReadOptions COUNTED = VoteReadOptions.USUAL.with(Columns.USUAL.with(Role.COUNT, "n"));

    @TempDir
    private Path dir;

    @ParameterizedTest
    @EnumSource
    void countsGiveTheIntervalsOfTheRowsWrittenOut(Inference.Intervals intervals) throws IOException {
        Inference inference = Inference.DEFAULT.with(intervals).withDraws(100);
        for (boolean keep : List.of(false, true)) {
            Board counted = board(read(ROWS, COUNTED.keeping(keep)), inference, "bradley-terry");
            Board written = board(read(writtenOut(), VoteReadOptions.USUAL.keeping(keep)), inference, "bradley-terry");
            equal(counted, written);
            Standing a = counted.of("a").orElseThrow();
            if (intervals == Inference.Intervals.SANDWICH) {
                assertThat(a.rating()).isCloseTo(0.527, within(5e-4));
                assertThat(a.low()).isCloseTo(0.213, within(5e-4));
                assertThat(a.high()).isCloseTo(0.841, within(5e-4));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"elo", "trueskill", "plackett-luce", "copeland"})
    void countsAreTheRowsWrittenOutForEveryMethod(String method) throws IOException {
        equal(
                board(read(ROWS, COUNTED), Inference.DEFAULT, method),
                board(read(writtenOut(), VoteReadOptions.USUAL), Inference.DEFAULT, method));
    }

    /** A bootstrap draws from counts where every battle weighs the same; whether it does is known at the end of the file. */
    @Test
    void countsAreKeptWhereWeightsAreEqualAndBattlesWhereTheyDiffer() throws IOException {
        VoteReadOptions.Keep kept = VoteReadOptions.Keep.COUNTS_IF_UNWEIGHTED;
        VoteReadOptions weighted = VoteReadOptions.USUAL.with(Columns.USUAL.with(Role.WEIGHT, "n"));
        assertThat(read(ROWS, COUNTED.keeping(kept))).isInstanceOf(Tally.class);
        assertThat(read(writtenOut(), VoteReadOptions.USUAL.keeping(kept))).isInstanceOf(Tally.class);
        assertThat(read(ROWS, weighted.keeping(kept))).isInstanceOf(Battles.class);
        assertThat(read(ROWS, weighted.keeping(false))).isInstanceOf(Tally.class);
    }

    @Test
    void aWeightIsOneVoteThatSaysMore() throws IOException {
        VoteReadOptions weighted = VoteReadOptions.USUAL.with(Columns.USUAL.with(Role.WEIGHT, "n"));
        Board heavy = board(read(ROWS, weighted), Inference.DEFAULT, "bradley-terry");
        Board counted = board(read(ROWS, COUNTED), Inference.DEFAULT, "bradley-terry");
        Standing a = heavy.of("a").orElseThrow();
        assertThat(a.rating()).isCloseTo(counted.of("a").orElseThrow().rating(), within(1e-12));
        assertThat(a.high() - a.low())
                .isGreaterThan(2
                        * (counted.of("a").orElseThrow().high()
                                - counted.of("a").orElseThrow().low()));
        String tenfold = ROWS.replaceAll("(\\d)\\n", "$10\n");
        Standing scaled = board(read(tenfold, weighted), Inference.DEFAULT, "bradley-terry")
                .of("a")
                .orElseThrow();
        assertThat(scaled.low()).as("the unit of a weight does not matter").isCloseTo(a.low(), within(1e-9));
    }

    @Test
    void columnsThatAreMerelyCalledCountOrWeightAreNotUsed() throws IOException {
        for (String name : List.of("count", "weight", "Weight")) {
            VoteFile file = VoteFiles.read(write(ROWS.replace(",n\n", "," + name + "\n")), VoteReadOptions.USUAL);
            assertThat(file.votes().tally().total()).isEqualTo(6);
            assertThat(file.remarks())
                    .contains("Not read: " + name + " (6 rows)")
                    .anyMatch(r -> r.contains("is not used: --count " + name + " takes it as how often"));
        }
    }

    @Test
    void aCountIsAWholeNumber() throws IOException {
        assertThatThrownBy(() -> read(ROWS.replace("30", "2.5"), COUNTED))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(":2: \"n\" is 2.5; a count is a whole number");
        assertThatThrownBy(() -> read(ROWS.replace("30", "-3"), COUNTED))
                .hasMessageContaining("a count is a number from 0 to 1e9");
        assertThat(read(ROWS.replace("30", "0"), COUNTED).size()).isEqualTo(90);
    }

    /** Orders of PrefLib have counts, and these are frequencies in every method. */
    @Test
    void countsOfOrdersAreVoters() throws IOException {
        String header = "# ALTERNATIVE NAME 1: a\n# ALTERNATIVE NAME 2: b\n# ALTERNATIVE NAME 3: c\n";
        Path counted = Files.writeString(dir.resolve("v.soc"), header + "3: 1,2,3\n2: 2,3,1\n2: 3,1,2\n");
        Path written = Files.writeString(
                dir.resolve("w.soc"),
                header + "1: 1,2,3\n".repeat(3) + "1: 2,3,1\n".repeat(2) + "1: 3,1,2\n".repeat(2));
        for (String method : List.of("bradley-terry", "plackett-luce")) {
            equal(
                    board(VoteFiles.read(counted, VoteReadOptions.USUAL).votes(), Inference.DEFAULT, method),
                    board(VoteFiles.read(written, VoteReadOptions.USUAL).votes(), Inference.DEFAULT, method));
        }
        Path pairs = Files.writeString(dir.resolve("v.wmd"), header + "1,2,5\n2,1,3\n2,3,4\n3,2,2\n");
        assertThat(VoteFiles.read(pairs, VoteReadOptions.USUAL).votes().tally().unweighted())
                .isTrue();
    }

    private static void equal(Board one, Board other) {
        assertThat(one.standings().size()).isEqualTo(other.standings().size());
        for (Standing s : one.standings()) {
            Standing t = other.of(s.item()).orElseThrow();
            assertThat(s.rating()).isCloseTo(t.rating(), within(1e-9));
            assertThat(s.rank()).isEqualTo(t.rank());
            assertThat(s.best()).isEqualTo(t.best());
            assertThat(s.worst()).isEqualTo(t.worst());
            assertThat(Double.isNaN(s.low())).isEqualTo(Double.isNaN(t.low()));
            if (!Double.isNaN(s.low())) {
                assertThat(s.low()).isCloseTo(t.low(), within(1e-9));
                assertThat(s.high()).isCloseTo(t.high(), within(1e-9));
            }
        }
    }

    private static Board board(Votes votes, Inference inference, String method) {
        return Ranking.by(method).with(inference).of(votes);
    }

    private static String writtenOut() {
        StringBuilder out = new StringBuilder("left,right,winner\n");
        ROWS.lines().skip(1).forEach(row -> {
            int at = row.lastIndexOf(',');
            out.append((row.substring(0, at) + "\n").repeat(Integer.parseInt(row.substring(at + 1))));
        });
        return out.toString();
    }

    private Votes read(String text, VoteReadOptions options) throws IOException {
        return VoteFiles.read(write(text), options).votes();
    }

    private Path write(String text) throws IOException {
        return Files.writeString(dir.resolve("v.csv"), text);
    }
}
