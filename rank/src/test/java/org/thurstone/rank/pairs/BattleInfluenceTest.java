package org.thurstone.rank.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.bench.PlantedBoard;
import org.thurstone.rank.pairs.BattleInfluence.Clusters;

class BattleInfluenceTest {

    private static final Battles BATTLES = PlantedBoard.EVEN.battles(7).where(b -> b < 1500);

    private static BattleInfluence of(BradleyTerry model) {
        return BattleInfluence.of(model, BATTLES, b -> true);
    }

    /** The board computes its sandwich from counts of pairs, this one from single battles. */
    @ParameterizedTest
    @EnumSource
    void covarianceOfSingleBattlesIsTheSandwichOfTheBoard(BradleyTerry.Ties ties) {
        BradleyTerry model = BradleyTerry.PLAIN.with(ties).withHome(true);
        BattleInfluence influence = of(model);
        double[][] covariance = influence.covariance(Clusters.battles(BATTLES.count()));
        Board board = model.rank(BATTLES, Inference.DEFAULT.with(Inference.Intervals.SANDWICH));
        double n = BATTLES.count();
        double correction = n / (n - 1) * (n - 1) / (n - influence.parameters());
        for (int i = 0; i < influence.items().size(); i++) {
            var standing = board.of(influence.items().get(i)).orElseThrow();
            double error = (standing.high() - standing.low()) / (2 * 1.959963984540054);
            assertThat(influence.ratings()[i]).isCloseTo(standing.rating(), within(1e-9));
            assertThat(Math.sqrt(covariance[i][i] / correction)).isCloseTo(error, within(1e-9));
        }
        assertThat(influence.parameter(influence.home()))
                .isCloseTo(board.quantities().getFirst().value(), within(1e-9));
    }

    @ParameterizedTest
    @EnumSource
    void pullOfSomeBattlesIsAboutTheChangeOfAFitWithoutThem(BradleyTerry.Ties ties) {
        BradleyTerry model = BradleyTerry.PLAIN.with(ties);
        BattleInfluence whole = of(model);
        int[] some = {3, 40, 41, 500, 777, 1200};
        double[] pull = whole.pull(some).pull();
        BattleInfluence rest =
                BattleInfluence.of(model, BATTLES, b -> Arrays.stream(some).noneMatch(s -> s == b));
        for (int i = 0; i < 6; i++) {
            assertThat(whole.ratings()[i] - rest.ratings()[i]).isCloseTo(pull[i], within(1e-3));
        }
    }

    @Test
    void pullsOfAllBattlesAddUpToNothing() {
        int[] all = IntStream.range(0, BATTLES.count()).toArray();
        for (double pull : of(BradleyTerry.PLAIN.withHome(true)).pull(all).pull()) {
            assertThat(pull).isCloseTo(0, within(1e-9));
        }
    }

    /** A battle written twice as one cluster of two has the variance of one battle of weight 2. */
    @Test
    void clusterOfEqualBattlesCountsAsOneOfTheirWeight() {
        List<Battle> twice = new ArrayList<>();
        BATTLES.forEach(b -> {
            twice.add(b);
            twice.add(b);
        });
        Battles doubled = Battles.of(twice);
        int n = BATTLES.count();
        double[][] clustered =
                BattleInfluence.of(BradleyTerry.PLAIN, doubled, b -> true).covariance(new Clusters(n, b -> b / 2));
        double[] weights = new double[n];
        Arrays.fill(weights, 2);
        double[][] weighted = BattleInfluence.of(BradleyTerry.PLAIN, BATTLES.weighted(weights), b -> true)
                .covariance(Clusters.battles(n));
        double few = (2.0 * n - 1) / (2.0 * n - 6) * (n - 6.0) / (n - 1.0);
        for (int i = 0; i < 6; i++) {
            assertThat(clustered[i][i]).isCloseTo(weighted[i][i] * few, within(1e-12));
        }
    }

    @Test
    void votesThatLeaveGroupsAndHalfLivesAreRefused() {
        Battles apart = Battles.of(List.of(Battle.of("a", "b", Outcome.LEFT)));
        assertThatThrownBy(() -> BattleInfluence.of(BradleyTerry.PLAIN, apart, b -> true))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("2 groups of items");
        BradleyTerry decayed =
                new BradleyTerry(BradleyTerry.Ties.HALF, false, 0, 1, OptionalDouble.of(30), Solver.NEWTON);
        assertThatThrownBy(() -> of(decayed)).isInstanceOf(UserError.class).hasMessageContaining("half-life");
    }
}
