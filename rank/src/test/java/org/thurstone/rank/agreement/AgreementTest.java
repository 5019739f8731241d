package org.thurstone.rank.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.thurstone.rank.agreement.Labels.Label;
import org.thurstone.statistics.Estimate;

class AgreementTest {

    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void cohenByHand() {
        // 35 of 50 the same; by chance 0.5·0.6 + 0.5·0.4 = 0.5
        Estimate kappa = Agreement.cohen(new int[][] {{20, 5}, {10, 15}});
        assertThat(kappa.mean()).isCloseTo(0.4, within(1e-12));
        assertThat(kappa.count()).isEqualTo(50);
        assertThat(Agreement.cohen(new int[][] {{9, 0}, {0, 4}}).mean()).isEqualTo(1);
        assertThat(Agreement.cohen(new int[][] {{9, 0}, {0, 0}}).mean()).isNaN();
        assertThat(Agreement.cohen(new int[2][2]).mean()).isNaN();
    }

    @Test
    void cohensIntervalCoversNineteenTimesOfTwenty() {
        double[][] p = {{0.35, 0.1, 0.02}, {0.05, 0.2, 0.03}, {0.05, 0.05, 0.15}};
        double truth = exactKappa(p);
        int covered = 0;
        for (int trial = 0; trial < 4000; trial++) {
            int[][] table = new int[3][3];
            for (int n = 0; n < 200; n++) {
                double u = random.nextDouble();
                int cell = 0;
                while (cell < 8 && (u -= p[cell / 3][cell % 3]) > 0) cell++;
                table[cell / 3][cell % 3]++;
            }
            Estimate kappa = Agreement.cohen(table);
            if (kappa.low() <= truth && truth <= kappa.high()) covered++;
        }
        assertThat(covered / 4000.0).isBetween(0.93, 0.97);
    }

    private static double exactKappa(double[][] p) {
        double observed = 0;
        double expected = 0;
        for (int i = 0; i < 3; i++) {
            observed += p[i][i];
            double row = 0;
            double column = 0;
            for (int j = 0; j < 3; j++) {
                row += p[i][j];
                column += p[j][i];
            }
            expected += row * column;
        }
        return (observed - expected) / (1 - expected);
    }

    /** The worked example of Fleiss 1971 as everybody prints it: 14 raters, 10 subjects, 5 categories, 0.210. */
    @Test
    void fleissAsPublished() {
        int[][] counts = {
            {0, 0, 0, 0, 14}, {0, 2, 6, 4, 2}, {0, 0, 3, 5, 6}, {0, 3, 9, 2, 0}, {2, 2, 8, 1, 1},
            {7, 7, 0, 0, 0}, {3, 2, 6, 3, 0}, {2, 5, 3, 2, 2}, {6, 5, 2, 1, 0}, {0, 2, 2, 3, 7}
        };
        assertThat(Agreement.fleiss(counts, 10, random).mean()).isCloseTo(0.210, within(5e-4));
    }

    /** Krippendorff, Computing Krippendorff's alpha-reliability (2011), the example with missing data. */
    @Test
    void krippendorffAsPublished() {
        String[] given = {"123321412...", "1233224125.3", ".3332342251.", "12332441251."};
        List<Label> labels = new ArrayList<>();
        for (int a = 0; a < given.length; a++) {
            for (int i = 0; i < given[a].length(); i++) {
                if (given[a].charAt(i) != '.') {
                    labels.add(new Label("unit" + i, "abcd".substring(a, a + 1), given[a].substring(i, i + 1)));
                }
            }
        }
        Labels all = Labels.of(labels);
        assertThat(Agreement.krippendorff(all, Disagreement.NOMINAL, 10, random).mean())
                .isCloseTo(0.743, within(5e-4));
        assertThat(Agreement.krippendorff(all, Disagreement.ORDINAL, 10, random).mean())
                .isCloseTo(0.815, within(5e-4));
        assertThat(Agreement.krippendorff(all, Disagreement.INTERVAL, 10, random)
                        .mean())
                .isCloseTo(0.849, within(5e-4));
    }

    /** Annotators who are right with probability ¾ and else guess between two labels: the coefficient's limit is ¾² in both. */
    @Test
    void resampledIntervalsCoverNineteenTimesOfTwenty() {
        int fleiss = 0;
        int alpha = 0;
        int trials = 600;
        for (int trial = 0; trial < trials; trial++) {
            List<Label> labels = new ArrayList<>();
            for (int i = 0; i < 120; i++) {
                int truth = random.nextInt(2);
                for (int a = 0; a < 4; a++) {
                    int said = random.nextDouble() < 0.75 ? truth : random.nextInt(2);
                    labels.add(new Label("i" + i, "a" + a, "" + said));
                }
            }
            Labels all = Labels.of(labels);
            if (covers(Agreement.fleiss(all.counts(), 300, random), 0.5625)) fleiss++;
            if (covers(Agreement.krippendorff(all, Disagreement.NOMINAL, 300, random), 0.5625)) alpha++;
        }
        assertThat(fleiss / (double) trials).isBetween(0.93, 0.97);
        assertThat(alpha / (double) trials).isBetween(0.93, 0.97);
    }

    private static boolean covers(Estimate e, double truth) {
        return e.low() <= truth && truth <= e.high();
    }

    @Test
    void aCoefficientWithoutVariationOrPairsIsNoNumber() {
        Labels one = Labels.of(List.of(new Label("x", "a", "yes"), new Label("x", "b", "yes")));
        assertThat(Agreement.fleiss(one.counts(), 5, random).mean()).isNaN();
        assertThat(Agreement.krippendorff(one, Disagreement.NOMINAL, 5, random).mean())
                .isNaN();
        Labels alone = Labels.of(List.of(new Label("x", "a", "yes"), new Label("y", "b", "no")));
        assertThat(Agreement.fleiss(alone.counts(), 5, random).count()).isZero();
        assertThatThrownBy(() -> Agreement.krippendorff(
                        Labels.of(List.of(new Label("x", "a", "yes"), new Label("x", "b", "3"))),
                        Disagreement.INTERVAL,
                        5,
                        random))
                .hasMessageContaining("'yes' is not a number");
    }

    @Test
    void theOrderOfLabelsChangesNothing() {
        List<Label> labels = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            for (int a = 0; a < 3; a++) labels.add(new Label("i" + i, "a" + a, "" + random.nextInt(3)));
        }
        double before = Agreement.krippendorff(Labels.of(labels), Disagreement.ORDINAL, 1, random)
                .mean();
        java.util.Collections.shuffle(labels, new java.util.Random(3));
        double after = Agreement.krippendorff(Labels.of(labels), Disagreement.ORDINAL, 1, random)
                .mean();
        assertThat(after).isCloseTo(before, within(1e-12));
    }

    @Test
    void annotatorPairsListTheirDisagreements() {
        Labels labels = Labels.of(List.of(
                new Label("1", "a", "x"),
                new Label("1", "b", "y"),
                new Label("2", "a", "x"),
                new Label("2", "b", "y"),
                new Label("3", "a", "y"),
                new Label("3", "b", "y"),
                new Label("4", "a", "y")));
        AnnotatorPair pair = AnnotatorPair.all(labels, 1).getFirst();
        assertThat(pair.agreement().count()).isEqualTo(3);
        assertThat(pair.agreement().mean()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(pair.disagreement()).containsExactly("x", "y");
        assertThat(pair.disagreements()).isEqualTo(2);
        assertThat(AnnotatorPair.all(labels, 4)).isEmpty();
    }
}
