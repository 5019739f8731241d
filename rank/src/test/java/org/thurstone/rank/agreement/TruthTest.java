package org.thurstone.rank.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.thurstone.rank.SharedData;
import org.thurstone.rank.agreement.Labels.Label;

/** True labels and skill: against every assignment of true labels in turn, simulated annotators, and real crowds. */
class TruthTest {

    private final SplittableRandom random = new SplittableRandom(11);

    private Labels simulated(int items, int categories, double[] right) {
        List<Label> labels = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            int truth = i % categories;
            for (int a = 0; a < right.length; a++) {
                int other = (truth + 1 + random.nextInt(categories - 1)) % categories;
                labels.add(new Label("i" + i, "a" + a, "" + (random.nextDouble() < right[a] ? truth : other)));
            }
        }
        return Labels.of(labels);
    }

    @Test
    void likelihoodSumsOverAllAssignments() {
        Labels labels = simulated(6, 2, new double[] {0.9, 0.7, 0.6});
        DawidSkene fit = DawidSkene.fit(labels, 0);
        assertThat(fit.logLikelihood()).isCloseTo(Math.log(allAssignments(labels, fit)), within(1e-9));
    }

    private static double allAssignments(Labels labels, DawidSkene fit) {
        double total = 0;
        for (int world = 0; world < 1 << labels.items().size(); world++) {
            double p = 1;
            for (int i = 0; i < labels.items().size(); i++) p *= fit.prior()[world >> i & 1];
            for (int n = 0; n < labels.size(); n++) {
                int truth = world >> labels.item()[n] & 1;
                p *= fit.confusion()[labels.annotator()[n]][truth][labels.category()[n]];
            }
            total += p;
        }
        return total;
    }

    /** No small change of the parameters makes the labels more likely. */
    @Test
    void theFitIsAMaximum() {
        Labels labels = simulated(8, 2, new double[] {0.85, 0.75, 0.7, 0.65});
        DawidSkene fit = DawidSkene.fit(labels, 0.5);
        double best = penalised(labels, fit.prior(), fit.confusion());
        for (int trial = 0; trial < 200; trial++) {
            double[] prior = nudged(fit.prior());
            double[][][] confusion = new double[fit.confusion().length][2][];
            for (int a = 0; a < confusion.length; a++) {
                for (int c = 0; c < 2; c++) confusion[a][c] = nudged(fit.confusion()[a][c]);
            }
            assertThat(penalised(labels, prior, confusion)).isLessThanOrEqualTo(best + 1e-7);
        }
    }

    private double[] nudged(double[] p) {
        double by = (random.nextDouble() - 0.5) * 0.02 * Math.min(p[0], p[1]);
        return new double[] {p[0] + by, p[1] - by};
    }

    private static double penalised(Labels labels, double[] prior, double[][][] confusion) {
        DawidSkene at = new DawidSkene(new double[0][0], prior, confusion, 0, 0);
        double value = Math.log(allAssignments(labels, at));
        for (double p : prior) value += 0.5 * Math.log(p);
        for (double[][] rows : confusion) for (double[] row : rows) for (double p : row) value += 0.5 * Math.log(p);
        return value;
    }

    @Test
    void skillsAndLabelsAreRecovered() {
        double[] right = {0.95, 0.9, 0.8, 0.6, 0.5, 0.4};
        Labels labels = simulated(2000, 3, right);
        DawidSkene skene = DawidSkene.fit(labels, 0.01);
        for (int a = 0; a < right.length; a++) assertThat(skene.skill()[a]).isCloseTo(right[a], within(0.04));
        assertThat(hits(labels, skene.labels())).isGreaterThan(hits(labels, Majority.of(labels)));
        Glad glad = Glad.fit(labels);
        assertThat(glad.ability()).isSortedAccordingTo((x, y) -> Double.compare(y, x));
        assertThat(hits(labels, glad.labels())).isGreaterThan(hits(labels, Majority.of(labels)));
    }

    /** Who always says the opposite is as good as who is right, once known. */
    @Test
    void anAdversaryIsBelievedTheOtherWayRound() {
        Labels labels = simulated(600, 2, new double[] {0.9, 0.9, 0.85, 0.05});
        assertThat(Glad.fit(labels).ability()[3]).isNegative();
        assertThat(DawidSkene.fit(labels, 0.01).skill()[3]).isLessThan(0.15);
    }

    /** The majority is x, y, x and a tie, with which b agrees always and a and c in 2.5 of 4. */
    @Test
    void annotatorsAreWeightedByTheirAgreementWithTheMajority() {
        List<Label> labels = new ArrayList<>();
        for (String row : List.of("1ax", "1bx", "1cy", "2ax", "2by", "2cy", "3ax", "3bx", "3cx", "4ay", "4cx")) {
            labels.add(new Label(row.substring(0, 1), row.substring(1, 2), row.substring(2)));
        }
        Wawa fit = Wawa.fit(Labels.of(labels), TrueLabels.NONE);
        assertThat(fit.agreement()).containsExactly(0.625, 1, 0.625);
        assertThat(fit.share()[0][0]).isCloseTo(1.625 / 2.25, within(1e-12));
        assertThat(fit.share()[1][1]).isCloseTo(1.625 / 2.25, within(1e-12));
        assertThat(fit.labels()[3]).containsExactly(0, 1);
    }

    /** Two good annotators among five who hardly know: every method that measures annotators tells them, and finds no fewer labels than the majority. */
    @ParameterizedTest
    @EnumSource(names = "MAJORITY", mode = EnumSource.Mode.EXCLUDE)
    void goodAnnotatorsAreFound(Aggregation.Method method) {
        double[] right = {0.95, 0.9, 0.56, 0.55, 0.54, 0.53, 0.52};
        Labels labels = simulated(1500, 2, right);
        Aggregation found = Aggregation.of(method, labels, TrueLabels.NONE, DawidSkene.fit(labels, 0.01), 1);
        assertThat(hits(labels, found.best())).isGreaterThanOrEqualTo(hits(labels, Majority.of(labels)));
        double worst = Math.min(found.reliability()[0], found.reliability()[1]);
        assertThat(Arrays.stream(found.reliability()).skip(2)).allMatch(r -> r < worst);
    }

    /** Nine of ten true labels are one and the same: annotators who mostly give it are no guessers for that. */
    @Test
    void maceEstimatesHowOftenEachLabelIsTrue() {
        List<Label> labels = new ArrayList<>();
        double[] right = {0.85, 0.8, 0.75, 0.7};
        for (int i = 0; i < 600; i++) {
            int truth = i % 10 == 0 ? 1 : 0;
            for (int a = 0; a < right.length; a++) {
                labels.add(new Label("i" + i, "a" + a, "" + (random.nextDouble() < right[a] ? truth : 1 - truth)));
            }
            labels.add(new Label("i" + i, "guesser", "0"));
        }
        Labels all = Labels.of(labels);
        Mace fit = Mace.fit(all, TrueLabels.NONE);
        assertThat(fit.prior()[1]).isCloseTo(0.1, within(0.03));
        assertThat(fit.competence()[4])
                .isLessThan(Arrays.stream(fit.competence()).limit(4).min().orElseThrow());
        TrueLabels truth = new TrueLabels(IntStream.range(0, 600)
                .boxed()
                .collect(Collectors.toMap(i -> "i" + i, i -> i % 10 == 0 ? "1" : "0")));
        assertThat(truth.accuracy(all, fit.labels()).mean())
                .isGreaterThan(truth.accuracy(all, Majority.of(all)).mean());
    }

    /** One item, one annotator: the mode over α and b of log ½, whatever they are, is the prior's. */
    @Test
    void gladWithoutEvidenceStaysAtItsPrior() {
        Glad fit = Glad.fit(Labels.of(List.of(new Label("x", "a", "0"), new Label("y", "a", "1"))));
        assertThat(fit.posterior()[0]).hasSize(2);
        // Each item is labelled once: P(label) is ½ for any α and β, so the likelihood is flat.
        assertThat(fit.logPosterior()).isCloseTo(2 * Math.log(0.5), within(1e-3));
    }

    private static int hits(Labels labels, int[][] found) {
        int hits = 0;
        int k = labels.categories().size();
        for (int i = 0; i < found.length; i++) {
            if (found[i].length == 1 && labels.categories().get(found[i][0]).equals("" + i % k)) hits++;
        }
        return hits;
    }

    /**
     * The majority's accuracies, computed independently: a tie counts as its share (published with ties to the smallest label: 0.759, 0.897, 0.818,
     * 0.630). Dawid–Skene is better on all four.
     */
    @ParameterizedTest
    @CsvSource({
        "d_Duck_Identification, 0.75926",
        "d_jn-product, 0.89657",
        "s4_Dog_data, 0.82218",
        "s4_Face_Sentiment_Identification, 0.63670"
    })
    void realCrowds(String set, double majority) {
        Labels labels = LabelFile.read(
                        List.of(SharedData.path("crowd_labels/" + set + "/answer.csv.gz")), LabelFile.Columns.USUAL)
                .labels();
        TrueLabels truth = TrueLabels.read(SharedData.path("crowd_labels/" + set + "/truth.csv"), Optional.empty());
        double byMajority = truth.accuracy(labels, Majority.of(labels)).mean();
        assertThat(byMajority).isCloseTo(majority, within(5e-6));
        double bySkene =
                truth.accuracy(labels, DawidSkene.fit(labels, 0.01).labels()).mean();
        assertThat(bySkene).isGreaterThan(byMajority);
    }

    private double accuracy(String set, Aggregation.Method method) {
        Labels labels = LabelFile.read(
                        List.of(SharedData.path("crowd_labels/" + set + "/answer.csv.gz")), LabelFile.Columns.USUAL)
                .labels();
        TrueLabels truth = TrueLabels.read(SharedData.path("crowd_labels/" + set + "/truth.csv"), Optional.empty());
        return Aggregation.of(method, labels, TrueLabels.NONE, DawidSkene.fit(labels, 0.01), 1)
                .accuracy(labels, truth)
                .mean();
    }

    /**
     * Next to the accuracies of crowd-kit 1.4.2 on the same sets, which breaks ties by the order of labels. GLAD has other priors there; MACE
     * takes all labels to be true equally often and mixes up the annotators' guesses, so that these differ by some items.
     */
    @ParameterizedTest
    @CsvSource({
        "d_Duck_Identification, DAWID_SKENE, 0.88889, 0.01",
        "d_Duck_Identification, ONE_COIN, 0.58333, 0.00001",
        "d_Duck_Identification, GLAD, 0.72222, 0.00001",
        "d_Duck_Identification, MACE, 0.85185, 0.01",
        "d_Duck_Identification, KOS, 0.72222, 0.00001",
        "s4_Dog_data, DAWID_SKENE, 0.84263, 0.00001",
        "s4_Dog_data, ONE_COIN, 0.83024, 0.00001",
        "s4_Dog_data, GLAD, 0.83395, 0.00001",
        "s4_Dog_data, MACE, 0.83519, 0.006",
        "s4_Face_Sentiment_Identification, DAWID_SKENE, 0.64041, 0.00001",
        "s4_Face_Sentiment_Identification, ONE_COIN, 0.61130, 0.00001",
        "s4_Face_Sentiment_Identification, GLAD, 0.63014, 0.002",
        "s4_Face_Sentiment_Identification, MACE, 0.63527, 0.006",
        "d_jn-product, MACE, 0.92904, 0.006"
    })
    void accuraciesAreThoseOfCrowdKit(String set, Aggregation.Method method, double accuracy, double near) {
        assertThat(accuracy(set, method)).isCloseTo(accuracy, within(near));
    }
}
