package org.thurstone.rank.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.OutcomeProbabilities;
import org.thurstone.rank.TallyCounter;

class PredictionTest {

    private final Battles battles = Battles.of(List.of(
            Battle.of("a", "b", Outcome.LEFT), Battle.of("a", "b", Outcome.RIGHT), Battle.of("a", "b", Outcome.TIE)));

    @Test
    void figuresByHand() {
        Prediction p = Prediction.of("m", battle -> Optional.of(OutcomeProbabilities.ofLeft(0.8)), battles);
        double tie = -(Math.log(0.8) + Math.log(0.2)) / 2;
        assertThat(p.logLoss().mean()).isCloseTo((-Math.log(0.8) - Math.log(0.2) + tie) / 3, within(1e-12));
        assertThat(p.brier().mean()).isCloseTo((0.04 + 0.64 + 0.09) / 3, within(1e-12));
        assertThat(p.accuracy().mean()).isCloseTo(0.5, within(1e-12));
        assertThat(p.unknown()).isZero();
    }

    /** A model with a tie probability is judged by the same point as one without, and by the three outcomes as well. */
    @Test
    void modelsWithAndWithoutTiesAreComparable() {
        Prediction p = Prediction.of("m", battle -> Optional.of(new OutcomeProbabilities(0.5, 0.3, 0.2)), battles);
        assertThat(p.outcomeLogLoss().orElseThrow().mean())
                .isCloseTo(-(Math.log(0.5) + Math.log(0.2) + Math.log(0.3)) / 3, within(1e-12));
        Prediction without = Prediction.of("n", battle -> Optional.of(OutcomeProbabilities.ofLeft(0.65)), battles);
        assertThat(p.logLoss().mean()).isCloseTo(without.logLoss().mean(), within(1e-12));
        assertThat(p.brier().mean()).isCloseTo(without.brier().mean(), within(1e-12));
        assertThat(without.outcomeLogLoss()).isEmpty();
    }

    /** The left item won six of the ranked battles, tied two and lost two. */
    @Test
    void baselinesAreACoinAndTheHomeAdvantage() {
        TallyCounter ranked = new TallyCounter();
        ranked.add("x", "y", Outcome.LEFT, 6);
        ranked.add("y", "x", Outcome.TIE, 2);
        ranked.add("y", "z", Outcome.RIGHT, 2);
        List<Prediction> all = Baselines.of(ranked.tally(), battles);
        assertThat(all).extracting(Prediction::model).containsExactly("coin", "home advantage alone");
        assertThat(all.getFirst().logLoss().mean()).isCloseTo(Math.log(2), within(1e-12));
        assertThat(all.getFirst().brier().mean()).isCloseTo((0.25 + 0.25) / 3, within(1e-12));
        assertThat(all.getFirst().outcomeLogLoss().orElseThrow().mean())
                .isCloseTo(-(2 * Math.log(0.4) + Math.log(0.2)) / 3, within(1e-12));
        assertThat(all.getLast().logLoss().mean()).isCloseTo(-1.5 * (Math.log(0.7) + Math.log(0.3)) / 3, within(1e-12));
        assertThat(all.getLast().outcomeLogLoss().orElseThrow().mean())
                .isCloseTo(-(Math.log(0.6) + Math.log(0.2) + Math.log(0.2)) / 3, within(1e-12));
    }

    /** Where the winner has a column of its own, it is always the left item. */
    @Test
    void withoutSidesThereIsNoHomeAdvantage() {
        TallyCounter ranked = new TallyCounter();
        ranked.add("x", "y", Outcome.LEFT, 1);
        ranked.add("y", "z", Outcome.LEFT, 1);
        assertThat(Baselines.of(ranked.tally(), battles))
                .extracting(Prediction::model)
                .containsExactly("coin");
    }

    @Test
    void unknownItemsArePredictedEven() {
        Prediction p = Prediction.of("m", battle -> Optional.empty(), battles);
        assertThat(p.unknown()).isEqualTo(3);
        assertThat(p.logLoss().mean()).isCloseTo(Math.log(2), within(1e-12));
        assertThat(p.accuracy().mean()).isEqualTo(0.5);
        Prediction sure = Prediction.of("m", battle -> Optional.of(OutcomeProbabilities.ofLeft(1)), battles);
        assertThat(sure.logLoss().mean()).isFinite();
        assertThat(p.above(sure).mean()).isNegative();
    }
}
