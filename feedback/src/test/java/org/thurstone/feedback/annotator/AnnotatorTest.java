package org.thurstone.feedback.annotator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thurstone.data.Preference;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.feedback.Scored;

class AnnotatorTest {

    private static CandidatePair gap(double gap) {
        return Scored.of(gap, 0).pair(0, 1);
    }

    private static double shareOfLeft(Annotator annotator, double gap, int draws) {
        RandomGenerator random = Scored.random(17);
        return IntStream.range(0, draws)
                        .filter(i -> annotator.annotate(gap(gap), random) instanceof Preference.Left)
                        .count()
                / (double) draws;
    }

    @Test
    void theJudgesScoresDecideAndTieWithinTheBand() {
        RandomGenerator random = Scored.random(1);
        assertThat(new JudgeScores(0).annotate(gap(1e-9), random)).isEqualTo(new Preference.Left());
        assertThat(new JudgeScores(0).annotate(gap(0), random)).isEqualTo(new Preference.Tie());
        assertThat(new JudgeScores(0.5).annotate(gap(0.5), random)).isEqualTo(new Preference.Tie());
        assertThat(new JudgeScores(0.5).annotate(gap(0.51), random)).isEqualTo(new Preference.Left());
    }

    @Test
    void aSimulatedHumanErrsAsBradleyAndTerrySay() {
        int draws = 40_000;
        // σ(1) = 0.731059, σ(0.5) = 0.622459; five standard deviations are 0.0125 at most.
        double five = 5 * Math.sqrt(0.25 / draws);
        assertThat(shareOfLeft(new SimulatedHuman(1, 0, 0), 1, draws)).isBetween(0.731059 - five, 0.731059 + five);
        assertThat(shareOfLeft(new SimulatedHuman(2, 0, 0), 1, draws)).isBetween(0.622459 - five, 0.622459 + five);
        // 0.731059 · 0.9 + 0.268941 · 0.1 = 0.684847
        assertThat(shareOfLeft(new SimulatedHuman(1, 0.1, 0), 1, draws)).isBetween(0.684847 - five, 0.684847 + five);
        assertThat(shareOfLeft(new SimulatedHuman(0, 0.25, 0), 3, draws)).isBetween(0.75 - five, 0.75 + five);
        assertThat(shareOfLeft(new SimulatedHuman(0, 0, 0), 0, draws)).isBetween(0.5 - five, 0.5 + five);
        assertThat(shareOfLeft(new SimulatedHuman(0, 0, 0), 1e-300, 100)).isEqualTo(1);
        assertThat(shareOfLeft(new SimulatedHuman(1e-3, 0, 0), 1e300, 100)).isEqualTo(1);
    }

    @Test
    void theClosedFormIsTheOneOfTheBook() {
        assertThat(new SimulatedHuman(1, 0.1, 0).probabilityOfLeft(1))
                .isEqualTo(0.9 * 0.7310585786300049 + 0.1 * 0.2689414213699951, within(1e-12));
    }

    @Test
    void smallGapsTieAndStillCostOneDraw() {
        SimulatedHuman human = new SimulatedHuman(1, 0, 0.5);
        assertThat(human.annotate(gap(0.49), Scored.random(1))).isEqualTo(new Preference.Tie());
        assertThat(human.annotate(gap(0.5), Scored.random(1))).isNotEqualTo(new Preference.Tie());
        RandomGenerator one = Scored.random(3);
        RandomGenerator other = Scored.random(3);
        human.annotate(gap(0.1), one);
        new SimulatedHuman(1, 0, 0).annotate(gap(0.1), other);
        assertThat(one.nextLong()).isEqualTo(other.nextLong());
    }

    @Test
    void theSameSeedGivesTheSameAnswers() {
        List<List<Preference>> twice = IntStream.range(0, 2)
                .mapToObj(round -> {
                    RandomGenerator random = Scored.random(23);
                    return IntStream.range(0, 100)
                            .mapToObj(i -> new SimulatedHuman(1, 0.1, 0).annotate(gap(0.3), random))
                            .toList();
                })
                .toList();
        assertThat(twice.get(0)).isEqualTo(twice.get(1)).contains(new Preference.Left(), new Preference.Right());
    }

    @Test
    void senselessOptionsAreRefused() {
        assertThatThrownBy(() -> new SimulatedHuman(-1, 0, 0)).hasMessage("temperature -1.0 must be at least 0");
        assertThatThrownBy(() -> new SimulatedHuman(1, 0.6, 0)).hasMessage("flipRate 0.6 must be in 0…0.5");
        assertThatThrownBy(() -> new SimulatedHuman(1, 0, Double.NaN)).hasMessageContaining("tieBand NaN");
        assertThatThrownBy(() -> new JudgeScores(-0.1)).hasMessageContaining("tieBand -0.1");
    }
}
