package org.thurstone.rank.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Rankings;
import org.thurstone.rank.Standing;

/** Rules of choice against every order in turn, closed forms and textbook elections. */
class ChoiceTest {

    private final SplittableRandom random = new SplittableRandom(21);

    /** Tennessee's capital, the textbook election: 42 % M N C K, 26 % N C K M, 15 % C K N M, 17 % K C N M. */
    private static Rankings tennessee() {
        List<String> items = List.of("Memphis", "Nashville", "Chattanooga", "Knoxville");
        return new Rankings(
                items,
                List.of(order(42, 0, 1, 2, 3), order(26, 1, 2, 3, 0), order(15, 2, 3, 1, 0), order(17, 3, 2, 1, 0)));
    }

    private static Rankings.Ranking order(double weight, int... items) {
        return new Rankings.Ranking(Arrays.stream(items).mapToObj(List::of).toList(), false, weight, "");
    }

    private static List<String> ranked(RankingModel model, org.thurstone.rank.Votes votes) {
        return model.rank(votes, Inference.NONE).standings().stream()
                .map(Standing::item)
                .toList();
    }

    @Test
    void aTextbookElection() {
        Rankings votes = tennessee();
        assertThat(ranked(new Kemeny(16), votes)).containsExactly("Nashville", "Chattanooga", "Knoxville", "Memphis");
        assertThat(ranked(new Copeland(), votes)).containsExactly("Nashville", "Chattanooga", "Knoxville", "Memphis");
        // Borda counts 194, 173, 126 and 107 of 300
        Board borda = new Borda().rank(votes, Inference.NONE);
        assertThat(borda.of("Nashville").orElseThrow().rating()).isCloseTo(194 / 300.0, within(1e-12));
        assertThat(borda.of("Chattanooga").orElseThrow().rating()).isCloseTo(173 / 300.0, within(1e-12));
        assertThat(borda.of("Memphis").orElseThrow().rating()).isCloseTo(126 / 300.0, within(1e-12));
        assertThat(new Minimax()
                        .rank(votes, Inference.NONE)
                        .of("Nashville")
                        .orElseThrow()
                        .rating())
                .isPositive();
        assertThat(new MaximalLottery()
                        .rank(votes, Inference.NONE)
                        .of("Nashville")
                        .orElseThrow()
                        .rating())
                .isCloseTo(1, within(1e-12));
    }

    /** P = [[.5,.9,.2],[.1,.5,.7],[.8,.3,.5]] has the Nash strategy (2/9, 3/9, 4/9). */
    @Test
    void theLotteryOfACycle() {
        List<Battle> battles = new ArrayList<>();
        add(battles, "a", "b", 9, 1);
        add(battles, "a", "c", 2, 8);
        add(battles, "b", "c", 7, 3);
        Board board = new MaximalLottery().rank(Battles.of(battles), Inference.NONE);
        assertThat(board.of("a").orElseThrow().rating()).isCloseTo(2 / 9.0, within(1e-12));
        assertThat(board.of("b").orElseThrow().rating()).isCloseTo(3 / 9.0, within(1e-12));
        assertThat(board.of("c").orElseThrow().rating()).isCloseTo(4 / 9.0, within(1e-12));
    }

    private static void add(List<Battle> battles, String left, String right, int won, int lost) {
        for (int n = 0; n < won; n++) battles.add(Battle.of(left, right, Outcome.LEFT));
        for (int n = 0; n < lost; n++) battles.add(Battle.of(left, right, Outcome.RIGHT));
    }

    @RepeatedTest(5)
    void gamesAreSolved() {
        for (int size : new int[] {1, 2, 5, 30, 80}) {
            double[][] payoff = new double[size][size + 3];
            for (double[] line : payoff) for (int j = 0; j < line.length; j++) line[j] = random.nextInt(-9, 10);
            MatrixGame game = MatrixGame.solve(payoff);
            assertThat(game.gap(payoff)).isLessThan(1e-8);
            assertThat(Arrays.stream(game.row()).sum()).isCloseTo(1, within(1e-9));
        }
        // Two by two without a saddle: value (ad − bc)/(a + d − b − c)
        MatrixGame two = MatrixGame.solve(new double[][] {{3, -1}, {-2, 4}});
        assertThat(two.value()).isCloseTo((12 - 2) / 10.0, within(1e-12));
        assertThat(two.row()[0]).isCloseTo(0.6, within(1e-12));
    }

    private double[][] wins(int n, int votes) {
        double[][] wins = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                wins[i][j] = random.nextInt(votes + 1);
                wins[j][i] = votes - wins[i][j];
            }
        }
        return wins;
    }

    @Test
    void kemenyIsTheBestOfAllOrders() {
        for (int trial = 0; trial < 60; trial++) {
            double[][] wins = wins(6, 7);
            double best = Double.POSITIVE_INFINITY;
            for (List<Integer> order : orders(6)) best = Math.min(best, KemenyPart.against(wins, order));
            List<Integer> joined = new ArrayList<>();
            for (List<Integer> part : MajorityParts.of(wins))
                joined.addAll(new KemenyPart(wins, part).exact().order());
            assertThat(KemenyPart.against(wins, joined)).isEqualTo(best);
            KemenyPart whole = new KemenyPart(wins, List.of(0, 1, 2, 3, 4, 5));
            assertThat(whole.bound()).isLessThanOrEqualTo(best + 1e-9);
            assertThat(KemenyPart.against(wins, whole.near(new double[6]))).isGreaterThanOrEqualTo(best);
        }
    }

    private static List<List<Integer>> orders(int n) {
        if (n == 0) return List.of(List.of());
        List<List<Integer>> all = new ArrayList<>();
        for (List<Integer> rest : orders(n - 1)) {
            for (int at = 0; at < n; at++) {
                List<Integer> order = new ArrayList<>(rest);
                order.add(at, n - 1);
                all.add(order);
            }
        }
        return all;
    }

    /** Forty items in one cycle of majorities: what is claimed of the optimum holds, and is not much. */
    @Test
    void largeCyclesHaveABound() {
        List<Battle> battles = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            for (int j = i + 1; j < 40; j++) {
                int won = (int) IntStream.range(0, 9)
                        .filter(v -> random.nextDouble() < 0.62)
                        .count();
                add(battles, "i%02d".formatted(i), "i%02d".formatted(j), won, 9 - won);
            }
        }
        Board board = new Kemeny(12).rank(Battles.of(battles), Inference.NONE);
        double cost = board.quantities().get(0).value();
        double bound = board.quantities().get(1).value();
        assertThat(bound).isLessThanOrEqualTo(cost).isGreaterThan(0.9 * cost);
        assertThat(board.remarks()).singleElement().asString().contains("more votes against it than the best");
        // The order in which the votes were made is one of those that the bound is about.
        double made = battles.stream().filter(b -> b.outcome() == Outcome.RIGHT).count();
        assertThat(bound).isLessThanOrEqualTo(made);
        assertThat(cost).isLessThanOrEqualTo(made);
    }

    /** With exact Bradley–Terry probabilities for every pair, the walk's probabilities are in proportion to the strengths. */
    @Test
    void rankCentralityFindsStrengths() {
        double[] strength = {1, 2, 4, 0.5, 3};
        double[][] wins = new double[5][5];
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 5; j++) if (i != j) wins[i][j] = strength[i] / (strength[i] + strength[j]);
        }
        double[] pi = new RankCentrality(0).stationary(new PairwiseWins(wins));
        for (int i = 0; i < 5; i++) assertThat(pi[i]).isCloseTo(strength[i] / 10.5, within(1e-12));
    }

    @Test
    void rankCentralityRefusesDisconnectedVotes() {
        Battles apart = Battles.of(List.of(Battle.of("a", "b", Outcome.LEFT), Battle.of("c", "d", Outcome.LEFT)));
        assertThatThrownBy(() -> new RankCentrality(0.5).rank(apart, Inference.NONE))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("are not connected");
        Battles oneWay = Battles.of(List.of(Battle.of("a", "b", Outcome.LEFT)));
        assertThatThrownBy(() -> new RankCentrality(0).rank(oneWay, Inference.NONE))
                .isInstanceOf(UserError.class);
        assertThat(ranked(new RankCentrality(0.5), oneWay)).containsExactly("a", "b");
    }

    @Test
    void theOrderOfVotesChangesNothing() {
        List<Battle> battles = new ArrayList<>();
        for (int n = 0; n < 400; n++) {
            int a = random.nextInt(7);
            int b = (a + 1 + random.nextInt(6)) % 7;
            battles.add(Battle.of("x" + a, "x" + b, Outcome.values()[random.nextInt(3)]));
        }
        List<RankingModel> models = List.of(
                new Borda(),
                new Copeland(),
                new Minimax(),
                new Kemeny(16),
                new MaximalLottery(),
                new RankCentrality(0.5));
        List<Board> before = models.stream()
                .map(m -> m.rank(Battles.of(battles), Inference.NONE))
                .toList();
        Collections.shuffle(battles, new Random(2));
        for (int m = 0; m < models.size(); m++) {
            Board after = models.get(m).rank(Battles.of(battles), Inference.NONE);
            for (Standing s : before.get(m).standings()) {
                assertThat(after.of(s.item()).orElseThrow().rating()).isCloseTo(s.rating(), within(1e-9));
            }
        }
    }

    /** Every item beats one and loses to one: none is above another, whatever the rounding or the alphabet. */
    @Test
    void aPerfectCycleIsATie() {
        List<Battle> battles = new ArrayList<>();
        add(battles, "a", "b", 1, 0);
        add(battles, "b", "c", 1, 0);
        add(battles, "c", "a", 1, 0);
        for (RankingModel model :
                List.of(new MaximalLottery(), new Kemeny(16), new Copeland(), new Borda(), new Minimax())) {
            Board board = model.rank(Battles.of(battles), Inference.DEFAULT);
            assertThat(board.standings())
                    .as(board.model())
                    .extracting(Standing::rank)
                    .containsOnly(1);
            assertThat(board.standings()).as(board.model()).noneMatch(Standing::placed);
        }
        Board kemeny = new Kemeny(16).rank(Battles.of(battles), Inference.DEFAULT);
        assertThat(kemeny.remarks().getFirst()).startsWith("3 orders have equally few votes against them, such as ");
        assertThat(kemeny.standings())
                .extracting(Standing::rating)
                .allSatisfy(r -> assertThat(r).isCloseTo(2, within(1e-12)));
    }

    /** Two that tied, both above a third: any lottery of the two is as good as another. */
    @Test
    void tiedWinnersShareTheLottery() {
        List<Battle> battles = new ArrayList<>();
        add(battles, "x", "a", 2, 2);
        add(battles, "x", "m", 3, 0);
        add(battles, "a", "m", 3, 0);
        Board board = new MaximalLottery().rank(Battles.of(battles), Inference.DEFAULT);
        assertThat(board.of("x").orElseThrow().rating()).isCloseTo(0.5, within(1e-12));
        assertThat(board.of("a").orElseThrow().rating()).isCloseTo(0.5, within(1e-12));
        assertThat(board.remarks()).anyMatch(remark -> remark.startsWith("Several lotteries are maximal"));
        Board kemeny = new Kemeny(16).rank(Battles.of(battles), Inference.DEFAULT);
        assertThat(kemeny.standings()).extracting(Standing::rank).containsExactly(1, 1, 3);
    }

    /** The mean place over all best orders, by trying every order. */
    @Test
    void equallyGoodOrdersAreCounted() {
        for (int trial = 0; trial < 30; trial++) {
            double[][] wins = wins(5, 2);
            List<Integer> items = List.of(0, 1, 2, 3, 4);
            double least = Double.POSITIVE_INFINITY;
            int count = 0;
            double[] places = new double[5];
            for (List<Integer> order : orders(5)) {
                double cost = KemenyPart.against(wins, order);
                if (cost < least) {
                    least = cost;
                    count = 0;
                    places = new double[5];
                }
                if (cost == least) {
                    count++;
                    for (int k = 0; k < 5; k++) places[order.get(k)] += k;
                }
            }
            KemenyPart.Best best = new KemenyPart(wins, items).exact();
            assertThat(best.count()).isEqualTo(count);
            for (int i = 0; i < 5; i++) assertThat(best.place()[i]).isCloseTo(places[i] / count, within(1e-9));
        }
    }
}
