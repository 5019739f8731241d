package org.thurstone.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thurstone.data.UserError;
import org.thurstone.model.TokenTree;
import org.thurstone.model.exact.TabularPolicy;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.example.TrainingList;
import org.thurstone.train.example.TrainingPair;
import org.thurstone.train.example.TrainingSingle;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.Memory;
import org.thurstone.train.loss.list.Sami;
import org.thurstone.train.loss.pair.Dove;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.pair.MDpo;
import org.thurstone.train.loss.pair.RationaleDpo;
import org.thurstone.train.loss.pair.SequentialDpo;
import org.thurstone.train.loss.regulariser.Rationale;
import org.thurstone.train.loss.single.Gpo;
import org.thurstone.train.loss.single.MKto;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.PromptFeatures;
import org.thurstone.train.signal.TableSignal;

/** Losses whose examples are more than completions of a prompt: trajectories, two prompts, contrasts, rationales, a second dimension. */
class OtherFormsTest {

    private static double logSigmoid(double x) {
        return -Math.log1p(Math.exp(-x));
    }

    private static TrainingPair pair(String id, List<TokenTree> trees) {
        return new TrainingPair(id, trees, 1, 1, OptionalDouble.empty(), Optional.empty());
    }

    /** log π of what follows what, of bigrams. */
    private static double[][] table(Bigrams policy) {
        int n = policy.vocabulary();
        double[] flat = policy.logits().detach().logSoftmax(-1).toDoubles();
        return IntStream.range(0, n)
                .mapToObj(i -> Arrays.copyOfRange(flat, i * n, (i + 1) * n))
                .toArray(double[][]::new);
    }

    private static double value(Policies at, Loss loss, List<? extends TrainingExample> data) {
        return at.seen(loss, data).look(new Memory()).loss();
    }

    /** A policy and its reference. */
    private record Policies(Bigrams policy, Bigrams reference) implements AutoCloseable {
        static Policies random() {
            return new Policies(Bigrams.random(6, 1), Bigrams.random(6, 2));
        }

        Seen seen(Loss loss, List<? extends TrainingExample> data) {
            FrozenLogProbs frozen = FrozenLogProbs.compute(reference, "r", LossTerm.toFreeze(loss, data), 100);
            LossTerm term = new LossTerm(loss, data, TrainingInputs.reference(frozen));
            return Seen.of(policy, term, TrainingSettings.of(1, data.size(), 0.1, 1));
        }

        /** Σ (log π − log π_ref) over steps from token to token. */
        double ratio(int[]... steps) {
            double[][] p = table(policy);
            double[][] r = table(reference);
            return Arrays.stream(steps)
                    .mapToDouble(s -> p[s[0]][s[1]] - r[s[0]][s[1]])
                    .sum();
        }

        @Override
        public void close() {
            policy.close();
            reference.close();
        }
    }

    private static TokenTree trajectories() {
        BitSet turns = new BitSet();
        turns.set(0);
        turns.set(3); // the tool says 3, 4 in between
        return new TokenTree(List.of(
                TokenTree.Segment.unscored(-1, new int[] {0}),
                new TokenTree.Segment(0, new int[] {2, 3, 4, 5}, turns),
                TokenTree.Segment.scored(0, new int[] {1, 5})));
    }

    @Test
    void toolOutputIsReadButNotTrained() {
        try (Policies at = Policies.random()) {
            List<TrainingExample> data = List.of(pair("turns", List.of(trajectories())));
            double h = at.ratio(new int[][] {{0, 2}, {4, 5}}) - at.ratio(new int[][] {{0, 1}, {1, 5}});
            assertThat(value(at, new MDpo(0.5, 0), data)).isCloseTo(-logSigmoid(0.5 * h), within(1e-12));
            double[][] p = table(at.policy);
            assertThat(value(at, new MDpo(0.5, 0.3), data))
                    .isCloseTo(-logSigmoid(0.5 * h) - 0.3 * (p[0][2] + p[4][5]) / 2, within(1e-12));
            at.seen(new MDpo(0.5, 0), data).learn(new Memory());
            double[] slopes = at.policy.logits().grad().orElseThrow().toDoubles();
            // What stands before the tool's tokens, 2 and 3, decides nothing that is scored.
            for (int from : new int[] {2, 3}) {
                assertThat(Arrays.copyOfRange(slopes, 6 * from, 6 * from + 6)).containsOnly(0);
            }
            assertThat(slopes[6 * 4 + 5]).isNotZero();
        }
    }

    @Test
    void ktoOnTurnsIsKtoOfTheirSums() {
        try (Policies at = Policies.random()) {
            BitSet turns = new BitSet();
            turns.set(0);
            turns.set(2);
            TokenTree good = new TokenTree(List.of(
                    TokenTree.Segment.unscored(-1, new int[] {0}),
                    new TokenTree.Segment(0, new int[] {2, 3, 5}, turns)));
            List<TrainingExample> data = List.of(
                    new TrainingSingle("good", good, 1, 1),
                    new TrainingSingle("bad", TokenTree.of(new int[] {1}, new int[] {4}), 0, 1));
            double z0 = Math.max(0, (at.ratio(new int[][] {{0, 4}}) + at.ratio(new int[][] {{1, 2}, {3, 5}})) / 2);
            double d = at.ratio(new int[][] {{0, 2}, {3, 5}});
            double u = at.ratio(new int[][] {{1, 4}});
            assertThat(value(at, new MKto(0.5, 1, 2), data))
                    .isCloseTo(
                            (1 / (1 + Math.exp(0.5 * (d - z0))) + 2 / (1 + Math.exp(0.5 * (z0 - u)))) / 2,
                            within(1e-12));
        }
    }

    @Test
    void answersToDifferentPromptsAreComparedWithTheirPrompts() {
        try (Policies at = Policies.random()) {
            TokenTree chosen = TokenTree.of(new int[] {0, 1}, new int[] {2});
            TokenTree rejected = TokenTree.of(new int[] {3, 3, 4}, new int[] {5, 2});
            double answers = at.ratio(new int[][] {{1, 2}}) - at.ratio(new int[][] {{4, 5}, {5, 2}});
            double prompts = at.ratio(new int[][] {{0, 1}}) - at.ratio(new int[][] {{3, 3}, {3, 4}});
            List<TrainingExample> conditional = List.of(pair("a", List.of(chosen, rejected)));
            List<TrainingExample> joint =
                    List.of(pair("b", List.of(chosen.withScoredPrompt(), rejected.withScoredPrompt())));
            assertThat(value(at, new Dove(0.5, false), conditional))
                    .isCloseTo(-logSigmoid(0.5 * answers), within(1e-12));
            assertThat(value(at, new Dove(0.5, true), joint))
                    .isCloseTo(-logSigmoid(0.5 * (answers + prompts)), within(1e-12));
            // Of one prompt the prompts cancel.
            TokenTree both = TokenTree.of(new int[] {0, 1}, new int[] {2}, new int[] {5, 2});
            assertThat(value(at, new Dove(0.5, true), List.of(pair("c", List.of(both.withScoredPrompt())))))
                    .isCloseTo(value(at, new Dpo(0.5, 0), List.of(pair("d", List.of(both)))), within(1e-12));
        }
    }

    @Test
    void rationaleIsTrainedInAdditionToThePair() {
        try (Policies at = Policies.random()) {
            TokenTree both = TokenTree.of(new int[] {0}, new int[] {2}, new int[] {5, 2});
            TokenTree why = TokenTree.of(new int[] {0, 2, 5, 1}, new int[] {4, 4});
            List<TrainingExample> data = List.of(pair("a", List.of(both, why)));
            double dpo = value(at, new Dpo(0.5, 0), List.of(pair("b", List.of(both))));
            double[][] p = table(at.policy);
            double reason = p[1][4] + p[4][4];
            assertThat(value(at, new RationaleDpo(0.5, 0.3, Rationale.Form.LIKELIHOOD), data))
                    .isCloseTo(dpo - 0.3 * reason, within(1e-12));
            assertThat(value(at, new RationaleDpo(0.5, 0.3, Rationale.Form.LOGISTIC), data))
                    .isCloseTo(dpo - logSigmoid(0.3 * reason), within(1e-12));
            List<TrainingExample> bare = List.of(pair("c", List.of(both)));
            Seen without = at.seen(new RationaleDpo(0.5, 0.3, Rationale.Form.LIKELIHOOD), bare);
            assertThatThrownBy(() -> without.term().check(at.policy))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("rationales, which come with the data");
        }
    }

    private static TrainingList contrast(int... completions) {
        int k = completions.length;
        List<TokenTree> trees = IntStream.range(0, k)
                .mapToObj(i -> TokenTree.of(
                        new int[] {i},
                        Arrays.stream(completions).mapToObj(c -> new int[] {c}).toArray(int[][]::new)))
                .toList();
        List<Double> diagonal = IntStream.range(0, k * k)
                .mapToObj(c -> c % (k + 1) == 0 ? 1.0 : 0.0)
                .toList();
        return new TrainingList("contrast of " + k, trees, diagonal, 1);
    }

    /** log k − the lower bound of the information, of A_ij = log π(y_j | x_i). */
    private static double sami(double[][] a) {
        double loss = 0;
        for (int i = 0; i < a.length; i++) {
            double row = 0;
            double column = 0;
            for (int j = 0; j < a.length; j++) {
                row += Math.exp(a[i][j]);
                column += Math.exp(a[j][i]);
            }
            loss -= (2 * a[i][i] - Math.log(row) - Math.log(column)) / (2 * a.length);
        }
        return loss;
    }

    @Test
    void samiIsCrossEntropyOfRowsAndColumns() {
        try (Policies at = Policies.random()) {
            double[][] p = table(at.policy);
            double two = sami(new double[][] {{p[0][4], p[0][5]}, {p[1][4], p[1][5]}});
            double three = sami(new double[][] {
                {p[0][4], p[0][5], p[0][2]}, {p[1][4], p[1][5], p[1][2]}, {p[2][4], p[2][5], p[2][2]}
            });
            assertThat(value(at, new Sami(), List.of(contrast(4, 5)))).isCloseTo(two, within(1e-12));
            // Of different sizes in one batch, the smaller one padded; one after the other in passes.
            List<TrainingExample> mixed = List.of(contrast(4, 5), contrast(4, 5, 2));
            assertThat(value(at, new Sami(), mixed)).isCloseTo((two + three) / 2, within(1e-12));
            assertThatThrownBy(() -> value(
                            at,
                            new Sami(),
                            List.of(new TrainingList(
                                    "ranked",
                                    List.of(TokenTree.of(new int[] {0}, new int[] {1}, new int[] {2})),
                                    List.of(1.0, 0.0),
                                    1))))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("contrasts");
        }
    }

    @Test
    void samiLearnsToDistinguishPrinciples() {
        double[][] even = {{0, 0}, {0, 0}};
        try (TabularPolicy policy = TabularPolicy.of(even)) {
            List<TrainingExample> data = List.of(contrast(0, 1));
            TrainingSettings settings = TrainingSettings.of(200, 1, 0.1, 1);
            List<Double> losses = Seen.losses(policy, new LossTerm(new Sami(), data, TrainingInputs.NONE), settings);
            assertThat(losses.getFirst()).isCloseTo(Math.log(2), within(1e-12));
            assertThat(losses.getLast()).isLessThan(0.01); // its least value is 0, which a table never reaches
            assertThat(policy.distribution(0)[0]).isGreaterThan(0.99);
            assertThat(policy.distribution(1)[1]).isGreaterThan(0.99);
        }
    }

    private static double[] log(double... p) {
        return Arrays.stream(p).map(Math::log).toArray();
    }

    /** The distribution that a training ends at, from that of the reference. */
    private static double[] ends(Loss loss, List<TrainingExample> data, double[] reference, double[] second) {
        double[][] r = {log(reference)};
        double[][] s = {log(second)};
        try (TabularPolicy first = TabularPolicy.of(r);
                TabularPolicy other = TabularPolicy.of(s);
                TabularPolicy policy = TabularPolicy.of(r)) {
            Map<TableSignal, FrozenLogProbs> frozen = new HashMap<>();
            frozen.put(FrozenLogProbs.REFERENCE, FrozenLogProbs.compute(first, "r", data, 100));
            frozen.put(FrozenLogProbs.SECOND_REFERENCE, FrozenLogProbs.compute(other, "s", data, 100));
            TrainingSettings settings = TrainingSettings.of(400, data.size(), 0.1, 1)
                    .with(to -> {
                        to.clipNorm = 1e6;
                        to.schedule = new LearningRate.Cosine(new LearningRate.Warmup.Steps(0), 0);
                    });
            TrainingInputs inputs = new TrainingInputs(frozen, Optional.empty(), Optional.empty(), PromptFeatures.NONE);
            Trainer.train(policy, new LossTerm(loss, data, inputs), settings, TrainingObserver.NONE);
            return policy.distribution(0);
        }
    }

    /** All pairs of three responses, with the probabilities of Bradley and Terry. */
    private static List<TrainingExample> allPairs(double[] reward) {
        List<TrainingExample> data = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < i; j++) {
                data.add(new TrainingPair(
                        i + ", " + j,
                        List.of(TokenTree.of(new int[] {0}, new int[] {i}, new int[] {j})),
                        1 / (1 + Math.exp(reward[j] - reward[i])),
                        1,
                        OptionalDouble.empty(),
                        Optional.empty()));
            }
        }
        return data;
    }

    @Test
    void aSecondDimensionIsAddedToTheFirstAndNotPutInItsPlace() {
        double beta = 0.5;
        double lambda = 0.7;
        double[] start = {.5, .3, .2};
        double[] helpful = {0.4, -0.3, 0.1};
        double[] harmless = {-0.5, 0.2, 0.4};
        double[] first = ends(new Dpo(beta, 0), allPairs(helpful), start, start);
        double[] kept = ends(new SequentialDpo(beta, lambda), allPairs(harmless), first, start);
        double[] expected = new double[3];
        for (int y = 0; y < 3; y++) {
            double implicit = beta * Math.log(first[y] / start[y]);
            expected[y] = first[y] * Math.exp((harmless[y] + lambda * implicit) / beta);
        }
        double sum = Arrays.stream(expected).sum();
        assertThat(kept)
                .containsExactly(Arrays.stream(expected).map(e -> e / sum).toArray(), within(1e-5));
        double[] forgetful = ends(new SequentialDpo(beta, 0), allPairs(harmless), first, start);
        assertThat(forgetful).containsExactly(ends(new Dpo(beta, 0), allPairs(harmless), first, start), within(1e-7));
        assertThat(expectation(kept, helpful)).isGreaterThan(expectation(forgetful, helpful));
    }

    private static double expectation(double[] p, double[] of) {
        return IntStream.range(0, p.length).mapToDouble(y -> p[y] * of[y]).sum();
    }

    @Test
    void gpoMovesEachLogRatioToItsScore() {
        double[] start = {.5, .3, .2};
        double[] score = {0.02, -0.03, 0.05};
        double beta = 0.1;
        // A shift that makes the targets sum to a distribution: Σ π_t·e^(ŝ/β) = 1.
        double z = Math.log(IntStream.range(0, 3)
                .mapToDouble(y -> start[y] * Math.exp(score[y] / beta))
                .sum());
        List<TrainingExample> data = IntStream.range(0, 3)
                .<TrainingExample>mapToObj(y -> new TrainingSingle(
                        "answer " + y, TokenTree.of(new int[] {0}, new int[] {y}), score[y] - beta * z, 1))
                .toList();
        double[] ends = ends(new Gpo(beta), data, start, start);
        for (int y = 0; y < 3; y++) {
            assertThat(ends[y]).isCloseTo(start[y] * Math.exp(score[y] / beta - z), within(1e-5));
        }
        try (Policies at = Policies.random()) {
            List<TrainingExample> one =
                    List.of(new TrainingSingle("x", TokenTree.of(new int[] {0}, new int[] {2, 3}), -0.4, 1));
            double d = at.ratio(new int[][] {{0, 2}, {2, 3}});
            assertThat(value(at, new Gpo(0.1), one)).isCloseTo((d + 4) * (d + 4), within(1e-12));
        }
    }
}
