package org.thurstone.lab.replication;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.stream.IntStream;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.loop.Output;
import org.thurstone.model.Policy;
import org.thurstone.model.hub.Transformers;
import org.thurstone.model.sample.Detokenizer;
import org.thurstone.model.sample.Listener;
import org.thurstone.model.sample.Sampling;
import org.thurstone.model.transformer.Transformer;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.train.LearningRate;
import org.thurstone.train.Trainer;
import org.thurstone.train.TrainingPlan;
import org.thurstone.train.TrainingSettings;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.pair.LengthDpo;
import org.thurstone.train.online.CompletionSource;
import org.thurstone.train.online.EncodedPrompt;
import org.thurstone.train.online.Group;
import org.thurstone.train.online.Online;
import org.thurstone.train.online.Policies;
import org.thurstone.train.online.Sample;
import org.thurstone.train.online.SamplePair;
import org.thurstone.train.online.SampleValues;
import org.thurstone.train.online.SampledCompletions;
import org.thurstone.train.online.Source;
import org.thurstone.train.online.method.Bpo;
import org.thurstone.worlds.bandit.Rounds;
import org.thurstone.worlds.bandit.StepOnline;

/** Iterations of DPO, with lengths in the loss and without, under a judge who likes long answers. */
@Method(
        name = "growing-answers",
        kind = "replication",
        papers = "2406.11817",
        source = "arXiv:2406.11817",
        summary = "under a judge with a length bias, iterated DPO's answers grow; iLR-DPO's do not, and are as good")
public record GrowingAnswers() implements Replication {

    private static final double BETA = 0.5;
    private static final String PLAIN = "iterated dpo";
    private static final String OURS = "ilr-dpo, α = 0.15";
    /** What a token more is worth to the judge, in log-odds. */
    private static final double BIAS = 0.15;
    /** What an answer all of good tokens is worth to it. */
    private static final double WORTH = 6;

    private static final int END = 1;
    private static final int PROMPT = 2;
    private static final int GOOD = 3;
    private static final int LONGEST = 32;

    @Override
    public Description about() {
        return new Description("""
            If the judge of iterated DPO prefers long answers, answers become better and longer from iteration to iteration. With the difference in length in the loss
            (iLR-DPO), they become as good or better, at their original length.""", """
            A one-layer transformer over six tokens, with random initial weights, gives answers of up to 32 tokens. The quality of an answer is its share of one of the
            tokens. The judge's log-odds are 6 times the difference in quality plus 0.15 per token of difference in length. 6 iterations of DPO (β = 0.5) on 192 pairs
            sampled at the start of the iteration, labelled by the judge once, with the policy at that start as reference, and α = 0, 0.075, 0.15 and 0.3 per token of
            difference in length. Measured on 256 samples after each iteration: the share of good tokens, the length, and the judge's score.""", """
            The paper's models have 7 billion parameters, and its judge has the length bias of a reward model. Here the size of the bias is known, and so is the α that
            removes exactly this bias from the labels. Quality does not depend on length here, whereas people do prefer some answers to be longer.""");
    }

    /** Means over samples. */
    private record Metrics(double quality, double length, double judged) {}

    private static final Output<Metrics> LOOK = Rounds.output("look", Metrics.class);

    private static double quality(Sample answer) {
        return (double) IntStream.of(answer.tokens()).filter(t -> t == GOOD).count()
                / Math.max(
                        1, IntStream.of(answer.tokens()).filter(t -> t != END).count());
    }

    private static double judged(Sample answer) {
        return WORTH * quality(answer) + BIAS * answer.tokens().length;
    }

    /** Who answers once, by a draw. */
    private static SampleValues judge(RandomGenerator random) {
        return new SampleValues() {
            @Override
            public double[] rewards(List<Sample> answers) {
                return answers.stream().mapToDouble(GrowingAnswers::judged).toArray();
            }

            @Override
            public double[] preferences(List<SamplePair> matches) {
                return matches.stream()
                        .mapToDouble(m -> {
                            double odds = judged(m.left()) - judged(m.right());
                            return random.nextDouble() < 1 / (1 + Math.exp(-odds)) ? 1 : 0;
                        })
                        .toArray();
            }
        };
    }

    private static Transformer start(RandomGenerator random) {
        return Transformer.initialise(Transformers.config("growing answers", """
            {
              "architectures": ["LlamaForCausalLM"], "model_type": "llama", "hidden_act": "silu",
              "vocab_size": 6, "hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 1,
              "num_attention_heads": 2, "num_key_value_heads": 2, "head_dim": 8, "max_position_embeddings": 40,
              "rms_norm_eps": 1e-05, "rope_theta": 10000.0, "tie_word_embeddings": true,
              "pad_token_id": 0, "bos_token_id": 1, "eos_token_id": 1, "attention_bias": false, "mlp_bias": false
            }
            """), random, DType.FLOAT32, Device.CPU);
    }

    private static List<EncodedPrompt> questions(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> EncodedPrompt.of("q" + i, PROMPT))
                .toList();
    }

    private static List<Metrics> course(Trial trial, Loss loss, int seed, int rounds, int pairs) {
        SplittableGenerator random = trial.random("draws", seed);
        TrainingSettings settings = TrainingSettings.of(4, 32, 3e-3, 1)
                .with(s -> s.schedule = new LearningRate.Cosine(new LearningRate.Warmup.Steps(0), 0));
        BitSet endings = new BitSet();
        endings.set(END);
        CompletionSource drawing =
                new SampledCompletions(Sampling.of(1, LONGEST), endings, Detokenizer.NONE, 2 * pairs, Listener.NONE);
        try (Transformer policy = start(trial.random("weights", seed));
                Policy reference = policy.snapshot();
                Online online = new Online(
                        new Bpo(loss),
                        new Trainer(TrainingPlan.of(policy, Set.of(), Optional.empty(), settings)),
                        drawing,
                        judge(trial.random("labels", seed)),
                        rounds)) {
            Policies policies = Policies.of(policy, reference);
            return new StepOnline<>(
                            LOOK,
                            online,
                            now -> policies,
                            questions(pairs),
                            random,
                            () -> look(drawing, policies, trial.of(256, 64), random.split()))
                    .play(rounds);
        }
    }

    private static Metrics look(CompletionSource drawing, Policies policies, int asked, SplittableGenerator random) {
        double quality = 0;
        double length = 0;
        double judged = 0;
        List<Group> groups = drawing.draw(policies, questions(asked), List.of(List.of(new Source.Own())), random);
        for (Group g : groups) {
            Sample answer = g.samples().getFirst();
            quality += quality(answer) / groups.size();
            length += (double) answer.tokens().length / groups.size();
            judged += judged(answer) / groups.size();
        }
        return new Metrics(quality, length, judged);
    }

    @Override
    public Findings experiment(Trial trial) {
        int rounds = trial.of(6, 3);
        SequencedMap<String, Loss> losses = new LinkedHashMap<>();
        losses.put(PLAIN, new Dpo(BETA, 0));
        losses.put(OURS, trial.subject(new LengthDpo(BETA, BIAS), BETA));
        if (!trial.smoke()) {
            losses.put("ilr-dpo, α = 0.075", new LengthDpo(BETA, BIAS / 2));
            losses.put("ilr-dpo, α = 0.3", new LengthDpo(BETA, 2 * BIAS));
        }
        Sweep quality = Sweep.counting(rounds + 1);
        Sweep length = Sweep.counting(rounds + 1);
        Sweep judged = Sweep.counting(rounds + 1);
        losses.forEach((name, loss) -> {
            for (int s = 0; s < trial.of(10, 3); s++) {
                trial.progress().step(name, s, trial.of(10, 3), "");
                List<Metrics> looks = course(trial, loss, s, rounds, trial.of(192, 64));
                quality.add(name, looks.stream().mapToDouble(Metrics::quality).toArray());
                length.add(name, looks.stream().mapToDouble(Metrics::length).toArray());
                judged.add(name, looks.stream().mapToDouble(Metrics::judged).toArray());
            }
        });
        double kept = length.end(OURS).mean() / length.start(OURS).mean();
        return Findings.of(Figures.of(
                                "answers before and after " + rounds + " iterations",
                                2,
                                "loss | good tokens, start | good tokens, end | length, start | length, end | judged, end")
                        .arms(quality.arms(), quality::start, quality::end, length::start, length::end, judged::end))
                .with(
                        length.curve(
                                "Length of answers",
                                "The band is over seeds.",
                                Axis.of("iteration"),
                                Axis.of("tokens").fromZero()),
                        quality.curve(
                                "Quality of answers",
                                "The band is over seeds.",
                                Axis.of("iteration"),
                                Axis.of("share of good tokens").fromZero()))
                .core("iterated DPO's answers grow", length.gain(PLAIN).above(0))
                .core("with α = 0.15 they are shorter than those", length.less(OURS, PLAIN, rounds))
                .core("and better than at the start", quality.gain(OURS).above(0))
                .core("and no worse than iterated DPO's", !quality.less(OURS, PLAIN, rounds))
                .also("their length stays what it was, within a quarter", Math.abs(kept - 1) < 0.25);
    }
}
