package org.thurstone.rank.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Simulated;
import org.thurstone.rank.Standing;
import org.thurstone.rank.board.Ranking;

/** PageRank, eigenvector ranking and average win rates. Expected values are eigenvectors of the written-out matrices, by numpy. */
class NetworkRankingTest {

    private static final Offset<Double> TINY = within(1e-11);

    /** Wins of the first over the second, of the second over the first, and ties. */
    private static List<Battle> votes() {
        List<Battle> battles = new ArrayList<>();
        add(battles, "a", "b", 7, 3, 2);
        add(battles, "c", "a", 2, 4, 0);
        add(battles, "b", "c", 6, 4, 0);
        add(battles, "d", "b", 1, 5, 0);
        add(battles, "c", "d", 9, 3, 2);
        return battles;
    }

    private static void add(List<Battle> battles, String left, String right, int won, int lost, int tied) {
        battles.addAll(Simulated.times(won, left, right, Outcome.LEFT));
        battles.addAll(Simulated.times(lost, left, right, Outcome.RIGHT));
        battles.addAll(Simulated.times(tied, left, right, Outcome.TIE));
    }

    private static void isRated(RankingModel model, List<Battle> votes, double... expected) {
        Board board = model.rank(Battles.of(votes), Inference.NONE);
        for (int i = 0; i < expected.length; i++) {
            String item = Character.toString('a' + i);
            assertThat(board.of(item).orElseThrow().rating()).as(item).isCloseTo(expected[i], TINY);
        }
    }

    @Test
    void pageRankIsTheEigenvectorOfItsMatrix() {
        isRated(
                new PageRank(0.85),
                votes(),
                0.27507638922265976,
                0.3278907152296387,
                0.27202956444937665,
                0.125003331098325);
        isRated(
                new PageRank(0.5),
                votes(),
                0.2553859964093358,
                0.2975763016157989,
                0.27176840215439857,
                0.17526929982046677);
    }

    @Test
    void aVisitorOfAnItemThatNeverLostJumpsAnywhere() {
        List<Battle> votes = votes();
        votes.removeIf(b -> b.left().equals("a") && b.outcome() != Outcome.LEFT
                || b.right().equals("a") && b.outcome() != Outcome.RIGHT);
        Board board = new PageRank(0.85).rank(Battles.of(votes), Inference.NONE);
        assertThat(board.standings().stream().mapToDouble(Standing::rating).sum())
                .isCloseTo(1, TINY);
        // By hand, π_a = (1 − d)/4 + d·(π_a/4 + 7/12·π_b + 4/14·π_c): of b's 12 losses 7 are to a, of c's 14 are 4.
        double a = board.of("a").orElseThrow().rating();
        double b = board.of("b").orElseThrow().rating();
        double c = board.of("c").orElseThrow().rating();
        assertThat(a).isCloseTo(0.15 / 4 + 0.85 * (a / 4 + 7 / 12.0 * b + 4 / 14.0 * c), TINY);
    }

    @Test
    void eigenvectorsAreThoseOfTheMatrix() {
        isRated(
                new EigenvectorRanking(EigenvectorRanking.Entries.SHARES, 1),
                votes(),
                0.34152977562435827,
                0.2658342167198026,
                0.2420018972602243,
                0.15063411039561475);
        isRated(
                new EigenvectorRanking(EigenvectorRanking.Entries.SHARES, 0),
                votes(),
                0.3711267474555768,
                0.270151895336008,
                0.23510204510838506,
                0.1236193121000302);
        isRated(
                new EigenvectorRanking(EigenvectorRanking.Entries.WINS, 0),
                votes(),
                0.3080045474262896,
                0.30327622731231674,
                0.2676961583502391,
                0.1210230669111547);
    }

    /** s_a/s_b = √(A_ab/A_ba), although the powers of the matrix themselves never settle. */
    @Test
    void twoItemsHaveTheRootOfTheirRatio() {
        List<Battle> votes = new ArrayList<>();
        add(votes, "a", "b", 9, 4, 0);
        Board board =
                new EigenvectorRanking(EigenvectorRanking.Entries.WINS, 0).rank(Battles.of(votes), Inference.NONE);
        assertThat(board.of("a").orElseThrow().rating()).isCloseTo(3 / 5.0, TINY);
    }

    @Test
    void itemsThatNeverMetAreRefused() {
        List<Battle> votes = new ArrayList<>();
        add(votes, "a", "b", 2, 1, 0);
        add(votes, "c", "d", 1, 2, 0);
        Battles apart = Battles.of(votes);
        assertThatThrownBy(
                        () -> new EigenvectorRanking(EigenvectorRanking.Entries.SHARES, 1).rank(apart, Inference.NONE))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("2 groups that never met");
        Battles unbeaten = Battles.of(Simulated.times(2, "a", "b", Outcome.LEFT));
        assertThatThrownBy(
                        () -> new EigenvectorRanking(EigenvectorRanking.Entries.WINS, 0).rank(unbeaten, Inference.NONE))
                .hasMessageContaining("smoothing above 0 may help");
        assertThatThrownBy(() -> new PageRank(1)).hasMessageContaining("damping is 1.0");
    }

    /** The mean of 8/12 and 4/6, which the share of all battles, 12 of 18, equals; b meets three opponents 12, 10 and 6 times. */
    @Test
    void averageWinRatesCountEveryOpponentOnce() {
        isRated(
                new AverageWinRate(AverageWinRate.Ties.HALF),
                votes(),
                2 / 3.0,
                (4 / 12.0 + 6 / 10.0 + 5 / 6.0) / 3,
                0.4825396825396826,
                0.22619047619047616);
        isRated(
                new AverageWinRate(AverageWinRate.Ties.DROP),
                votes(),
                (7 / 10.0 + 4 / 6.0) / 2,
                0.5777777777777778,
                0.49444444444444446,
                0.20833333333333331);
    }

    /** The walk and the eigenvector count wins by the strength of who was beaten; none of them claims an interval. */
    @ParameterizedTest
    @ValueSource(strings = {"pagerank", "eigenvector", "average-win-rate"})
    void onlyABootstrapGivesIntervals(String method) {
        Battles votes = Battles.of(votes());
        Board board = Ranking.by(method).of(votes);
        assertThat(board.standings()).noneMatch(Standing::hasInterval).noneMatch(Standing::placed);
        Inference bootstrap =
                Inference.DEFAULT.with(Inference.Intervals.BOOTSTRAP).withDraws(60);
        Board drawn = Ranking.by(method).with(bootstrap).of(votes);
        assertThat(drawn.standings()).allMatch(Standing::hasInterval).allMatch(Standing::placed);
        assertThat(drawn.of("a").orElseThrow().low())
                .isLessThan(board.of("a").orElseThrow().rating());
    }
}
