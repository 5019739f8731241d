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

    @Test
    void tiesAreForetoldWhereTheModelHasThem() {
        Prediction p = Prediction.of("m", battle -> Optional.of(new OutcomeProbabilities(0.5, 0.3, 0.2)), battles);
        assertThat(p.logLoss().mean()).isCloseTo(-(Math.log(0.5) + Math.log(0.2) + Math.log(0.3)) / 3, within(1e-12));
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
