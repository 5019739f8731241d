package org.thurstone.feedback.acquisition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.thurstone.feedback.acquisition.Order.LARGEST;
import static org.thurstone.feedback.acquisition.Order.RANDOM;
import static org.thurstone.feedback.acquisition.Order.SMALLEST;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.thurstone.data.UserError;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.feedback.Scored;

class MarginAcquisitionTest {

    /** Three prompts with three pairs each; the margins by hand. */
    private static final Map<CandidatePair, Double> MARGINS = new HashMap<>();

    private static final List<CandidatePair> CANDIDATES = new ArrayList<>();

    static {
        double[][] margins = {{-3, 1, 2}, {0.5, -5, 4}, {6, 7, -0.25}};
        for (int prompt = 0; prompt < 3; prompt++) {
            for (int pair = 0; pair < 3; pair++) {
                CandidatePair candidate = Scored.pair("p" + prompt, "l" + pair, "r" + pair);
                CANDIDATES.add(candidate);
                MARGINS.put(candidate, margins[prompt][pair]);
            }
        }
    }

    private static final Margins BY_HAND =
            pairs -> pairs.stream().mapToDouble(MARGINS::get).toArray();

    private static List<String> select(MarginAcquisition acquisition, int budget) {
        return acquisition.select(CANDIDATES, BY_HAND, budget, Scored.random(1)).stream()
                .map(pair -> pair.prompt().id() + pair.left().text().plain())
                .toList();
    }

    @Test
    void theFourOrdersOfTheTwoLevelsWorkedByHand() {
        // |margins|: p0 3 1 2; p1 0.5 5 4; p2 6 7 0.25
        assertThat(select(new MarginAcquisition(SMALLEST, SMALLEST), 2)).containsExactly("p2l2", "p1l0");
        assertThat(select(new MarginAcquisition(SMALLEST, LARGEST), 2)).containsExactly("p0l1", "p1l0");
        assertThat(select(new MarginAcquisition(LARGEST, SMALLEST), 2)).containsExactly("p0l0", "p1l1");
        assertThat(select(new MarginAcquisition(LARGEST, LARGEST), 2)).containsExactly("p2l1", "p1l1");
    }

    @Test
    void severalPairsPerPromptCanBeSelected() {
        assertThat(select(new MarginAcquisition(SMALLEST, SMALLEST, 2), 5))
                .containsExactly("p2l2", "p1l0", "p0l1", "p0l2", "p1l2");
    }

    @Test
    void everySelectionEqualsExhaustiveSearch() {
        RandomGenerator random = Scored.random(4);
        for (int round = 0; round < 100; round++) {
            List<CandidatePair> candidates = new ArrayList<>();
            Map<CandidatePair, Double> margins = new HashMap<>();
            for (int i = 0; i < 8; i++) {
                CandidatePair pair = Scored.pair("p" + random.nextInt(3), "l" + i, "r" + i);
                candidates.add(pair);
                margins.put(pair, random.nextGaussian());
            }
            int budget = random.nextInt(5);
            List<CandidatePair> selected = new MarginAcquisition(SMALLEST, SMALLEST)
                    .select(
                            candidates,
                            pairs -> pairs.stream().mapToDouble(margins::get).toArray(),
                            budget,
                            random);
            long prompts =
                    candidates.stream().map(CandidatePair::prompt).distinct().count();
            assertThat(selected).hasSize((int) Math.min(budget, prompts));
            // Of all sets of this size with one pair per prompt, this one has the least sum of |margin|.
            double least = Double.POSITIVE_INFINITY;
            for (int set = 0; set < 256; set++) {
                int members = set;
                List<CandidatePair> chosen = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    if ((members >> i & 1) == 1) {
                        chosen.add(candidates.get(i));
                    }
                }
                boolean onePerPrompt =
                        chosen.stream().map(CandidatePair::prompt).distinct().count() == chosen.size();
                if (onePerPrompt && chosen.size() == selected.size()) {
                    least = Math.min(least, sum(chosen, margins));
                }
            }
            assertThat(sum(selected, margins)).isEqualTo(least, within(1e-12));
        }
    }

    private static double sum(List<CandidatePair> pairs, Map<CandidatePair, Double> margins) {
        return pairs.stream().mapToDouble(pair -> Math.abs(margins.get(pair))).sum();
    }

    @Test
    void randomSelectionIsUniformOverPromptsAndPairsAndAsksForNoMargins() {
        Margins never = pairs -> {
            throw new AssertionError("random selection needs no margin");
        };
        Map<CandidatePair, Integer> counts = new HashMap<>();
        RandomGenerator random = Scored.random(8);
        int draws = 18_000;
        for (int i = 0; i < draws; i++) {
            new MarginAcquisition(RANDOM, RANDOM)
                    .select(CANDIDATES, never, 1, random)
                    .forEach(pair -> counts.merge(pair, 1, Integer::sum));
        }
        // One of nine pairs: 0.1111, standard deviation of the mean 0.0023; five of them.
        assertThat(counts).hasSize(9);
        assertThat(counts.values())
                .allSatisfy(count -> assertThat(count / (double) draws).isBetween(0.0994, 0.1228));
    }

    @Test
    void equalMarginsStayInTheOrderOfTheCandidates() {
        List<CandidatePair> selected = new MarginAcquisition(LARGEST, LARGEST)
                .select(CANDIDATES, pairs -> new double[pairs.size()], 2, Scored.random(1));
        assertThat(selected).containsExactly(CANDIDATES.get(0), CANDIDATES.get(3));
    }

    @Test
    void theSameSeedGivesTheSameSelection() {
        MarginAcquisition acquisition = new MarginAcquisition(RANDOM, RANDOM);
        assertThat(acquisition.select(CANDIDATES, BY_HAND, 3, Scored.random(5)))
                .isEqualTo(acquisition.select(CANDIDATES, BY_HAND, 3, Scored.random(5)));
    }

    @Test
    void aBudgetOfNothingBuysNothingAndATooLargeOneEverything() {
        assertThat(select(new MarginAcquisition(SMALLEST, SMALLEST), 0)).isEmpty();
        assertThat(select(new MarginAcquisition(SMALLEST, SMALLEST), 1000)).hasSize(3);
        assertThat(select(new MarginAcquisition(SMALLEST, SMALLEST, 99), Integer.MAX_VALUE))
                .hasSize(9);
        assertThat(new MarginAcquisition(SMALLEST, SMALLEST).select(List.of(), BY_HAND, 5, Scored.random(1)))
                .isEmpty();
    }

    @Test
    void marginsThatAreNoNumbersOrTooFewAreRefused() {
        MarginAcquisition acquisition = new MarginAcquisition(SMALLEST, RANDOM);
        Margins broken = pairs -> {
            double[] margins = new double[pairs.size()];
            margins[4] = Double.NaN;
            return margins;
        };
        assertThatThrownBy(() -> acquisition.select(CANDIDATES, broken, 2, Scored.random(1)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("margin of pair 5 (prompt \"p1\") is NaN");
        assertThatThrownBy(() -> acquisition.select(CANDIDATES, pairs -> new double[1], 2, Scored.random(1)))
                .hasMessage("9 candidate pairs got 1 margins");
        assertThatThrownBy(() -> acquisition.select(CANDIDATES, BY_HAND, -1, Scored.random(1)))
                .hasMessage("budget -1 must be at least 0");
    }
}
