package org.thurstone.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.list.Sami;
import org.thurstone.train.loss.score.AdaptiveSteps;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.TokenSignal;

/** What holds for every loss over lists, with its defaults. */
class EveryListLossTest {

    private static final int SIZE = 3; // of a state

    /** A completion of a list: what there is at each of its tokens. */
    private record Row(double[] policy, double[] reference, double[] steps, double[] shared, double[][] states) {
        static Row random(Random random, int length) {
            double[] steps = new double[length];
            for (int t = 1; t < length; t++) {
                steps[t] = steps[t - 1] + random.nextInt(2);
            }
            return new Row(
                    logs(random, length),
                    logs(random, length),
                    steps,
                    Arrays.stream(steps).map(s -> s == 0 ? 1 : 0).toArray(),
                    IntStream.range(0, length)
                            .mapToObj(t -> random.doubles(SIZE, -1, 1).toArray())
                            .toArray(double[][]::new));
        }

        private static double[] logs(Random random, int length) {
            return random.doubles(length).map(u -> Math.log(0.02 + 0.95 * u)).toArray();
        }

        static Row of(double reference, double... policy) {
            double[] zeros = new double[policy.length];
            double[][] states = new double[policy.length][SIZE];
            for (int t = 0; t < policy.length; t++) {
                zeros[t] = reference;
                states[t][0] = 1;
            }
            return new Row(policy, zeros, new double[policy.length], new double[policy.length], states);
        }
    }

    private record Lists(List<List<Row>> rows, List<double[]> values) {
        static Lists random(long seed) {
            Random random = new Random(seed);
            List<List<Row>> rows = new ArrayList<>();
            List<double[]> values = new ArrayList<>();
            for (int k : new int[] {3, 2, 5, 4}) {
                rows.add(IntStream.range(0, k)
                        .mapToObj(i -> Row.random(random, 1 + random.nextInt(6)))
                        .toList());
                values.add(random.doubles(k, 0, 3).toArray());
            }
            values.set(2, new double[] {3, 1.5, 0.2, 1.5, 2}); // a tie, neither of the best nor of the worst
            return new Lists(rows, values);
        }

        Lists take(int... lists) {
            return new Lists(
                    IntStream.of(lists).mapToObj(rows::get).toList(),
                    IntStream.of(lists).mapToObj(values::get).toList());
        }

        /** The completions of each list the other way round. */
        Lists reversed() {
            List<double[]> turned = values.stream()
                    .map(v -> IntStream.range(0, v.length)
                            .mapToDouble(i -> v[v.length - 1 - i])
                            .toArray())
                    .toList();
            return new Lists(rows.stream().map(List::reversed).toList(), turned);
        }

        double bestLength() {
            double sum = 0;
            for (int i = 0; i < rows.size(); i++) {
                double[] v = values.get(i);
                int best = 0;
                for (int k = 1; k < v.length; k++) {
                    best = v[k] > v[best] ? k : best;
                }
                sum += rows.get(i).get(best).policy.length;
            }
            return sum / rows.size();
        }

        ListBatch batch(int moreTokens, int moreCompletions, double meanLength) {
            int n = rows.size();
            int width = rows.stream().mapToInt(List::size).max().orElseThrow() + moreCompletions;
            Row none = new Row(new double[0], new double[0], new double[0], new double[0], new double[0][]);
            List<Row> flat = new ArrayList<>();
            double[] value = new double[n * width];
            double[] present = new double[n * width];
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < width; k++) {
                    boolean there = k < rows.get(i).size();
                    flat.add(there ? rows.get(i).get(k) : none);
                    if (there) {
                        value[i * width + k] = values.get(i)[k];
                        present[i * width + k] = 1;
                    }
                }
            }
            double[][] policy = flat.stream().map(r -> r.policy).toArray(double[][]::new);
            Map<TokenSignal, Tensor> extras = new HashMap<>();
            extras.put(
                    FrozenLogProbs.REFERENCE,
                    Pairs.padded(flat.stream().map(r -> r.reference).toArray(double[][]::new), moreTokens));
            extras.put(
                    AdaptiveSteps.STEPS,
                    Pairs.padded(flat.stream().map(r -> r.steps).toArray(double[][]::new), moreTokens));
            extras.put(
                    AdaptiveSteps.SHARED_STEPS,
                    Pairs.padded(flat.stream().map(r -> r.shared).toArray(double[][]::new), moreTokens));
            Tensor padded = Pairs.padded(policy, moreTokens);
            double[] states = new double[(int) padded.count() * SIZE];
            for (int r = 0; r < policy.length; r++) {
                for (int t = 0; t < policy[r].length; t++) {
                    System.arraycopy(flat.get(r).states[t], 0, states, (int) (r * padded.size(1) + t) * SIZE, SIZE);
                }
            }
            extras.put(AdaptiveSteps.STATES, Tensor.of(states, padded.size(0), padded.size(1), SIZE));
            return new ListBatch(
                    new Sequences(padded.requiresGrad(true), Pairs.mask(policy, moreTokens), extras, meanLength),
                    Tensor.of(value, n, width),
                    Tensor.of(present, n, width),
                    Tensor.of(new double[n]).add(1),
                    Context.alone(n));
        }
    }

    /** But the one over contrasts, whose lists are squares; it has tests of its own. */
    static List<Loss> losses() {
        return Named.listLosses().stream()
                .filter(loss -> !(loss instanceof Sami))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("losses")
    void itsGradientIsTheSlopeOfItsValue(Loss loss) {
        Lists lists = Lists.random(1);
        try (Scope scope = Scope.open()) {
            ListBatch batch = lists.batch(0, 0, 3);
            loss.on(batch).sum().backward();
            double[] gradient =
                    batch.completions().policy().grad().orElseThrow().toDoubles();
            int width = (int) batch.width();
            int longest = (int) batch.completions().policy().size(1);
            double largest = 0;
            for (int i = 0; i < lists.rows.size(); i++) {
                for (int k = 0; k < lists.rows.get(i).size(); k++) {
                    double[] row = lists.rows.get(i).get(k).policy;
                    for (int t = 0; t < longest; t++) {
                        double g = gradient[(i * width + k) * longest + t];
                        if (t >= row.length) {
                            assertThat(g).isZero();
                            continue;
                        }
                        double at = row[t];
                        row[t] = at + 1e-5;
                        double up = loss.on(lists.batch(0, 0, 3)).sum().item();
                        row[t] = at - 1e-5;
                        double down = loss.on(lists.batch(0, 0, 3)).sum().item();
                        row[t] = at;
                        double slope = (up - down) / 2e-5;
                        assertThat(g)
                                .as("%s, list %d, completion %d, token %d", loss, i, k, t)
                                .isCloseTo(slope, within(1e-6 * Math.max(1, Math.abs(slope))));
                        largest = Math.max(largest, Math.abs(slope));
                    }
                }
            }
            assertThat(largest).isGreaterThan(1e-3);
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void orderAndPaddingDoNotMatter(Loss loss) {
        Lists lists = Lists.random(2);
        double[] whole = loss.on(lists.batch(0, 0, 3)).toDoubles();
        assertThat(loss.on(lists.batch(2, 0, 3)).toDoubles()).containsExactly(whole, within(1e-9));
        assertThat(loss.on(lists.batch(0, 2, 3)).toDoubles()).containsExactly(whole, within(1e-9));
        assertThat(loss.on(lists.reversed().batch(0, 0, 3)).toDoubles()).containsExactly(whole, within(1e-9));
        double[] permuted = loss.on(lists.take(2, 0, 3, 1).batch(0, 0, 3)).toDoubles();
        assertThat(permuted).containsExactly(new double[] {whole[2], whole[0], whole[3], whole[1]}, within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void partsOfABatchAreTheWhole(Loss loss) {
        assertThat(loss.couples()).isFalse();
        Lists lists = Lists.random(3);
        double mean = lists.bestLength();
        double[] whole = loss.on(lists.batch(0, 0, mean)).toDoubles();
        double[] first = loss.on(lists.take(0, 1).batch(0, 0, mean)).toDoubles();
        double[] second = loss.on(lists.take(2, 3).batch(0, 0, mean)).toDoubles();
        assertThat(new double[] {first[0], first[1], second[0], second[1]}).containsExactly(whole, within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void itsPartsAddUpToIt(Loss loss) {
        ListBatch batch = Lists.random(4).batch(0, 0, 3);
        double[] sum = loss.parts(batch).values().stream()
                .reduce(Tensor::add)
                .orElseThrow()
                .toDoubles();
        assertThat(sum).containsExactly(loss.on(batch).toDoubles(), within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void extremesAreFinite(Loss loss) {
        double[] longRow = new double[4096];
        Arrays.fill(longRow, -3);
        finite(
                loss,
                new Lists(
                        List.of(
                                List.of(Row.of(-1, -1e4), Row.of(-1, -1e-9), Row.of(-1e4, -1)),
                                List.of(Row.of(-1, longRow), Row.of(-1, -2)),
                                List.of(Row.of(-1, -2), Row.of(-1, longRow), Row.of(-1, 0))),
                        List.of(new double[] {1, 0, 0.5}, new double[] {0, 1}, new double[] {3, 3, 3})));
        // All alike, as at the start of a training.
        finite(
                loss,
                new Lists(
                        List.of(List.of(Row.of(-1, -1), Row.of(-1, -1)), List.of(Row.of(0, 0), Row.of(0, 0))),
                        List.of(new double[] {2, 1}, new double[] {1, 1})));
    }

    private static void finite(Loss loss, Lists lists) {
        try (Scope scope = Scope.open()) {
            ListBatch batch = lists.batch(0, 0, 3);
            Tensor each = loss.on(batch);
            assertThat(each.finite())
                    .as("%s on %s", loss, Arrays.toString(each.toDoubles()))
                    .isTrue();
            each.sum().backward();
            assertThat(batch.completions().policy().grad().orElseThrow().finite())
                    .as("gradient of %s", loss)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void theBestIsRaisedAndTheWorstIsNot(Loss loss) {
        // From where all are alike.
        Lists lists = new Lists(
                List.of(List.of(Row.of(-1, -1), Row.of(-1, -1), Row.of(-1, -1))), List.of(new double[] {1, 3, 2}));
        ListBatch batch = lists.batch(0, 0, 1);
        loss.on(batch).sum().backward();
        double[] gradient = batch.completions().policy().grad().orElseThrow().toDoubles();
        assertThat(gradient[1]).isNegative();
        assertThat(gradient[0]).isNotNegative();
    }

    @ParameterizedTest
    @MethodSource("losses")
    void itRunsInSinglePrecisionToo(Loss loss) {
        ListBatch exact = Lists.random(5).batch(0, 0, 3);
        Map<TokenSignal, Tensor> extras = new HashMap<>();
        exact.completions().extras().forEach((signal, t) -> extras.put(signal, t.to(DType.FLOAT32)));
        Sequences rows = new Sequences(
                exact.completions().policy().detach().to(DType.FLOAT32),
                exact.completions().mask().to(DType.FLOAT32),
                extras,
                3);
        ListBatch single = new ListBatch(
                rows,
                exact.value().to(DType.FLOAT32),
                exact.present().to(DType.FLOAT32),
                exact.weight(),
                exact.context());
        Tensor each = loss.on(single);
        assertThat(each.type()).isEqualTo(DType.FLOAT32);
        assertThat(each.toDoubles()).containsExactly(loss.on(exact).toDoubles(), within(1e-4));
    }
}
