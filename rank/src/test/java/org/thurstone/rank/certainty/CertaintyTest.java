package org.thurstone.rank.certainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.Simulated;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Tally;
import org.thurstone.rank.pairs.BradleyTerry;
import org.thurstone.statistics.Logistic;
import org.thurstone.statistics.Normal;

class CertaintyTest {

    private static final double[] STRENGTHS = {-0.8, -0.2, 0, 0.3, 0.7};

    @Test
    void threeSeparatedPairsOfThreeAreSeparabilityOne() {
        Board board = board(standing("a", 3, 2.5, 3.5), standing("b", 2, 1.8, 2.6), standing("c", 0, -1, 1));
        assertThat(Separability.of(board)).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(Separability.of(board(standing("a", 1, Double.NaN, Double.NaN))))
                .isNaN();
    }

    @Test
    void agreementCountsTheGroups() {
        Board board = board(standing("a", 3, 2.5, 3.5), standing("b", 2, 1.8, 2.6), standing("c", 0, -1, 1));
        Board same = board(standing("a", 9, 8.5, 9.5), standing("b", 7, 6.5, 7.5), standing("c", 5, 4.5, 5.5));
        // Of the other's three pairs this one sets apart a–c and b–c, as the other does, and not a–b.
        Agreement agreement = Agreement.between(board, same).orElseThrow();
        assertThat(agreement.agreement()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(agreement.kendall()).isEqualTo(1);
        assertThat(agreement.spearman()).isCloseTo(1, within(1e-12));
        Board turned = board(standing("c", 9, 8.5, 9.5), standing("b", 7, 6.5, 7.5), standing("a", 5, 4.5, 5.5));
        assertThat(Agreement.between(board, turned).orElseThrow().agreement()).isCloseTo(-2 / 3.0, within(1e-12));
        assertThat(Agreement.between(board, turned).orElseThrow().spearman()).isCloseTo(-1, within(1e-12));
        assertThat(Agreement.between(board, board(standing("x", 1, 0, 2)))).isEmpty();
    }

    @Test
    void bootstrapOfCountsEqualsBootstrapOfBattles() {
        List<Battle> battles = Simulated.battles(STRENGTHS, 500, new SplittableRandom(3));
        Inference inference =
                Inference.DEFAULT.with(Inference.Intervals.BOOTSTRAP).withDraws(600);
        Board kept = BradleyTerry.PLAIN.rank(Battles.of(battles), inference);
        Board counted = BradleyTerry.PLAIN.rank(Tally.of(battles), inference);
        Board sandwich = BradleyTerry.PLAIN.rank(Tally.of(battles), Inference.DEFAULT);
        for (Standing s : sandwich.standings()) {
            for (Board board : List.of(kept, counted)) {
                Standing t = board.of(s.item()).orElseThrow();
                assertThat(t.rating()).isEqualTo(s.rating(), within(1e-9));
                assertThat((t.high() - t.low()) / (s.high() - s.low())).isBetween(0.85, 1.15);
            }
        }
        assertThat(BradleyTerry.PLAIN.rank(Battles.of(battles), inference).standings())
                .as("a seed gives the same draws")
                .isEqualTo(kept.standings());
    }

    /** Annotators who always vote alike make one vote of ten: intervals by annotator are about √10 wider. */
    @Test
    void aBootstrapByAnnotatorSeesThatVotesGoTogether() {
        List<Battle> votes = new ArrayList<>();
        int annotator = 0;
        for (Battle b : Simulated.battles(STRENGTHS, 200, new SplittableRandom(8))) {
            annotator++;
            for (int k = 0; k < 10; k++) {
                votes.add(b.by("annotator " + annotator).about("prompt " + annotator % 7));
            }
        }
        Inference byBattle =
                Inference.DEFAULT.with(Inference.Intervals.BOOTSTRAP).withDraws(300);
        double alone = width(BradleyTerry.PLAIN.rank(Battles.of(votes), byBattle));
        double together = width(BradleyTerry.PLAIN.rank(Battles.of(votes), unit(byBattle, Inference.Unit.ANNOTATOR)));
        assertThat(together / alone).isBetween(2.5, 4.0);
        assertThat(width(BradleyTerry.PLAIN.rank(Battles.of(votes), unit(byBattle, Inference.Unit.PROMPT))))
                .isPositive();
        assertThatThrownBy(() -> BradleyTerry.PLAIN.rank(Tally.of(votes), unit(byBattle, Inference.Unit.ANNOTATOR)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("who voted");
        assertThatThrownBy(() -> BradleyTerry.PLAIN.rank(
                        Battles.of(Simulated.times(3, "a", "b", Outcome.TIE)),
                        unit(byBattle, Inference.Unit.ANNOTATOR)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("--annotator");
    }

    /** Annotators of four like votes each: intervals by annotator hold the truth as often as they say, intervals by battle far less. */
    @Test
    void aBootstrapByAnnotatorCovers() {
        double[] truth = {-0.6, -0.1, 0.2, 0.5};
        SplittableRandom random = new SplittableRandom(12);
        double byAnnotator = 0;
        double byBattle = 0;
        int sets = 200;
        for (int set = 0; set < sets; set++) {
            List<Battle> votes = new ArrayList<>();
            for (Battle b : Simulated.battles(truth, 150, random)) {
                for (int k = 0; k < 4; k++) {
                    votes.add(b.by("annotator " + votes.size() / 4));
                }
            }
            Battles battles = Battles.of(votes);
            Inference inference = new Inference(
                    0.95, Inference.Intervals.BOOTSTRAP, 200, Inference.Unit.ANNOTATOR, random.nextLong());
            byAnnotator += covered(BradleyTerry.PLAIN.rank(battles, inference), truth) / sets;
            byBattle += covered(BradleyTerry.PLAIN.rank(battles, unit(inference, Inference.Unit.BATTLE)), truth) / sets;
        }
        assertThat(byAnnotator).isBetween(0.93, 0.97);
        assertThat(byBattle).isLessThan(0.75);
    }

    /** Six annotators with tastes of their own: quantiles of so few would be too narrow, and Student's t makes up for it. */
    @Test
    void aBootstrapByFewAnnotatorsCovers() {
        SplittableRandom random = new SplittableRandom(14);
        double lead = 0.4;
        double taste = 0.6;
        double share = IntStream.range(0, 1000)
                .mapToDouble(k -> Logistic.sigmoid(lead + taste * Normal.quantile((k + 0.5) / 1000)))
                .average()
                .orElseThrow();
        double truth = Math.log(share / (1 - share)) / 2;
        int sets = 300;
        int held = 0;
        for (int set = 0; set < sets; set++) {
            List<Battle> votes = new ArrayList<>();
            for (int annotator = 0; annotator < 6; annotator++) {
                double p = Logistic.sigmoid(lead + taste * random.nextGaussian());
                for (int k = 0; k < 30; k++) {
                    Outcome outcome = random.nextDouble() < p ? Outcome.LEFT : Outcome.RIGHT;
                    votes.add(Battle.of("a", "b", outcome).by("annotator " + annotator));
                }
            }
            Board board = BradleyTerry.PLAIN.rank(
                    Battles.of(votes),
                    new Inference(
                            0.95, Inference.Intervals.BOOTSTRAP, 100, Inference.Unit.ANNOTATOR, random.nextLong()));
            Standing a = board.of("a").orElseThrow();
            held += a.low() <= truth && truth <= a.high() ? 1 : 0;
            assertThat(board.remarks())
                    .contains(
                            "Only 6 annotators were drawn from: intervals are widened by Student's t with 5 degrees of"
                                    + " freedom");
        }
        assertThat(held / (double) sets).isBetween(0.92, 0.985);
    }

    private static double covered(Board board, double[] truth) {
        double covered = 0;
        for (int i = 0; i < truth.length; i++) {
            Standing s = board.of(Simulated.name(i)).orElseThrow();
            covered += s.low() <= truth[i] && truth[i] <= s.high() ? 1.0 / truth.length : 0;
        }
        return covered;
    }

    /** Independent errors of equal size: the critical value of the range of normal numbers is in any table. */
    @Test
    void placesUseTheQuantileOfTheLargestDifference() {
        int n = 5;
        double[][] identity = new double[n][n];
        for (int i = 0; i < n; i++) {
            identity[i][i] = 1;
        }
        // Tukey's q(0.05; 5, ∞) is 3.858; a gap of two items counts if it exceeds that times their error.
        for (double gap : new double[] {3.7, 4.0}) {
            double[] ratings = {gap, 0, 0, 0, 0};
            Places places = Places.of(ratings, identity, 0.95, 20_000, 5, (i, j) -> true);
            assertThat(places.worse()[0]).isEqualTo(gap > 3.858 ? 4 : 0);
            assertThat(places.better()[1]).isEqualTo(gap > 3.858 ? 1 : 0);
        }
    }

    /** Nine tenths of every battle go to the stronger: the loss is the entropy of 0.9, whatever the number of parts. */
    @Test
    void calibrationWeighsThePartsOfAPreference() {
        List<Battle> votes = new ArrayList<>();
        for (int k = 0; k < 100; k++) {
            votes.add(Battle.of("a", "b", Outcome.LEFT).withWeight(0.9));
            votes.add(Battle.of("a", "b", Outcome.RIGHT).withWeight(0.1));
        }
        Calibration calibration =
                Calibration.of(BradleyTerry.PLAIN, Battles.of(votes), 5, 4, 1).orElseThrow();
        assertThat(calibration.logLoss()).isCloseTo(-0.9 * Math.log(0.9) - 0.1 * Math.log(0.1), within(0.02));
        assertThat(calibration.bins())
                .allSatisfy(bin -> assertThat(bin.observed()).isCloseTo(0.9, within(0.1)));
    }

    private static Inference unit(Inference inference, Inference.Unit unit) {
        return new Inference(inference.level(), inference.intervals(), inference.draws(), unit, inference.seed());
    }

    private static double width(Board board) {
        return board.standings().stream()
                .mapToDouble(s -> s.high() - s.low())
                .average()
                .orElseThrow();
    }

    private static Standing standing(String item, double rating, double low, double high) {
        return new Standing(item, rating, low, high, 1, 1, 1, 0);
    }

    private static Board board(Standing... standings) {
        return new Board("test", "", Arrays.asList(standings), List.of(), List.of(), Optional.empty());
    }
}
