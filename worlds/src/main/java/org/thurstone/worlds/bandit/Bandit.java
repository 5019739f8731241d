package org.thurstone.worlds.bandit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.stream.IntStream;
import org.thurstone.data.Completions;
import org.thurstone.data.Prompt;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.loop.Output;
import org.thurstone.loop.World;
import org.thurstone.loop.evaluation.Evaluation;
import org.thurstone.loop.run.Codec;
import org.thurstone.statistics.Estimate;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.online.EncodedPrompt;
import org.thurstone.train.online.Sample;
import org.thurstone.train.online.SamplePair;
import org.thurstone.train.online.SampleValues;

/**
 * A world of finite prompts, each as likely, and finite responses. Policies are tables of probabilities, (prompts × responses). Who compares the
 * responses is a {@link PreferenceMatrix}, and who rates them a {@link RewardTable}.
 *
 * @param reference positive everywhere
 * @param preference for each prompt P[y][z], the probability that y is better than z
 * @param reward (prompts × responses), where preferences come from one
 */
public record Bandit(double[][] reference, double[][][] preference, Optional<double[][]> reward)
        implements World<double[][]> {

    /** The best response of a {@link #rare} world. */
    public static final int RARE = 8;

    /** What a table is kept as. */
    public static final Output<double[][]> POLICY = new Output<>("policy.json", Codec.json(double[][].class));

    /** A world in which people compare by the Bradley–Terry model of a reward. */
    public static Bandit rewarded(double[][] reference, double[][] reward) {
        double[][][] preference =
                Arrays.stream(reward).map(Preferences::transitive).toArray(double[][][]::new);
        return new Bandit(reference, preference, Optional.of(reward));
    }

    /** Where they compare as a matrix says. */
    public static Bandit preferring(double[][] reference, double[][]... preference) {
        return new Bandit(reference, preference, Optional.empty());
    }

    /** Three responses that beat one another in a circle, with drawn probabilities between 0.7 and 0.95, and a drawn reference. */
    public static Bandit circle(RandomGenerator random) {
        double a = random.nextDouble(0.7, 0.95);
        double b = random.nextDouble(0.7, 0.95);
        double c = random.nextDouble(0.7, 0.95);
        double[][] circle = {{0.5, a, 1 - c}, {1 - a, 0.5, b}, {c, 1 - b, 0.5}};
        return preferring(Simplex.random(1, 3, 0.7, random), circle);
    }

    /**
     * Normal rewards of deviation 1.
     *
     * @param spread of the reference's logits, which are independent of the reward
     */
    public static Bandit normal(int prompts, int responses, double spread, RandomGenerator random) {
        double[][] reward = new double[prompts][responses];
        for (double[] row : reward) {
            Arrays.setAll(row, y -> random.nextGaussian());
        }
        return rewarded(Simplex.random(prompts, responses, spread, random), reward);
    }

    /** One prompt with uniform rewards, and a reference whose logits have a deviation of ½. */
    public static Bandit uniform(int responses, double least, double most, RandomGenerator random) {
        return rewarded(
                Simplex.random(1, responses, 0.5, random),
                new double[][] {random.doubles(responses, least, most).toArray()});
    }

    /**
     * One prompt × 12 responses: eight common ones with normal rewards of deviation ½, and four rare ones, of which the first, {@link #RARE}, has
     * a reward of 3 and the others −1.
     *
     * @param mass the reference's probability of each rare one
     */
    public static Bandit rare(double mass, RandomGenerator random) {
        double[] reference = new double[RARE + 4];
        double[] reward = new double[RARE + 4];
        for (int y = 0; y < reference.length; y++) {
            reference[y] = y < RARE ? (1 - 4 * mass) / RARE : mass;
            reward[y] = y < RARE ? 0.5 * random.nextGaussian() : y == RARE ? 3 : -1;
        }
        return rewarded(new double[][] {reference}, new double[][] {reward});
    }

    /** Several worlds of as many responses as one, whose prompts are all of theirs. */
    public static Bandit together(List<Bandit> worlds) {
        double[][] reference =
                worlds.stream().flatMap(w -> Arrays.stream(w.reference)).toArray(double[][]::new);
        double[][][] preference =
                worlds.stream().flatMap(w -> Arrays.stream(w.preference)).toArray(double[][][]::new);
        return new Bandit(
                reference,
                preference,
                worlds.stream().allMatch(w -> w.reward.isPresent())
                        ? Optional.of(worlds.stream()
                                .flatMap(w -> Arrays.stream(w.rewards()))
                                .toArray(double[][]::new))
                        : Optional.empty());
    }

    public int prompts() {
        return reference.length;
    }

    public int responses() {
        return reference[0].length;
    }

    public Game game(int prompt) {
        return new Game(preference[prompt], reference[prompt]);
    }

    double[][] rewards() {
        return reward.orElseThrow(() -> new IllegalStateException("preferences of this world come from no reward"));
    }

    /** Something of each prompt, where prompts have nothing in common and each counts as a trial. */
    public double[] each(IntToDoubleFunction of) {
        return IntStream.range(0, prompts()).mapToDouble(of).toArray();
    }

    /** The mean over prompts. */
    public double mean(IntToDoubleFunction of) {
        return IntStream.range(0, prompts()).mapToDouble(of).average().orElseThrow();
    }

    /** The expected reward of a policy. */
    public double value(double[][] policy) {
        return mean(x -> Simplex.mean(policy[x], rewards()[x]));
    }

    /** What the best response to each prompt is worth. */
    public double best() {
        return mean(x -> Arrays.stream(rewards()[x]).max().orElseThrow());
    }

    /** How much reward a policy leaves. */
    public double regret(double[][] policy) {
        return best() - value(policy);
    }

    /** KL(π ‖ π_ref) in nats. */
    public double divergence(double[][] policy) {
        return mean(x -> Simplex.divergence(policy[x], reference[x]));
    }

    /** What maximises E r − β·KL(π ‖ π_ref), in closed form: π_ref·exp(r/β). */
    public double[][] optimum(double beta) {
        return IntStream.range(0, prompts())
                .mapToObj(x -> Simplex.tilted(reference[x], rewards()[x], 1 / beta))
                .toArray(double[][]::new);
    }

    /** E r − β·KL(π ‖ π_ref). */
    public double objective(double[][] policy, double beta) {
        return value(policy) - beta * divergence(policy);
    }

    /** The same for one prompt, where prompts have nothing in common and each counts as a trial. */
    public double objective(double[][] policy, double beta, int prompt) {
        return Simplex.mean(policy[prompt], rewards()[prompt])
                - beta * Simplex.divergence(policy[prompt], reference[prompt]);
    }

    /** How much of the regularised objective a policy leaves. */
    public double shortfall(double[][] policy, double beta) {
        return objective(optimum(beta), beta) - objective(policy, beta);
    }

    /** The same for each prompt, where prompts have nothing in common and each counts as a trial. */
    public double[] shortfalls(double[][] policy, double beta) {
        double[][] optimum = optimum(beta);
        return each(x -> objective(optimum, beta, x) - objective(policy, beta, x));
    }

    /** Root mean square error of the differences of reward that a policy implies, β·log(π/π'), from a uniform reference. */
    public double impliedError(double[][] policy, double beta) {
        double sum = 0;
        int count = 0;
        for (int x = 0; x < prompts(); x++) {
            for (int y = 0; y < responses(); y++) {
                for (int z = 0; z < y; z++, count++) {
                    double implied = beta * Math.log(policy[x][y] / policy[x][z]);
                    sum += Math.pow(implied - (rewards()[x][y] - rewards()[x][z]), 2);
                }
            }
        }
        return Math.sqrt(sum / count);
    }

    /** How often a policy's response is preferred to that of another one. */
    public double winRate(double[][] policy, double[][] other) {
        return mean(x -> game(x).winRate(policy[x], other[x]));
    }

    /** The duality gap of a policy, mean over prompts. */
    public double gap(double[][] policy) {
        return mean(x -> game(x).gap(policy[x]));
    }

    /** The duality gap of the game regularised with τ. */
    public double gap(double[][] policy, double tau) {
        return mean(x -> game(x).gap(policy[x], tau));
    }

    /** The table that a policy at the reference becomes by learning once. */
    public double[][] learn(OfflineTrainer trainer, Loss loss, List<? extends TrainingExample> data) {
        return trainer.train(loss, reference, List.copyOf(data));
    }

    @Override
    public List<Prompt> prompts(long used, int count, double[][] start, SplittableGenerator random) {
        if (count > prompts()) {
            throw new IllegalArgumentException(count + " different prompts of " + prompts());
        }
        return IntStream.range(0, count)
                .mapToObj(i -> Responses.prompt((int) ((used + i) % prompts())))
                .toList();
    }

    @Override
    public List<Completions> propose(double[][] policy, List<Prompt> prompts, int samples, SplittableGenerator random) {
        return prompts.stream()
                .map(prompt -> new Completions(
                        prompt,
                        IntStream.range(0, samples)
                                .mapToObj(i ->
                                        Responses.completion(Simplex.draw(policy[Responses.index(prompt)], random)))
                                .toList()))
                .toList();
    }

    @Override
    public double[] differences(double[][] policy, List<CandidatePair> pairs) {
        return pairs.stream()
                .mapToDouble(p -> {
                    double[] row = policy[Responses.index(p.prompt())];
                    return Math.log(row[Responses.index(p.left())] / row[Responses.index(p.right())]);
                })
                .toArray();
    }

    /** Exactly: the expected reward, where there is one, and the divergence from the start. */
    @Override
    public Evaluation evaluate(double[][] policy, Optional<double[][]> start, SplittableGenerator random) {
        return new Evaluation(
                reward.map(r -> value(policy)).map(v -> new Estimate(v, v, v, prompts())),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                1,
                start.map(s -> mean(x -> Simplex.divergence(policy[x], s[x]))).orElse(0.0),
                Double.NaN,
                Double.NaN,
                List.of());
    }

    /** The prompts as an online method is asked them. */
    public List<EncodedPrompt> questions() {
        return IntStream.range(0, prompts())
                .mapToObj(x -> EncodedPrompt.of("x" + x, x))
                .toList();
    }

    /** The exact probability of each preference, and the reward where there is one. */
    public SampleValues exactly() {
        return new SampleValues() {
            @Override
            public double[] rewards(List<Sample> answers) {
                return answers.stream()
                        .mapToDouble(a -> Bandit.this.rewards()[a.prompt().tokens()[0]][a.tokens()[0]])
                        .toArray();
            }

            @Override
            public double[] preferences(List<SamplePair> matches) {
                return matches.stream()
                        .mapToDouble(m -> preference[m.left().prompt().tokens()[0]][
                                m.left().tokens()[0]][m.right().tokens()[0]])
                        .toArray();
            }
        };
    }

    /** A draw for each pair in place of its probability: 1 or 0, as people label pairs. */
    public SampleValues labels(RandomGenerator random) {
        SampleValues exact = exactly();
        return new SampleValues() {
            @Override
            public double[] rewards(List<Sample> answers) {
                return exact.rewards(answers);
            }

            @Override
            public double[] preferences(List<SamplePair> matches) {
                return Arrays.stream(exact.preferences(matches))
                        .map(p -> random.nextDouble() < p ? 1 : 0)
                        .toArray();
            }
        };
    }
}
