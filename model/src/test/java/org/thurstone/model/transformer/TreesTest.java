package org.thurstone.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thurstone.model.Forward;
import org.thurstone.model.TokenTree;
import org.thurstone.model.TokenTree.Segment;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

/** One pass over trees is the same as their paths one by one. */
class TreesTest {

    static List<String> families() {
        return Tiny.families();
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** Log-probabilities, and gradients by name. */
    record Result(double[] logProbs, Map<String, double[]> gradients) {}

    static Result run(Transformer model, List<TokenTree> trees, double[] slope) {
        model.parameters().dropGrads();
        try (Scope scope = Scope.open()) {
            Forward pass = model.forward(trees, true);
            double[] logProbs = pass.logProbs().toDoubles();
            pass.backward(Tensor.of(slope));
            return new Result(logProbs, gradients(model));
        }
    }

    static Map<String, double[]> gradients(Transformer model) {
        Map<String, double[]> gradients = new TreeMap<>();
        model.parameters()
                .all()
                .forEach((name, tensor) -> gradients.put(
                        name, tensor.grad().map(Tensor::toDoubles).orElse(new double[(int) tensor.count()])));
        return gradients;
    }

    /** Each path of a tree on its own, with the places in the tree's scores of what it scores; each scored token is in one of them. */
    private record Path(TokenTree sequence, List<Integer> places) {}

    private static List<Path> paths(List<TokenTree> trees) {
        List<Path> paths = new ArrayList<>();
        int before = 0;
        for (TokenTree tree : trees) {
            List<Map<Integer, Integer>> place = new ArrayList<>();
            for (Segment s : tree.segments()) {
                Map<Integer, Integer> places = new TreeMap<>();
                for (int i = s.scored().nextSetBit(0); i >= 0; i = s.scored().nextSetBit(i + 1)) {
                    places.put(i, before++);
                }
                place.add(places);
            }
            boolean[] done = new boolean[tree.segments().size()];
            for (int leaf : tree.leaves()) {
                List<Integer> chain = new ArrayList<>();
                for (int s = leaf; s >= 0; s = tree.segments().get(s).parent()) {
                    chain.addFirst(s);
                }
                List<Integer> tokens = new ArrayList<>();
                List<Integer> places = new ArrayList<>();
                BitSet scored = new BitSet();
                for (int s : chain) {
                    Segment segment = tree.segments().get(s);
                    for (int i = 0; i < segment.tokens().length; i++) {
                        Integer at = place.get(s).get(i);
                        if (!done[s] && at != null) {
                            scored.set(tokens.size());
                            places.add(at);
                        }
                        tokens.add(segment.tokens()[i]);
                    }
                    done[s] = true;
                }
                int[] ids = tokens.stream().mapToInt(x -> x).toArray();
                paths.add(new Path(new TokenTree(List.of(new Segment(-1, ids, scored))), places));
            }
        }
        return paths;
    }

    private static void agree(Map<String, double[]> actual, Map<String, double[]> expected, double tolerance) {
        expected.forEach(
                (name, values) -> assertThat(actual.get(name)).as(name).containsExactly(values, within(tolerance)));
    }

    private static void treesAreTheirPaths(String family, DType type, double tolerance, int count, long seed) {
        RandomGenerator random = random(seed);
        try (Transformer model = Tiny.model(family, type, random, false)) {
            List<TokenTree> trees = Tiny.trees(random, count);
            double[] slope = random.doubles(
                            trees.stream().mapToInt(TokenTree::scoredCount).sum(), -1, 1)
                    .toArray();
            Result together = run(model, trees, slope);
            model.parameters().dropGrads();
            double[] apart = new double[slope.length];
            for (Path path : paths(trees)) {
                try (Scope scope = Scope.open()) {
                    Forward pass = model.forward(List.of(path.sequence), true);
                    double[] logProbs = pass.logProbs().toDoubles();
                    double[] part = new double[logProbs.length];
                    for (int i = 0; i < part.length; i++) {
                        apart[path.places.get(i)] = logProbs[i];
                        part[i] = slope[path.places.get(i)];
                    }
                    pass.backward(Tensor.of(part));
                }
            }
            assertThat(together.logProbs).containsExactly(apart, within(tolerance));
            agree(together.gradients, gradients(model), tolerance);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void treesAreTheirPathsInDouble(String family) {
        for (int seed = 1; seed <= 5; seed++) {
            treesAreTheirPaths(family, DType.FLOAT64, 1e-10, 4, seed);
        }
        treesAreTheirPaths(family, DType.FLOAT64, 1e-10, 1, 6);
    }

    @ParameterizedTest
    @MethodSource("families")
    void treesAreTheirPathsInFloat(String family) {
        treesAreTheirPaths(family, DType.FLOAT32, 1e-4, 5, 7);
    }

    @ParameterizedTest
    @MethodSource("families")
    void gradientsAreFiniteDifferences(String family) {
        RandomGenerator random = random(8);
        try (Transformer model = Tiny.model(family, DType.FLOAT64, random, false)) {
            List<TokenTree> trees = Tiny.trees(random, 3);
            double[] slope = random.doubles(
                            trees.stream().mapToInt(TokenTree::scoredCount).sum(), -1, 1)
                    .toArray();
            Map<String, double[]> gradients = run(model, trees, slope).gradients;
            model.parameters().all().forEach((name, tensor) -> {
                int at = random.nextInt((int) tensor.count());
                double h = 1e-5;
                double difference =
                        (loss(model, trees, slope, tensor, at, h) - loss(model, trees, slope, tensor, at, -h))
                                / (2 * h);
                assertThat(gradients.get(name)[at]).as(name).isCloseTo(difference, within(1e-7));
            });
        }
    }

    private static double loss(
            Transformer model, List<TokenTree> trees, double[] slope, Tensor parameter, int at, double by) {
        try (Scope scope = Scope.open();
                org.thurstone.tensor.Gradients off = org.thurstone.tensor.Gradients.off()) {
            Tensor moved = Tensor.zeros(DType.FLOAT64, parameter.device(), parameter.count());
            moved.narrow(0, at, 1).copy_(Tensor.of(new double[] {by}));
            Tensor shift = moved.reshape(parameter.shape());
            parameter.add_(shift);
            double loss = model.forward(trees, false)
                    .logProbs()
                    .mul(Tensor.of(slope))
                    .sum()
                    .item();
            parameter.sub_(shift);
            return loss;
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void checkpointingChangesNothing(String family) {
        List<TokenTree> trees = Tiny.trees(random(9), 4);
        double[] slope = random(10)
                .doubles(trees.stream().mapToInt(TokenTree::scoredCount).sum(), -1, 1)
                .toArray();
        try (Transformer plain = Tiny.model(family, DType.FLOAT64, random(11), false);
                Transformer checkpointed = Tiny.model(family, DType.FLOAT64, random(11), true)) {
            Result expected = run(plain, trees, slope);
            Result actual = run(checkpointed, trees, slope);
            assertThat(actual.logProbs).containsExactly(expected.logProbs);
            agree(actual.gradients, expected.gradients, 1e-12);
        }
    }

    @Test
    void manyShortAndFewLongTreesGoDifferentWaysToTheSame() {
        RandomGenerator random = random(12);
        try (Transformer model = Tiny.model("mistral", DType.FLOAT64, random, false);
                Scope scope = Scope.open()) {
            // One long tree among short ones: padding all to it would cost more than calls.
            int[] prompt = random.ints(40, 0, Tiny.VOCABULARY).toArray();
            List<TokenTree> trees = new ArrayList<>(Tiny.trees(random, 3));
            trees.add(TokenTree.of(prompt, new int[] {1, 2, 3}, new int[] {4, 5}));
            TreeBatch batch = TreeBatch.of(trees, Tiny.VOCABULARY, 64);
            List<double[]> logProbs = new ArrayList<>();
            for (boolean padded : new boolean[] {true, false}) {
                try (Network network = new Network(
                        model.config(),
                        model.parameters(),
                        n -> java.util.Optional.empty(),
                        NumberTypes.of(model.parameters()
                                .get(model.config().names().embedding())
                                .type()))) {
                    TreeAttention attention =
                            new TreeAttention(model.config(), batch, network.turns(), network.device(), padded);
                    Tensor x = network.embed(batch.tokens(), batch.positions());
                    for (Layer layer : network.layers()) {
                        x = layer.forward(x, attention);
                    }
                    logProbs.add(x.toDoubles());
                }
            }
            assertThat(logProbs.get(0)).containsExactly(logProbs.get(1), within(1e-12));
        }
    }

    @Test
    void passWithoutScoredTokensIsEmpty() {
        try (Transformer model = Tiny.model("llama", DType.FLOAT32, random(13), false);
                Scope scope = Scope.open()) {
            Forward pass =
                    model.forward(List.of(new TokenTree(List.of(Segment.unscored(-1, new int[] {1, 2, 3})))), true);
            assertThat(pass.logProbs().count()).isZero();
            pass.backward(pass.logProbs());
            assertThat(model.parameters().get("model.norm.weight").grad()).isEmpty();
        }
    }
}
