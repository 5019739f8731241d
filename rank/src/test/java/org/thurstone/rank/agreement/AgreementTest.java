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

    private static final Agreement.Bootstrap BY_ITEM = new Agreement.Bootstrap(Agreement.Bootstrap.Unit.ITEM, 20, 3);

    /** Twelve units by four annotators with missing labels, one row per annotator (Krippendorff 2011; Gwet 2014, table 2.10). */
    private static Labels fourRaters() {
        String[] given = {"123321412...", "1233224125.3", ".3332342251.", "12332441251."};
        List<Label> labels = new ArrayList<>();
        for (int a = 0; a < given.length; a++) {
            for (int i = 0; i < given[a].length(); i++) {
                if (given[a].charAt(i) != '.') {
                    labels.add(new Label("unit" + i, "abcd".substring(a, a + 1), given[a].substring(i, i + 1)));
                }
            }
        }
        return Labels.of(labels);
    }

    private static Labels matrix(int[][] rows) {
        List<Label> labels = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            for (int a = 0; a < rows[i].length; a++) labels.add(new Label("i" + i, "a" + a, "" + rows[i][a]));
        }
        return Labels.of(labels);
    }

    /** Published by Gwet (AC1 0.775), and computed by irrCAC 0.4 for Python, which rounds to five decimals. */
    @Test
    void gwetsCoefficientsAreThoseOfIrrCac() {
        Labels labels = fourRaters();
        assertThat(Agreement.gwet(labels, AgreementWeights.IDENTITY, BY_ITEM).mean())
                .isCloseTo(0.77544, within(5e-6));
        assertThat(Agreement.gwet(labels, AgreementWeights.LINEAR, BY_ITEM).mean())
                .isCloseTo(0.85874, within(5e-6));
        assertThat(Agreement.gwet(labels, AgreementWeights.QUADRATIC, BY_ITEM).mean())
                .isCloseTo(0.91400, within(5e-6));
        assertThat(Agreement.observed(labels, BY_ITEM).mean()).isCloseTo(0.81818, within(5e-6));
    }

    /** Computed by krippendorff 0.9 for Python. */
    @Test
    void ratioAlphaIsThatOfOthers() {
        assertThat(Agreement.krippendorff(fourRaters(), Disagreement.RATIO, BY_ITEM)
                        .mean())
                .isCloseTo(0.7974027747116121, within(1e-12));
    }

    /** Computed by NLTK 3.10: AnnotationTask.alpha with masi_distance and jaccard_distance. */
    @Test
    void alphaOfSetsIsThatOfNltk() {
        String[] rows = {
            "a1x; y",
            "b1x; y",
            "c1x",
            "a2z",
            "b2x",
            "c2z",
            "a3x; z",
            "b3x; y",
            "c3x; y; z",
            "a4y",
            "b4y",
            "a5x",
            "c5x; y"
        };
        Labels labels = Labels.of(java.util.Arrays.stream(rows)
                .map(row -> new Label(row.substring(1, 2), row.substring(0, 1), row.substring(2)))
                .toList());
        assertThat(Agreement.krippendorff(labels, Disagreement.MASI, BY_ITEM).mean())
                .isCloseTo(0.2653061224489798, within(1e-12));
        assertThat(Agreement.krippendorff(labels, Disagreement.JACCARD, BY_ITEM).mean())
                .isCloseTo(0.326315789473684, within(1e-12));
    }

    /** Computed by scikit-learn 1.x: cohen_kappa_score with weights linear and quadratic. */
    @Test
    void weightedKappasAreThoseOfScikitLearn() {
        int[] a = {1, 1, 2, 2, 3, 3, 4, 4, 2, 3, 1, 4, 3, 2, 5, 5, 4, 1, 2, 3};
        int[] b = {1, 2, 2, 3, 3, 4, 4, 4, 2, 2, 1, 5, 3, 1, 5, 4, 3, 1, 2, 5};
        int[][] table = new int[5][5];
        for (int i = 0; i < a.length; i++) table[a[i] - 1][b[i] - 1]++;
        assertThat(Agreement.cohen(table).mean()).isCloseTo(0.43217665615141954, within(1e-12));
        assertThat(Agreement.cohen(table, AgreementWeights.LINEAR.matrix(5)).mean())
                .isCloseTo(0.6610169491525424, within(1e-12));
        assertThat(Agreement.cohen(table, AgreementWeights.QUADRATIC.matrix(5)).mean())
                .isCloseTo(0.8248175182481752, within(1e-12));
    }

    /** The weights use the values of numbers and the places of words. */
    @Test
    void weightsGoByTheScale() {
        assertThat(AgreementWeights.LINEAR.matrix(LabelOrder.of(List.of("1", "2", "5")))[0][1])
                .isEqualTo(0.75);
        assertThat(AgreementWeights.LINEAR.matrix(LabelOrder.of(List.of("low", "medium", "high")))[0][1])
                .isEqualTo(0.5);
        assertThatThrownBy(() -> AgreementWeights.LINEAR.matrix(LabelOrder.of(List.of("cat", "dog", "bird"))))
                .hasMessageContaining("not known");
    }

    @Test
    void theQuadraticKappasIntervalCoversNineteenTimesOfTwenty() {
        double[][] weights = AgreementWeights.QUADRATIC.matrix(3);
        double[][] p = {{0.35, 0.1, 0.02}, {0.05, 0.2, 0.03}, {0.05, 0.05, 0.15}};
        int[][] exact = new int[3][3];
        for (int i = 0; i < 9; i++) exact[i / 3][i % 3] = (int) Math.round(p[i / 3][i % 3] * 100);
        double truth = Agreement.cohen(exact, weights).mean();
        int covered = 0;
        for (int trial = 0; trial < 3000; trial++) {
            int[][] table = new int[3][3];
            for (int n = 0; n < 200; n++) {
                double u = random.nextDouble();
                int cell = 0;
                while (cell < 8 && (u -= p[cell / 3][cell % 3]) > 0) cell++;
                table[cell / 3][cell % 3]++;
            }
            Estimate kappa = Agreement.cohen(table, weights);
            if (kappa.low() <= truth && truth <= kappa.high()) covered++;
        }
        assertThat(covered / 3000.0).isBetween(0.93, 0.97);
    }

    /** Shrout and Fleiss (1979), table 4: 0.17, 0.29, 0.71, 0.44, 0.62, 0.91; more digits and intervals by pingouin 0.6. */
    @Test
    void intraclassCorrelationsAsPublished() {
        IntraclassCorrelation icc = IntraclassCorrelation.of(matrix(
                        new int[][] {{9, 2, 5, 8}, {6, 1, 3, 2}, {8, 4, 6, 8}, {7, 1, 2, 6}, {10, 5, 6, 9}, {6, 2, 4, 7}
                        }))
                .orElseThrow();
        isClose(icc.oneWay(), 0.165742, -0.13, 0.72);
        isClose(icc.agreement(), 0.289764, 0.02, 0.76);
        isClose(icc.consistency(), 0.714841, 0.34, 0.95);
        isClose(icc.averageOneWay(), 0.442797, -0.88, 0.91);
        isClose(icc.averageAgreement(), 0.620051, 0.07, 0.93);
        isClose(icc.averageConsistency(), 0.909316, 0.68, 0.99);
    }

    private static void isClose(Estimate e, double value, double low, double high) {
        assertThat(e.mean()).isCloseTo(value, within(5e-7));
        assertThat(e.low()).isCloseTo(low, within(0.00501));
        assertThat(e.high()).isCloseTo(high, within(0.00501));
    }

    @Test
    void correlationsWithoutCompleteItemsHaveOnlyOneWayForms() {
        IntraclassCorrelation icc = IntraclassCorrelation.of(Labels.of(List.of(
                        new Label("1", "a", "1"),
                        new Label("1", "b", "2"),
                        new Label("2", "b", "5"),
                        new Label("2", "c", "4"),
                        new Label("3", "a", "3"))))
                .orElseThrow();
        // Between: 2·(1.5 − 3)² + 2·(4.5 − 3)² = 9 with one degree of freedom; within: 0.5 + 0.5 = 1 with two; n₀ = 2.
        assertThat(icc.oneWay().mean()).isCloseTo((9 - 0.5) / (9 + 0.5), within(1e-12));
        assertThat(icc.agreement().mean()).isNaN();
        assertThat(icc.agreement().count()).isZero();
        assertThat(IntraclassCorrelation.of(Labels.of(List.of(new Label("1", "a", "x")))))
                .isEmpty();
        assertThat(IntraclassCorrelation.of(matrix(new int[][] {{1, 1}, {2, 2}, {3, 3}}))
                        .orElseThrow()
                        .agreement())
                .isEqualTo(new Estimate(1, Double.NaN, Double.NaN, 3));
    }

    @Test
    void specificAgreementByHand() {
        Labels labels = matrix(new int[][] {{1, 1, 2}, {1, 1, 1}, {2, 2, 1}, {2, 1, 2}});
        List<Estimate> specific = Agreement.specific(labels, BY_ITEM);
        // Ordered pairs: of label 1, agreeing 2 + 6 of 4 + 6 + 2 + 2; of label 2, agreeing 2 + 2 of 2 + 4 + 4.
        assertThat(specific.get(0).mean()).isCloseTo(8 / 14.0, within(1e-12));
        assertThat(specific.get(1).mean()).isCloseTo(4 / 10.0, within(1e-12));
    }

    /** Annotators differ in accuracy: resampled items, with these annotators, do not show that. */
    @Test
    void annotatorsAreResampledWithoutPairsOfCopies() {
        int covered = 0;
        int trials = 150;
        for (int trial = 0; trial < trials; trial++) {
            List<Label> labels = new ArrayList<>();
            double[] accuracy = new double[12];
            for (int a = 0; a < accuracy.length; a++) accuracy[a] = random.nextBoolean() ? 0.9 : 0.5;
            for (int i = 0; i < 100; i++) {
                int truth = random.nextInt(2);
                for (int a = 0; a < accuracy.length; a++) {
                    int said = random.nextDouble() < accuracy[a] ? truth : random.nextInt(2);
                    labels.add(new Label("i" + i, "a" + a, "" + said));
                }
            }
            Labels all = Labels.of(labels);
            Estimate byAnnotator = Agreement.krippendorff(
                    all, Disagreement.NOMINAL, new Agreement.Bootstrap(Agreement.Bootstrap.Unit.ANNOTATOR, 100, trial));
            // Two annotators drawn at random agree beyond chance with the square of the mean of 0.9 and 0.5.
            if (covers(byAnnotator, 0.49)) covered++;
        }
        assertThat(covered / (double) trials).isBetween(0.85, 0.99);
    }

    @Test
    void fewAnnotatorsHaveNoIntervalByAnnotator() {
        Estimate alpha = Agreement.krippendorff(
                fourRaters(), Disagreement.NOMINAL, new Agreement.Bootstrap(Agreement.Bootstrap.Unit.ANNOTATOR, 20, 1));
        assertThat(alpha.mean()).isCloseTo(0.743, within(5e-4));
        assertThat(alpha.low()).isNaN();
    }

    @Test
    void selfAgreementComparesRepeatedLabels() {
        List<LabelFile.Repeat> repeats = List.of(
                new LabelFile.Repeat("1", "a", List.of("x", "x")),
                new LabelFile.Repeat("2", "a", List.of("x", "y", "x")),
                new LabelFile.Repeat("1", "b", List.of("y", "y")));
        List<SelfAgreement> self = SelfAgreement.of(repeats);
        assertThat(self.getFirst().same().mean()).isCloseTo((1 + 1 / 3.0) / 2, within(1e-12));
        assertThat(self.get(1).same().mean()).isEqualTo(1);
        // Units xx, xxy, yy: disagreement 2·2·1/(3−1) = 2 over 7 labels; expected 2·4·3/(7·6); α = 1 − (2/7)/(24/42) =
        // 1/2.
        assertThat(SelfAgreement.alpha(repeats, LabelOrder.of(List.of("x", "y")), Disagreement.NOMINAL, BY_ITEM)
                        .mean())
                .isCloseTo(0.5, within(1e-12));
    }

    /** Ten agreements of ten, or two labels, do not make a coefficient certain. */
    @Test
    void intervalsHaveAWidth() {
        Estimate perfect = Agreement.cohen(new int[][] {{6, 0}, {0, 4}});
        assertThat(perfect.mean()).isEqualTo(1);
        assertThat(perfect.high()).isEqualTo(1);
        // Wilson's lower end of ten of ten is 10 / (10 + 1.96²) = 0.7225; chance is 0.52.
        assertThat(perfect.low()).isCloseTo((0.72247 - 0.52) / 0.48, within(1e-4));
        Estimate two = Agreement.cohen(new int[][] {{1, 1}, {0, 0}});
        assertThat(two.mean()).isZero();
        assertThat(two.high() - two.low()).isGreaterThan(1);
        Labels same = matrix(new int[][] {{1, 1}, {2, 2}, {1, 1}});
        Estimate alpha = Agreement.krippendorff(same, Disagreement.NOMINAL, BY_ITEM);
        assertThat(alpha.mean()).isEqualTo(1);
        assertThat(alpha.low()).isNaN();
    }
}
