package org.thurstone.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thurstone.model.Forward;
import org.thurstone.model.ForwardRequest;
import org.thurstone.model.Policy;
import org.thurstone.model.State;
import org.thurstone.model.TokenTree;
import org.thurstone.tensor.Scope;
import org.thurstone.train.example.Layout;
import org.thurstone.train.example.StepTree;
import org.thurstone.train.example.TrainingList;
import org.thurstone.train.loss.Memory;
import org.thurstone.train.loss.list.TreePo;
import org.thurstone.train.loss.score.AdaptiveSteps;
import org.thurstone.train.signal.FrozenLogProbs;

/** Steps of completions, from their tokens to the loss. */
class StepTreeTest {

    private static final int BREAK = 0;

    private static TokenTree cut(int[]... completions) {
        return StepTree.of(TokenTree.of(new int[] {7}, completions), t -> t == BREAK);
    }

    private static List<String> segments(TokenTree tree) {
        return tree.segments().stream()
                .map(s -> s.parent() + java.util.Arrays.toString(s.tokens()) + s.scored())
                .toList();
    }

    @Test
    void commonPrefixesAreShared() {
        TokenTree tree =
                cut(new int[] {1, 0, 2, 0, 3}, new int[] {4}, new int[] {1, 0, 2, 0, 5, 0}, new int[] {1, 0, 6});
        assertThat(segments(tree))
                .containsExactly(
                        "-1[7]{}", "0[1, 0]{0, 1}", "1[2, 0]{0, 1}", "2[3]{0}", "0[4]{0}", "2[5, 0]{0, 1}", "1[6]{0}");
        TrainingList list = new TrainingList("list", List.of(tree), List.of(4.0, 3.0, 2.0, 1.0), 1);
        assertThat(AdaptiveSteps.STEPS.provider().of(list)).containsExactly(0, 0, 1, 1, 2, 0, 2, 2, 1);
        assertThat(AdaptiveSteps.SHARED_STEPS.provider().of(list)).containsExactly(1, 1, 1, 1, 0, 0, 0, 0, 0);
        List<int[]> rows = Layout.of(List.of(list)).rows();
        assertThat(rows.get(0)).containsExactly(0, 1, 2, 3, 4);
        assertThat(rows.get(2)).containsExactly(0, 1, 2, 3, 6, 7);
    }

    @Test
    void everyCompletionHasItsOwnLeaf() {
        TokenTree tree = cut(new int[] {1, 0, 2}, new int[] {1, 0, 2}, new int[] {1, 0}, new int[] {1, 0, 0, 2});
        assertThat(tree.leaves()).hasSize(4);
        assertThat(segments(tree))
                .containsExactly(
                        "-1[7]{}",
                        "0[1, 0]{0, 1}",
                        "1[2]{0}",
                        "1[2]{0}",
                        "0[1, 0]{0, 1}",
                        "0[1, 0, 0]{0, 1, 2}",
                        "5[2]{0}");
        assertThatThrownBy(() -> StepTree.of(tree, t -> t == BREAK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("branches of branches");
    }

    /** One step of one path, by hand. */
    private record Step(double ratio, double[] state, boolean shared) {}

    private static List<Step> steps(TrainingList list, int path, double[] ratios, double[][] states) {
        double[] numbers = AdaptiveSteps.STEPS.provider().of(list);
        double[] shared = AdaptiveSteps.SHARED_STEPS.provider().of(list);
        List<Step> steps = new ArrayList<>();
        int[] row = Layout.of(List.of(list)).rows().get(path);
        for (int number = 0; ; number++) {
            double ratio = 0;
            double[] state = new double[states[0].length];
            int tokens = 0;
            boolean common = false;
            for (int at : row) {
                if (numbers[at] == number) {
                    ratio += ratios[at];
                    common = shared[at] == 1;
                    tokens++;
                    for (int d = 0; d < state.length; d++) {
                        state[d] += states[at][d];
                    }
                }
            }
            if (tokens == 0) {
                return steps;
            }
            for (int d = 0; d < state.length; d++) {
                state[d] /= tokens;
            }
            steps.add(new Step(ratio, state, common));
        }
    }

    private static double cosine(double[] a, double[] b) {
        double dot = 0;
        double aa = 0;
        double bb = 0;
        for (int d = 0; d < a.length; d++) {
            dot += a[d] * b[d];
            aa += a[d] * a[d];
            bb += b[d] * b[d];
        }
        return dot / Math.sqrt(aa * bb);
    }

    private static double score(List<Step> own, List<Step> best, double shared) {
        double sum = 0;
        double weights = 0;
        for (int k = 0; k < own.size(); k++) {
            double weight = k < best.size() ? 1 + cosine(own.get(k).state, best.get(k).state) : 1;
            weight *= own.get(k).shared ? shared : 1;
            sum += weight * own.get(k).ratio;
            weights += weight;
        }
        return sum / weights;
    }

    private static double[][] rows(double[] flat, int count) {
        double[][] rows = new double[count][flat.length / count];
        for (int i = 0; i < flat.length; i++) {
            rows[i / rows[0].length][i % rows[0].length] = flat[i];
        }
        return rows;
    }

    @Test
    void aTransformerLearnsFromWholeTrees() {
        TrainingList list = new TrainingList(
                "tree",
                List.of(cut(new int[] {1, 0, 2, 0, 3}, new int[] {4, 0, 5}, new int[] {1, 0, 2, 0, 5, 0, 6}, new int[] {
                    1, 0, 6
                })),
                List.of(1.0, 3.0, 0.0, 2.0),
                1);
        try (Policy policy = Small.TRANSFORMER.policy(1);
                Policy reference = Small.TRANSFORMER.policy(2);
                Scope scope = Scope.open()) {
            FrozenLogProbs frozen = FrozenLogProbs.compute(reference, "reference", List.of(list), 100);
            TrainingSettings settings = TrainingSettings.of(40, 1, 0.01, 0);
            LossTerm data = new LossTerm(new TreePo(0.5, 0.25), List.of(list), TrainingInputs.reference(frozen));
            double loss = Seen.of(policy, data, settings).look(new Memory()).loss();
            Forward forward =
                    policy.forward(list.trees(), ForwardRequest.of(false).with(State.AFTER));
            double[] ratios = forward.logProbs().toDoubles();
            double[] theirs = frozen.of(list);
            for (int t = 0; t < ratios.length; t++) {
                ratios[t] -= theirs[t];
            }
            double[][] states = rows(forward.states(State.AFTER).toDoubles(), ratios.length);
            List<Step> best = steps(list, 1, ratios, states);
            double[] s = new double[4];
            for (int path = 0; path < 4; path++) {
                s[path] = 0.5 * score(steps(list, path, ratios, states), best, 0.25);
            }
            assertThat(loss).isCloseTo(lipo(s, list.values()), within(1e-9));
            assertThat(loss).isGreaterThan(0.1);
            List<Double> losses = Seen.losses(policy, data, settings);
            assertThat(losses.getLast()).isLessThan(losses.getFirst() / 2);
        }
    }

    private static double lipo(double[] s, List<Double> values) {
        double sum = 0;
        for (int i = 0; i < s.length; i++) {
            for (int j = 0; j < s.length; j++) {
                if (values.get(i) > values.get(j)) {
                    double gain = Math.pow(2, values.get(i)) - Math.pow(2, values.get(j));
                    double discount = Math.abs(1 / Math.log(1 + place(s, i)) - 1 / Math.log(1 + place(s, j)));
                    sum += gain * discount * Math.log1p(Math.exp(s[j] - s[i]));
                }
            }
        }
        return sum;
    }

    private static double place(double[] s, int i) {
        double place = 1;
        for (double other : s) {
            place += other > s[i] ? 1 : 0;
        }
        return place;
    }
}
