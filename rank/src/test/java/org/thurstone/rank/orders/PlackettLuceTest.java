package org.thurstone.rank.orders;

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
import org.junit.jupiter.api.Test;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.IntervalKind;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.Rankings;
import org.thurstone.rank.RatingErrors;
import org.thurstone.rank.Simulated;
import org.thurstone.rank.Standing;
import org.thurstone.rank.Votes;
import org.thurstone.rank.board.Ranking;
import org.thurstone.rank.certainty.Groups;
import org.thurstone.rank.pairs.BradleyTerry;

class PlackettLuceTest {

    private static final List<String> NAMES = List.of("a", "b", "c", "d");

    @Test
    void ordersOfTwoAreBradleyTerryAndTheirTiesDavidson() {
        List<Battle> battles =
                new ArrayList<>(Simulated.battles(new double[] {-1, 0, 0.3, 0.7}, 300, new SplittableRandom(4)));
        for (boolean ties : new boolean[] {false, true}) {
            if (ties) {
                for (int k = 0; k < battles.size(); k += 4) {
                    battles.set(
                            k, Battle.of(battles.get(k).left(), battles.get(k).right(), Outcome.TIE));
                }
            }
            Battles votes = Battles.of(battles);
            Board pairs = BradleyTerry.PLAIN.with(BradleyTerry.Ties.DAVIDSON).rank(votes, Inference.DEFAULT);
            Board orders = new PlackettLuce(0).rank(votes, Inference.DEFAULT);
            for (Standing s : pairs.standings()) {
                Standing t = orders.of(s.item()).orElseThrow();
                assertThat(t.rating()).isCloseTo(s.rating(), within(1e-7));
                assertThat(t.low()).isCloseTo(s.low(), within(1e-5));
                assertThat(t.best()).isEqualTo(s.best());
            }
            Battle next = battles.getFirst();
            assertThat(orders.forecast()
                            .orElseThrow()
                            .chances(next)
                            .orElseThrow()
                            .tie())
                    .isCloseTo(
                            pairs.forecast()
                                    .orElseThrow()
                                    .chances(next)
                                    .orElseThrow()
                                    .tie(),
                            within(1e-6));
        }
    }

    /** Every order of three items in closed proportion: worths 4 : 2 : 1 come back exactly. */
    @Test
    void expectedCountsGiveTheWorthsBack() {
        double[] worth = {4, 2, 1};
        List<Rankings.Ranking> orders = new ArrayList<>();
        for (int[] o : new int[][] {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}) {
            double p = worth[o[0]] / 7 * worth[o[1]] / (worth[o[1]] + worth[o[2]]);
            orders.add(order(p * 100, o));
        }
        Board board = new PlackettLuce(0).rank(new Rankings(List.of("x", "y", "z"), orders), Inference.DEFAULT);
        assertThat(board.of("x").orElseThrow().rating()).isCloseTo(Math.log(2), within(1e-9));
        assertThat(board.of("y").orElseThrow().rating()).isCloseTo(0, within(1e-9));
    }

    @Test
    void gradientMatchesFiniteDifferencesWithTiesAndPartialOrders() {
        Rankings rankings = some();
        ChoiceLikelihood likelihood = new ChoiceLikelihood(rankings, Groups.one(4), 0.3);
        assertThat(likelihood.sizes()).containsExactly(1, 2, 3);
        double[] p = {0.3, -0.2, 0.5, -1, 0.4, -0.7};
        double[] gradient = new double[6];
        likelihood.at(p, gradient);
        for (int j = 0; j < 6; j++) {
            double h = 1e-6;
            double[] up = p.clone();
            double[] down = p.clone();
            up[j] += h;
            down[j] -= h;
            double slope = (likelihood.at(up, new double[6]) - likelihood.at(down, new double[6])) / 2 / h;
            assertThat(gradient[j]).isCloseTo(slope, within(1e-7));
        }
    }

    /** All blocks of all sizes have a probability, and these sum to one. */
    @Test
    void choicesSumToOne() {
        double[] p = {0.3, -0.2, 0.5, -1, 0.4, -0.7};
        double sum = 0;
        for (int mask = 1; mask < 16; mask++) {
            int chosen = mask;
            List<Integer> block = IntStream.range(0, 4)
                    .filter(i -> (chosen >> i & 1) == 1)
                    .boxed()
                    .toList();
            List<Integer> rest = IntStream.range(0, 4)
                    .filter(i -> (chosen >> i & 1) == 0)
                    .boxed()
                    .toList();
            if (block.size() > 3) {
                continue;
            }
            List<Rankings.Ranking> orders = new ArrayList<>(some().all());
            orders.addFirst(new Rankings.Ranking(List.of(block, rest), true, 1, ""));
            ChoiceLikelihood likelihood = new ChoiceLikelihood(new Rankings(NAMES, orders), Groups.one(4), 0);
            sum += Math.exp(likelihood.ranking(0, 1, p, new double[6]));
        }
        assertThat(sum).isCloseTo(1, within(1e-12));
    }

    @Test
    void theMaximumWithTiesIsOne() {
        Board board = new PlackettLuce(0).rank(some(), Inference.DEFAULT);
        ChoiceLikelihood likelihood = new ChoiceLikelihood(some(), Groups.one(4), 0);
        double[] p = new double[6];
        for (int i = 0; i < 4; i++) {
            p[i] = board.of(NAMES.get(i)).orElseThrow().rating();
        }
        for (int s = 0; s < 2; s++) {
            p[4 + s] = Math.log(board.quantities().get(s).value());
        }
        double[] gradient = new double[6];
        likelihood.at(p, gradient);
        for (double slope : gradient) {
            assertThat(slope).isCloseTo(0, within(1e-8));
        }
    }

    @Test
    void unorderedRestCarriesNoOrder() {
        Rankings top = new Rankings(
                NAMES,
                List.of(
                        new Rankings.Ranking(List.of(List.of(0), List.of(1, 2, 3)), true, 3, ""),
                        new Rankings.Ranking(List.of(List.of(1), List.of(0, 2, 3)), true, 2, ""),
                        new Rankings.Ranking(List.of(List.of(2), List.of(0, 1, 3)), true, 1, ""),
                        new Rankings.Ranking(List.of(List.of(3), List.of(0, 1, 2)), true, 1, "")));
        Board board = new PlackettLuce(0).rank(top, Inference.DEFAULT);
        // First choices alone: shares 3 : 2 : 1 : 1.
        assertThat(board.of("a").orElseThrow().rating()
                        - board.of("d").orElseThrow().rating())
                .isCloseTo(Math.log(3), within(1e-9));
    }

    @Test
    void separatedOrdersAreReported() {
        Rankings rankings = new Rankings(
                NAMES, List.of(order(2, 3, 0, 1, 2), order(3, 3, 1, 2, 0), order(2, 3, 2, 0, 1), order(1, 3, 2, 1, 0)));
        Board board = new PlackettLuce(0).rank(rankings, Inference.DEFAULT);
        assertThat(board.remarks()).anyMatch(r -> r.startsWith("d never lost"));
        assertThat(board.standings().getFirst().item()).isEqualTo("b");
        assertThat(board.standings().getLast().item()).isEqualTo("d");
        assertThat(board.of("d").orElseThrow().rating()).isNaN();
        assertThat(board.of("a").orElseThrow().rating()).isFinite();
        assertThat(new PlackettLuce(0.1).rank(rankings, Inference.DEFAULT).remarks())
                .noneMatch(r -> r.contains("groups of items"));
    }

    @Test
    void theOrderOfOrdersChangesNothing() {
        List<Rankings.Ranking> orders = new ArrayList<>(
                simulated(new double[] {1, 0.2, -0.4, -0.8}, 80, 9).all());
        Board board = new PlackettLuce(0).rank(new Rankings(NAMES, orders), Inference.DEFAULT);
        Collections.shuffle(orders, new Random(2));
        Board shuffled = new PlackettLuce(0).rank(new Rankings(NAMES, orders), Inference.DEFAULT);
        for (Standing s : board.standings()) {
            assertThat(shuffled.of(s.item()).orElseThrow().rating()).isCloseTo(s.rating(), within(1e-10));
        }
    }

    @Test
    void intervalsCover() {
        double[] truth = {1, 0.2, -0.4, -0.8};
        for (Inference.Intervals kind : List.of(
                Inference.Intervals.SANDWICH, Inference.Intervals.FISHER, Inference.Intervals.LIKELIHOOD_RATIO)) {
            double covered = 0;
            // A likelihood-ratio interval refits the model some ten times per item.
            int sets = kind == Inference.Intervals.LIKELIHOOD_RATIO ? 50 : 150;
            for (int set = 0; set < sets; set++) {
                Board board = new PlackettLuce(0)
                        .rank(
                                simulated(truth, 100, 77L * set),
                                Inference.DEFAULT.with(kind).withDraws(0));
                for (int i = 0; i < 4; i++) {
                    Standing s = board.of(NAMES.get(i)).orElseThrow();
                    covered += s.low() <= truth[i] && truth[i] <= s.high() ? 0.25 : 0;
                }
            }
            assertThat(covered / sets).as("%s", kind).isBetween(0.92, 0.98);
        }
    }

    /** Orders of two are Bradley–Terry's battles, ties of two Davidson's: so are their likelihood-ratio intervals, by the other likelihood. */
    @Test
    void likelihoodRatioIntervalsAreThoseOfPairs() {
        List<Battle> battles =
                new ArrayList<>(Simulated.battles(new double[] {-1, 0, 0.3, 0.7}, 120, new SplittableRandom(4)));
        for (int k = 0; k < battles.size(); k += 4) {
            battles.set(k, Battle.of(battles.get(k).left(), battles.get(k).right(), Outcome.TIE));
        }
        Votes votes = Battles.of(battles);
        Inference inference = Inference.DEFAULT.with(Inference.Intervals.LIKELIHOOD_RATIO);
        for (double ridge : new double[] {0, 0.5}) {
            Board pairs = BradleyTerry.PLAIN
                    .with(BradleyTerry.Ties.DAVIDSON)
                    .withRidge(ridge)
                    .rank(votes, inference);
            Board orders = new PlackettLuce(ridge).rank(votes, inference);
            for (Standing s : pairs.standings()) {
                Standing t = orders.of(s.item()).orElseThrow();
                assertThat(t.low()).isCloseTo(s.low(), within(1e-5));
                assertThat(t.high()).isCloseTo(s.high(), within(1e-5));
            }
        }
    }

    @Test
    void aBootstrapOfOrdersIsNearTheSandwich() {
        Rankings rankings = simulated(new double[] {1, 0.2, -0.4, -0.8}, 300, 5);
        Standing sandwich = new PlackettLuce(0)
                .rank(rankings, Inference.DEFAULT)
                .standings()
                .getFirst();
        Standing bootstrap = new PlackettLuce(0)
                .rank(
                        rankings,
                        Inference.DEFAULT.with(Inference.Intervals.BOOTSTRAP).withDraws(400))
                .standings()
                .getFirst();
        assertThat((bootstrap.high() - bootstrap.low()) / (sandwich.high() - sandwich.low()))
                .isBetween(0.85, 1.15);
    }

    @Test
    void aTieOfAHundredIsNoTie() {
        List<String> many = IntStream.range(0, 30).mapToObj(i -> "item" + i).toList();
        Rankings rankings = new Rankings(
                many,
                List.of(new Rankings.Ranking(
                        List.of(IntStream.range(0, 30).boxed().toList()), false, 1, "")));
        assertThatThrownBy(() -> new PlackettLuce(0).rank(rankings, Inference.NONE))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("ties 30 items");
    }

    private static Rankings some() {
        return new Rankings(
                NAMES,
                List.of(
                        new Rankings.Ranking(List.of(List.of(0), List.of(1, 2), List.of(3)), false, 2, ""),
                        new Rankings.Ranking(List.of(List.of(3), List.of(0, 1, 2)), false, 1, ""),
                        new Rankings.Ranking(List.of(List.of(2), List.of(0), List.of(1, 3)), true, 3, ""),
                        new Rankings.Ranking(List.of(List.of(1), List.of(3), List.of(0)), false, 1.5, ""),
                        new Rankings.Ranking(List.of(List.of(0, 3), List.of(2)), false, 1, "")));
    }

    private static Rankings.Ranking order(double weight, int... items) {
        return new Rankings.Ranking(Arrays.stream(items).mapToObj(List::of).toList(), false, weight, "");
    }

    /** Orders by adding Gumbel noise to the log-worths. */
    private static Rankings simulated(double[] truth, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Rankings.Ranking> orders = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            double[] noisy = Arrays.stream(truth)
                    .map(t -> t - Math.log(-Math.log(random.nextDouble())))
                    .toArray();
            orders.add(order(
                    1,
                    IntStream.range(0, truth.length)
                            .boxed()
                            .sorted((a, b) -> Double.compare(noisy[b], noisy[a]))
                            .mapToInt(Integer::intValue)
                            .toArray()));
        }
        return new Rankings(NAMES, orders);
    }

    /** A cycle of three orders of two, which are battles: the interval is that of a likelihood ratio. */
    @Test
    void fewOrdersAreNoCertainty() {
        Rankings pairs = Rankings.of(Battles.of(List.of(
                Battle.of("a", "b", Outcome.LEFT),
                Battle.of("b", "c", Outcome.LEFT),
                Battle.of("c", "a", Outcome.LEFT))));
        Board board = new PlackettLuce(0).rank(pairs, Inference.DEFAULT);
        Standing a = board.of("a").orElseThrow();
        // 4p(1 − p) = e^(−1.9207) for p = σ(lead), and a is 2/3 of its lead above the mean.
        assertThat(a.high()).isCloseTo(2.153, within(5e-4));
        assertThat(a.low()).isCloseTo(-2.153, within(5e-4));
        assertThat(a.evidence().interval()).isEqualTo(IntervalKind.LIKELIHOOD_RATIO);
        assertThat(board.remarks()).anyMatch(remark -> remark.startsWith("L: too few orders"));
        assertThat(a.evidence().worst()).isEqualTo(3);
        RatingErrors errors = board.errors().orElseThrow();
        assertThat(errors.items()).containsExactly("a", "b", "c");
        assertThat(Math.sqrt(errors.covariance()[0][0])).isCloseTo(2.153 / 1.96, within(5e-4));
    }

    /** On the way to an end, the search may step to where the votes determine nothing of the other items. */
    @Test
    void intervalsOfVeryFewBattlesAreFound() {
        for (int seed = 0; seed < 60; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Battle> votes = new ArrayList<>();
            for (int k = 0; k < 9; k++) {
                int left = random.nextInt(8);
                int right = (left + 1 + random.nextInt(7)) % 8;
                Outcome outcome =
                        random.nextInt(10) == 0 ? Outcome.TIE : random.nextBoolean() ? Outcome.LEFT : Outcome.RIGHT;
                votes.add(Battle.of("item " + left, "item " + right, outcome));
            }
            Board board;
            try {
                board = Ranking.by("plackett-luce").of(votes);
            } catch (UserError e) {
                assertThat(e).hasMessageContaining("do not determine");
                continue;
            }
            assertThat(board.standings())
                    .filteredOn(s -> Double.isFinite(s.rating()) && s.hasInterval())
                    .allSatisfy(s -> assertThat(s.rating()).isBetween(s.low(), s.high()));
        }
    }
}
