package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Trial;
import org.thurstone.model.Policy;
import org.thurstone.model.TokenTree;
import org.thurstone.model.hub.Transformers;
import org.thurstone.model.transformer.Transformer;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;
import org.thurstone.report.Lines;
import org.thurstone.report.Point;
import org.thurstone.report.Series;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Scope;
import org.thurstone.train.LearningRate;
import org.thurstone.train.LossTerm;
import org.thurstone.train.Trainer;
import org.thurstone.train.TrainingInputs;
import org.thurstone.train.TrainingPlan;
import org.thurstone.train.TrainingSettings;
import org.thurstone.train.example.TrainingPair;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.signal.FrozenLogProbs;

/** Compares training with the prompt of a pair computed once for both completions, and computed twice. */
@Method(
        name = "shared-prefix",
        kind = "replication",
        papers = "2410.20305",
        source = "arXiv:2410.20305",
        summary = "sharing the prompt between chosen and rejected changes only the cost")
public record SharedPrefix() implements Replication {

    private static final int COMPLETION = 16;
    private static final int[] PROMPTS = {8, 16, 32, 64, 128};
    private static final int PAIRS = 4;
    private static final int VOCABULARY = 64;
    private static final double RATE = 1;

    @Override
    public Description about() {
        return new Description("""
            Chosen and rejected completions can be two branches of one sequence, with an attention mask so that neither sees the other. Loss and gradient are the same
            as with two sequences, so that training converges in the same way. The longer the prompt is in relation to its completions, the fewer positions are
            computed, down to a half.""", """
            A Llama with random weights (2 layers of width 64); pairs of random tokens, with completions of 16 tokens and prompts of 8 to 128. DPO, β = 0.1; the
            reference is another model with random weights. Measured in double and in single precision: the largest difference of log-probabilities; the difference of
            gradients divided by the norm of the gradient; losses over 20 steps of gradient descent with both layouts; the number of token positions. For comparison,
            the same sequence without the mask, in which the rejected completion simply follows the chosen one. Times are ratios within this run, and no conclusion is
            drawn from them.""", """
            Neither packing of several pairs into one sequence nor GPUs, on which the paper measured its times, are tested.""");
    }

    private static Transformer model(RandomGenerator random, DType type) {
        return Transformer.initialise(
                Transformers.config("the replication's model", """
                {"model_type": "llama", "vocab_size": %d, "hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2,
                 "num_attention_heads": 4, "num_key_value_heads": 2, "max_position_embeddings": 512}
                """.formatted(VOCABULARY)), random, type, Device.CPU);
    }

    private record Pair(int[] prompt, int[] chosen, int[] rejected) {
        static Pair random(int prompt, RandomGenerator random) {
            return new Pair(
                    random.ints(prompt, 0, VOCABULARY).toArray(),
                    random.ints(COMPLETION, 0, VOCABULARY).toArray(),
                    random.ints(COMPLETION, 0, VOCABULARY).toArray());
        }

        List<TokenTree> shared() {
            return List.of(TokenTree.of(prompt, chosen, rejected));
        }

        List<TokenTree> apart() {
            return List.of(TokenTree.of(prompt, chosen), TokenTree.of(prompt, rejected));
        }

        /** Both completions in one sequence without a mask: the rejected one attends to the chosen one. */
        List<TokenTree> unmasked() {
            return List.of(new TokenTree(List.of(
                    TokenTree.Segment.unscored(-1, prompt),
                    TokenTree.Segment.scored(0, chosen),
                    TokenTree.Segment.scored(1, rejected))));
        }
    }

    private static double[] logProbs(Policy policy, List<TokenTree> trees) {
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            return policy.forward(trees, false).logProbs().toDoubles();
        }
    }

    /** Losses of the steps, and the gradient of the first step. */
    private record Trained(List<Double> losses, double[] gradient, double seconds) {}

    private static Trained train(Trial trial, DType type, List<TrainingPair> pairs, Loss loss, int steps) {
        TrainingSettings settings = TrainingSettings.of(1, pairs.size(), RATE, 0)
                .with(s -> {
                    s.schedule = new LearningRate.Constant(new LearningRate.Warmup.Steps(0));
                    s.clipNorm = 1e9;
                    s.tokensPerPass = 1 << 16;
                });
        try (Transformer policy = model(trial.random("policy", 0), type);
                Transformer reference = model(trial.random("reference", 0), type);
                Trainer trainer = new Trainer(TrainingPlan.of(policy, loss.signals(), Optional.empty(), settings)
                        .withGradientDescent())) {
            FrozenLogProbs frozen = FrozenLogProbs.compute(reference, "reference", pairs, 1 << 16);
            LossTerm term = new LossTerm(loss, pairs, TrainingInputs.reference(frozen));
            double[] before = flat(policy);
            List<Double> losses = new ArrayList<>();
            double[] gradient = new double[before.length];
            long begin = System.nanoTime();
            for (int t = 0; t < steps; t++) {
                losses.add(trainer.step(List.of(term), RATE, t + 1, Optional.empty())
                        .loss());
                if (t == 0) {
                    double[] after = flat(policy);
                    Arrays.setAll(gradient, i -> (before[i] - after[i]) / RATE);
                    begin = System.nanoTime();
                }
            }
            return new Trained(losses, gradient, (System.nanoTime() - begin) * 1e-9);
        }
    }

    /** All parameters, in the order of their names. */
    private static double[] flat(Policy policy) {
        return new TreeMap<>(policy.parameters().all())
                .values().stream()
                        .flatMapToDouble(t -> Arrays.stream(t.detach().toDoubles()))
                        .toArray();
    }

    private static List<TrainingPair> examples(List<Pair> pairs, boolean shared) {
        List<TrainingPair> examples = new ArrayList<>();
        for (Pair pair : pairs) {
            examples.add(new TrainingPair(
                    "pair " + examples.size(),
                    shared ? pair.shared() : pair.apart(),
                    1,
                    1,
                    OptionalDouble.empty(),
                    Optional.empty()));
        }
        return examples;
    }

    @Override
    public Findings experiment(Trial trial) {
        int steps = trial.of(20, 3);
        int[] lengths = trial.smoke() ? new int[] {8, 64} : PROMPTS;
        Figures same = Figures.of(
                "log₁₀ of the largest differences, shared against apart (0 shows as −18)",
                1,
                " | log-probabilities | gradient, double | gradient, single | losses over steps"
                        + " | log-probabilities without the mask");
        Figures cost = Figures.of("cost of a step", 3, " | positions, shared | positions, apart | their ratio");
        List<Point> counted = new ArrayList<>();
        List<Point> formula = new ArrayList<>();
        List<String> times = new ArrayList<>();
        boolean exact = true;
        boolean single = true;
        boolean course = true;
        boolean masked = true;
        boolean positions = true;
        Loss loss = trial.subject(new Dpo(0.1, 0), 0.1);
        for (int length : lengths) {
            trial.progress().step("prompts of " + length, counted.size(), lengths.length, "");
            RandomGenerator random = trial.random("pairs", length);
            List<Pair> pairs = new ArrayList<>();
            for (int i = 0; i < PAIRS; i++) {
                pairs.add(Pair.random(length, random));
            }
            double logs = 0;
            double without = 0;
            try (Transformer policy = model(trial.random("policy", 0), DType.FLOAT64)) {
                for (Pair pair : pairs) {
                    double[] apart = logProbs(policy, pair.apart());
                    logs = Math.max(logs, apart(logProbs(policy, pair.shared()), apart));
                    without = Math.max(without, apart(logProbs(policy, pair.unmasked()), apart));
                }
            }
            Trained[][] trained = new Trained[2][2];
            double[] off = new double[2];
            double losses = 0;
            for (int d = 0; d < 2; d++) {
                DType type = d == 0 ? DType.FLOAT64 : DType.FLOAT32;
                for (int way = 0; way < 2; way++) {
                    trained[d][way] = train(trial, type, examples(pairs, way == 0), loss, steps);
                }
                off[d] = distance(trained[d][0].gradient(), trained[d][1].gradient()) / norm(trained[d][1].gradient());
            }
            for (int t = 0; t < steps; t++) {
                losses = Math.max(
                        losses,
                        Math.abs(trained[0][0].losses().get(t)
                                - trained[0][1].losses().get(t)));
            }
            exact &= logs < 1e-10 && off[0] < 1e-10;
            single &= off[1] < 1e-5;
            course &= losses < 1e-9
                    && (trial.smoke()
                            || Objects.requireNonNull(trained[0][0].losses().getLast())
                                    < Objects.requireNonNull(
                                            trained[0][0].losses().getFirst()));
            masked &= without > 1e-3;
            int share = pairs.stream()
                    .flatMap(p -> p.shared().stream())
                    .mapToInt(TokenTree::size)
                    .sum();
            int whole = pairs.stream()
                    .flatMap(p -> p.apart().stream())
                    .mapToInt(TokenTree::size)
                    .sum();
            double ratio = (double) length / COMPLETION;
            double expected = (ratio + 2) / (2 * ratio + 2);
            positions &= Math.abs((double) share / whole - expected) < 1e-12;
            counted.add(Point.of(ratio, (double) share / whole, Double.NaN, Double.NaN));
            formula.add(Point.of(ratio, expected, Double.NaN, Double.NaN));
            String name = "prompt of " + length;
            same = same.row(name, log(logs), log(off[0]), log(off[1]), log(losses), log(without));
            cost = cost.row(name, Measured.of(share), Measured.of(whole), Measured.of((double) share / whole));
            times.add(String.format(Locale.ROOT, "%.2f", trained[1][0].seconds() / trained[1][1].seconds()));
        }
        return Findings.of(same, cost)
                .with(new Lines(
                        "Positions, shared by apart",
                        "Nothing is random.",
                        Axis.of("prompt by completion, tokens"),
                        Axis.of("ratio of positions").fromZero(),
                        List.of(
                                new Series("counted", counted, false),
                                new Series("(ratio + 2)/(2·ratio + 2)", formula, true))))
                .core("in double precision log-probabilities and gradients agree to ten digits", exact)
                .core("without the mask they do not", masked)
                .core("in single precision gradients agree to 1e-5 of their norm", single)
                .core("losses agree over the steps, and fall", course)
                .core("positions are (P + 2C)/(2P + 2C) of those of two sequences", positions)
                // A note and not a figure, since times are not reproducible.
                .note("Times of a step, shared by apart, in this run: " + String.join(", ", times) + ".");
    }

    private static Measured log(double difference) {
        return Measured.of(Math.log10(Math.max(difference, 1e-18)));
    }

    private static double apart(double[] one, double[] other) {
        double most = 0;
        for (int i = 0; i < one.length; i++) {
            most = Math.max(most, Math.abs(one[i] - other[i]));
        }
        return most;
    }

    private static double distance(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (one[i] - other[i]) * (one[i] - other[i]);
        }
        return Math.sqrt(sum);
    }

    private static double norm(double[] of) {
        return distance(of, new double[of.length]);
    }
}
