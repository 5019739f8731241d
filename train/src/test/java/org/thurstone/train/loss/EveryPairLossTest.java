package org.thurstone.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.pair.Aot;
import org.thurstone.train.loss.pair.Bmc;
import org.thurstone.train.loss.pair.DegreeAware;
import org.thurstone.train.loss.pair.RelativePo;
import org.thurstone.train.loss.pair.Wpo;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.TokenSignal;

/** What holds for every loss over pairs, with its defaults. */
class EveryPairLossTest {

    private record Rows(double[][] policy, double[][] reference, double[][] second, double[][] weights) {
        Sequences sequences(int morePadding, double meanLength) {
            Map<TokenSignal, Tensor> extras = new HashMap<>();
            for (TokenSignal other : TokenSignals.ALL) {
                extras.put(other, Pairs.padded(weights, morePadding));
            }
            extras.put(DegreeAware.DEGREES, Pairs.classes(Pairs.padded(weights, morePadding)));
            extras.put(FrozenLogProbs.REFERENCE, Pairs.padded(reference, morePadding));
            extras.put(FrozenLogProbs.SECOND_REFERENCE, Pairs.padded(second, morePadding));
            return new Sequences(
                    Pairs.padded(policy, morePadding).requiresGrad(true),
                    Pairs.mask(policy, morePadding),
                    extras,
                    meanLength);
        }

        double meanLength() {
            return Arrays.stream(policy).mapToInt(r -> r.length).average().orElseThrow();
        }

        Rows take(int... rows) {
            return new Rows(pick(policy, rows), pick(reference, rows), pick(second, rows), pick(weights, rows));
        }

        private static double[][] pick(double[][] from, int... rows) {
            return IntStream.of(rows).mapToObj(i -> from[i]).toArray(double[][]::new);
        }

        static Rows random(Random random, int n) {
            double[][] policy = Pairs.random(random, n, 6);
            double[][] weights = Arrays.stream(policy)
                    .map(r -> random.doubles(r.length).map(u -> 2 * u).toArray())
                    .toArray(double[][]::new);
            return new Rows(policy, Pairs.like(random, policy), Pairs.like(random, policy), weights);
        }
    }

    private static final int SAMPLES = 6;

    /** Samples of a pair and an embedding of its prompt, none of which is moved when the pair's own log-probabilities are. */
    private static Context context(Rows w, DType type) {
        int n = w.policy().length;
        double[][] drawn = new double[SAMPLES * n][];
        double[] embeddings = new double[2 * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < SAMPLES; j++) {
                drawn[SAMPLES * i + j] = j % 2 == 0 ? w.reference()[i] : w.second()[i];
            }
            embeddings[2 * i] = w.reference()[i][0];
            embeddings[2 * i + 1] = w.second()[i][0];
        }
        Map<TokenSignal, Tensor> extras = new HashMap<>();
        for (TokenSignal signal : TokenSignals.ALL) {
            extras.put(signal, Pairs.padded(drawn, 0).mul(0.5).to(type));
        }
        extras.put(DegreeAware.DEGREES, Pairs.classes(Pairs.padded(drawn, 0)).to(type));
        Sequences completions = new Sequences(
                Pairs.padded(drawn, 0).to(type), Pairs.mask(drawn, 0).to(type), extras, 1);
        return new Context(
                Context.alone(n).ids(),
                new Memory(),
                Optional.of(new Samples(completions, SAMPLES)),
                Map.of(RelativePo.PROMPT_EMBEDDING, Tensor.of(embeddings, n, 2).to(type)),
                Map.of());
    }

    private static PairBatch batch(Rows w, Rows l, double[] probability, double[] margin, int padding) {
        return new PairBatch(
                w.sequences(padding, w.meanLength()),
                l.sequences(padding, l.meanLength()),
                Tensor.of(probability),
                Tensor.of(new double[probability.length]).add(1),
                Tensor.of(margin),
                context(w, DType.FLOAT64));
    }

    private static final double[] SOFT = {1, 0.7, 0.5, 1, 0.9};
    private static final double[] HARD = {1, 1, 1, 1, 1};
    private static final double[] MARGIN = {0, 1, 0.3, 2, 0};

    private static double[] labels(Loss loss) {
        return loss instanceof Aot ? HARD : SOFT;
    }

    static List<Loss> losses() {
        return Named.pairLosses();
    }

    /** But those whose gradient is stopped on purpose; they have tests of their own. */
    static List<Loss> smooth() {
        return losses().stream()
                .filter(loss -> !(loss instanceof Wpo || loss instanceof Bmc))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("smooth")
    void itsGradientIsTheSlopeOfItsValue(Loss loss) {
        Random random = new Random(1);
        Rows w = Rows.random(random, 5);
        Rows l = Rows.random(random, 5);
        try (Scope scope = Scope.open()) {
            PairBatch batch = batch(w, l, labels(loss), MARGIN, 0);
            loss.on(batch).sum().backward();
            for (Rows side : List.of(w, l)) {
                Tensor leaf = (side == w ? batch.chosen() : batch.rejected()).policy();
                double[] gradient = leaf.grad().map(Tensor::toDoubles).orElseGet(() -> new double[(int) leaf.count()]);
                int width = (int) leaf.size(1);
                for (int i = 0; i < 5; i++) {
                    for (int t = 0; t < width; t++) {
                        if (t >= side.policy()[i].length) {
                            assertThat(gradient[i * width + t]).isZero();
                            continue;
                        }
                        double at = side.policy()[i][t];
                        double step = 1e-5;
                        side.policy()[i][t] = at + step;
                        double up = loss.on(batch(w, l, labels(loss), MARGIN, 0))
                                .sum()
                                .item();
                        side.policy()[i][t] = at - step;
                        double down = loss.on(batch(w, l, labels(loss), MARGIN, 0))
                                .sum()
                                .item();
                        side.policy()[i][t] = at;
                        double slope = (up - down) / (2 * step);
                        double scale = Math.max(1, Math.abs(slope));
                        assertThat(gradient[i * width + t] / scale)
                                .as("%s, row %d, token %d", loss, i, t)
                                .isCloseTo(slope / scale, within(1e-5));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void orderAndPaddingDoNotMatter(Loss loss) {
        Random random = new Random(2);
        Rows w = Rows.random(random, 5);
        Rows l = Rows.random(random, 5);
        int[] order = {3, 0, 4, 2, 1};
        double[] whole = loss.on(batch(w, l, labels(loss), MARGIN, 0)).toDoubles();
        double[] padded = loss.on(batch(w, l, labels(loss), MARGIN, 3)).toDoubles();
        double[] permuted = loss.on(
                        batch(w.take(order), l.take(order), pick(labels(loss), order), pick(MARGIN, order), 0))
                .toDoubles();
        assertThat(padded).containsExactly(whole, within(1e-9));
        // What is sorted has its own order, whatever the batch's.
        assertThat(permuted).containsExactly(loss instanceof Aot ? whole : pick(whole, order), within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void partsOfABatchAreTheWholeUnlessItsExamplesAreCoupled(Loss loss) {
        if (loss.couples()) {
            return;
        }
        Random random = new Random(3);
        Rows w = Rows.random(random, 5);
        Rows l = Rows.random(random, 5);
        double[] whole = loss.on(batch(w, l, SOFT, MARGIN, 0)).toDoubles();
        List<Double> parts = new ArrayList<>();
        for (int[] part : new int[][] {{0, 1}, {2, 3, 4}}) {
            PairBatch some = new PairBatch(
                    w.take(part).sequences(0, w.meanLength()),
                    l.take(part).sequences(0, l.meanLength()),
                    Tensor.of(pick(SOFT, part)),
                    Tensor.of(new double[part.length]).add(1),
                    Tensor.of(pick(MARGIN, part)),
                    context(w.take(part), DType.FLOAT64));
            Arrays.stream(loss.on(some).toDoubles()).forEach(parts::add);
        }
        assertThat(parts.stream().mapToDouble(d -> d).toArray()).containsExactly(whole, within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void itsPartsAddUpToIt(Loss loss) {
        Random random = new Random(4);
        PairBatch batch = batch(Rows.random(random, 5), Rows.random(random, 5), labels(loss), MARGIN, 0);
        double[] sum = loss.parts(batch).values().stream()
                .reduce(Tensor::add)
                .orElseThrow()
                .toDoubles();
        assertThat(sum).containsExactly(loss.on(batch).toDoubles(), within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void extremesAreFinite(Loss loss) {
        double[][] short1 = {{-1e4}, {-1e-9}, {-1e4}, {0}, {-1}};
        double[][] short2 = {{-1e-9}, {-1e4}, {-1e4}, {0}, {-1}};
        finite(loss, short1, short2);
        double[] longRow = new double[4096];
        Arrays.fill(longRow, -3);
        finite(loss, new double[][] {longRow, {-2}, {-1}}, new double[][] {{-1}, longRow, {-1}});
    }

    private static void finite(Loss loss, double[][] w, double[][] l) {
        try (Scope scope = Scope.open()) {
            Rows chosen = new Rows(w, fill(w, -1), fill(w, -2), fill(w, 1));
            Rows rejected = new Rows(l, fill(l, -1), fill(l, -2), fill(l, 1));
            double[] probability = new double[w.length];
            Arrays.fill(probability, 1);
            PairBatch batch = batch(chosen, rejected, probability, new double[w.length], 0);
            Tensor each = loss.on(batch);
            assertThat(each.finite())
                    .as("%s on %s", loss, Arrays.toString(each.toDoubles()))
                    .isTrue();
            each.sum().backward();
            batch.chosen()
                    .policy()
                    .grad()
                    .ifPresent(g ->
                            assertThat(g.finite()).as("gradient of %s", loss).isTrue());
            batch.rejected()
                    .policy()
                    .grad()
                    .ifPresent(g ->
                            assertThat(g.finite()).as("gradient of %s", loss).isTrue());
        }
    }

    private static double[][] fill(double[][] like, double value) {
        return Arrays.stream(like)
                .map(r -> Arrays.stream(r).map(v -> value).toArray())
                .toArray(double[][]::new);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void identicalPairsPullNeitherWayOnTheirMargin(Loss loss) {
        double[][] rows = {{-0.5, -1}, {-2.0}};
        Rows same = new Rows(rows, fill(rows, -1), fill(rows, -1), fill(rows, 1));
        PairBatch batch = batch(same, same, new double[] {0.5, 0.5}, new double[2], 0);
        if (loss.couples()) {
            return;
        }
        PairBatch turned = batch.swapped();
        assertThat(loss.on(batch).toDoubles()).containsExactly(loss.on(turned).toDoubles(), within(1e-12));
        assertThat(loss.on(batch).finite()).isTrue();
    }

    private static double[] pick(double[] from, int... at) {
        return IntStream.of(at).mapToDouble(i -> from[i]).toArray();
    }

    @ParameterizedTest
    @MethodSource("losses")
    void itRunsInSinglePrecisionToo(Loss loss) {
        Tensor values = Tensor.full(-0.7, DType.FLOAT32, Device.CPU, 2, 3);
        Map<TokenSignal, Tensor> extras = new HashMap<>();
        for (TokenSignal signal : TokenSignals.ALL) {
            extras.put(signal, TokenSignals.ofPolicy(signal) ? values : values.add(1.7));
        }
        extras.put(DegreeAware.DEGREES, Pairs.classes(values));
        Sequences side = new Sequences(values, values.add(1.7), extras, 3);
        Rows same = new Rows(new double[2][3], new double[2][3], new double[2][3], new double[2][3]);
        PairBatch pairs = PairBatch.of(side, side).withContext(context(same, DType.FLOAT32));
        assertThat(loss.on(pairs).type()).isEqualTo(DType.FLOAT32);
    }
}
