package org.thurstone.rank.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.SharedData;
import org.thurstone.rank.bench.PlantedBoard;
import org.thurstone.rank.pairs.BradleyTerry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuditTest {

    private static Audit audit(Battles battles) {
        return Audit.of(BradleyTerry.PLAIN, battles, AuditSettings.DEFAULT);
    }

    private static List<String> flags(Audit audit) {
        return audit.flagged().stream().map(Finding::probe).toList();
    }

    @ParameterizedTest
    @EnumSource
    void plantedDefectsAreFlaggedAndTheEvenBoardRaisesNothing(PlantedBoard board) {
        List<String> flags = flags(audit(board.battles(4711)));
        assertThat(flags).containsAll(board.planted());
        if (board == PlantedBoard.EVEN) {
            assertThat(flags).isEmpty();
        }
    }

    /** The boards of another program, with the figures that it computed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "even-board|",
                "too-few-votes|neighbours places",
                "first-slot-favoured|first first-order",
                "draw-prone-model|ties",
                "rock-paper-scissors|cycles",
                "two-separate-pools|connected",
                "lopsided-budget|spread",
                "a-few-power-voters|neighbours annotators",
                "one-loud-annotator|one-annotator neighbours annotators"
            })
    void plantedBoardsOfArenakitAreFlaggedWithItsFigures(String board, String planted) throws IOException {
        Path folder = SharedData.path("planted_boards");
        JsonNode expected = JsonMapper.shared()
                .readTree(folder.resolve("expected.json").toFile())
                .get(board)
                .get("probes");
        Audit audit = audit(read(folder.resolve(board + ".csv.gz")));
        if (planted == null) {
            assertThat(flags(audit)).isEmpty();
        } else {
            assertThat(flags(audit)).contains(planted.split(" "));
        }
        // Of 200 votes, its bootstrap has longer tails than the normal errors of the audit: one more pair is separated
        // here.
        boolean few = board.equals("too-few-votes");
        agrees(audit, "neighbours", expected, "separation", few ? 0.2 : 1e-6);
        agrees(audit, "places", expected, "rank_volatility", few ? 0.5 : 1e-6);
        agrees(audit, "connected", expected, "connectivity", 1e-6);
        agrees(audit, "spread", expected, "coverage_imbalance", 1e-6);
        agrees(audit, "first", expected, "position_bias", 0.005);
        agrees(audit, "cycles", expected, "intransitivity", 0.005);
        agrees(audit, "one-annotator", expected, "annotator_influence", 0.01);
    }

    @Test
    void whatTheVotesDoNotSayCannotBeAnsweredAndSaysWhy() {
        List<Battle> battles = new ArrayList<>();
        PlantedBoard.EVEN
                .battles(1)
                .where(b -> b < 400)
                .forEach(b -> battles.add(Battle.of(
                        min(b.left(), b.right()),
                        max(b.left(), b.right()),
                        b.outcome() == Outcome.TIE ? Outcome.LEFT : b.outcome())));
        Audit audit = audit(Battles.of(battles));
        assertThat(audit.unit()).isEqualTo("battle");
        assertThat(reason(audit, "annotators"))
                .isEqualTo("The votes have no annotators; name the column with --annotator.");
        assertThat(reason(audit, "one-prompt")).contains("--prompt");
        assertThat(reason(audit, "drift")).contains("--when");
        assertThat(reason(audit, "ties")).isEqualTo("No battle is a tie.");
        assertThat(reason(audit, "first"))
                .contains("100 % of the battles the left item is the first in alphabetical order");
        assertThat(audit.of("first").orElseThrow().figure()).isNaN();
    }

    private static String min(String a, String b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static String max(String a, String b) {
        return a.compareTo(b) < 0 ? b : a;
    }

    private static String reason(Audit audit, String probe) {
        Finding finding = audit.of(probe).orElseThrow();
        assertThat(finding.verdict()).isEqualTo(Finding.Verdict.CANNOT_BE_ANSWERED);
        return finding.sentence();
    }

    @Test
    void thresholdsCanBeSet() {
        Battles battles = PlantedBoard.LOPSIDED.battles(1);
        AuditSettings other = AuditSettings.DEFAULT.with("spread", 0.9);
        assertThat(Audit.of(BradleyTerry.PLAIN, battles, other)
                        .of("spread")
                        .orElseThrow()
                        .flagged())
                .isFalse();
        assertThat(audit(battles).of("spread").orElseThrow().flagged()).isTrue();
        assertThatThrownBy(() -> AuditSettings.DEFAULT.with("spraed", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there are: neighbours, places");
        assertThatThrownBy(() -> AuditSettings.DEFAULT.with("spread", Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void countsOfPairsAreRefused() {
        assertThatThrownBy(() -> Audit.of(
                        BradleyTerry.PLAIN, PlantedBoard.EVEN.battles(1).tally(), AuditSettings.DEFAULT))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("battles one by one");
    }

    @Test
    void seedsAndThreadsChangeNothing() {
        Battles battles = PlantedBoard.FEW_VOTES.battles(3);
        assertThat(audit(battles).findings()).isEqualTo(audit(battles).findings());
    }

    /** With all battles of a pair won by one item, only the others say how far it is ahead. */
    @Test
    void anAnnotatorWithoutWhomItemsCannotBeComparedIsFlagged() {
        List<Battle> battles = new ArrayList<>();
        for (int k = 0; k < 30; k++) {
            battles.add(Battle.of("a", "b", k % 3 == 0 ? Outcome.RIGHT : Outcome.LEFT)
                    .by("x" + k % 5));
            battles.add(Battle.of("b", "c", k % 3 == 0 ? Outcome.RIGHT : Outcome.LEFT)
                    .by("only"));
        }
        Finding finding = audit(Battles.of(battles)).of("one-annotator").orElseThrow();
        assertThat(finding.flagged()).isTrue();
        assertThat(finding.sentence()).isEqualTo("Without the annotator only, the items cannot be compared any more.");
    }

    /** By hand: 4 wins of 6 is a majority of the left item; two of four are none. */
    @Test
    void chancesOfMajoritiesAreBinomial() {
        assertThat(MajorityOdds.of(2, 0.5)).containsExactly(new double[] {0.25, 0.75}, within(1e-12));
        assertThat(MajorityOdds.of(3, 0.9)[0]).isCloseTo(0.1 * 0.1 * (0.1 + 3 * 0.9), within(1e-12));
        assertThat(MajorityOdds.of(0, 0.3)).containsExactly(0, 1);
        assertThat(MajorityOdds.of(20_001, 0.5)[0]).isCloseTo(0.5, within(1e-9));
    }

    /** The number of votes that halves a standard error, by hand: three times the information so far. */
    @Test
    void votesNeededGiveThePower() {
        double critical = 1.959963984540054;
        double gap = 0.5 * (critical + 0.8416212335729143);
        double perVote = 1 / ((1 + Math.exp(gap)) * (1 + Math.exp(-gap)));
        assertThat(VotesNeeded.needed(gap, 1, critical)).isEqualTo(Math.ceil(3 / perVote - 1e-9));
        assertThat(VotesNeeded.needed(0, 1, critical)).isInfinite();
    }

    /** Rows of model_a, model_b, winner, prompt and voter. */
    private static Battles read(Path file) throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return Battles.of(lines.lines()
                    .skip(1)
                    .map(line -> line.split(","))
                    .map(row -> Battle.of(row[0], row[1], outcome(row[2]))
                            .about(row[3])
                            .by(row[4]))
                    .toList());
        }
    }

    private static Outcome outcome(String winner) {
        return winner.equals("a") ? Outcome.LEFT : winner.equals("b") ? Outcome.RIGHT : Outcome.TIE;
    }

    private static void agrees(Audit audit, String probe, JsonNode expected, String theirs, double by) {
        JsonNode value = expected.get(theirs).get("value");
        if (!value.isNull()) {
            assertThat(audit.of(probe).orElseThrow().figure()).as(probe).isCloseTo(value.asDouble(), within(by));
        }
    }
}
