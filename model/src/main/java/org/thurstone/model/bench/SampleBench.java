package org.thurstone.model.bench;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.model.Policy;
import org.thurstone.model.sample.Generations;
import org.thurstone.model.sample.Sampler;
import org.thurstone.model.sample.Sampling;
import org.thurstone.statistics.Quantiles;
import org.thurstone.tensor.Memory;
import org.thurstone.tensor.Torch;
import org.thurstone.tensor.Workers;

/**
 * Times sampling at temperature 1, one random prompt per completion, none ending early. The first round is not counted.
 *
 * @param batch completions at a time
 * @param prompt tokens per prompt
 * @param fresh tokens per completion
 * @param rounds at least 2
 */
public record SampleBench(int batch, int prompt, int fresh, int rounds) {

    /** @param tokensPerSecond of the completions; the time includes reading the prompts */
    public record Figures(
            int batch,
            int prompt,
            int fresh,
            int threads,
            int workers,
            double medianSeconds,
            double tokensPerSecond,
            long peakBytes) {}

    public SampleBench {
        if (batch < 1 || prompt < 1 || fresh < 1 || rounds < 2) {
            throw new IllegalArgumentException(
                    "batch, prompt and new tokens are at least 1, and there are at least two rounds");
        }
    }

    public Figures run(Policy policy, SplittableGenerator random) {
        Sampling sampling = new Sampling(
                1, OptionalInt.empty(), OptionalDouble.empty(), OptionalDouble.empty(), fresh, List.of(), List.of());
        Sampler sampler = new Sampler(policy, sampling, new BitSet(), (before, tokens) -> "", batch);
        double[] seconds = new double[rounds - 1];
        for (int round = 0; round < rounds; round++) {
            List<int[]> prompts = new ArrayList<>();
            for (int i = 0; i < batch; i++) {
                prompts.add(RandomModel.tokens(prompt, policy.vocabulary(), random));
            }
            long begin = System.nanoTime();
            List<Generations> answers = sampler.sample(prompts, 1, random);
            if (round > 0) {
                seconds[round - 1] = (System.nanoTime() - begin) * 1e-9;
            }
            long drawn = answers.stream()
                    .flatMap(a -> a.generations().stream())
                    .mapToLong(g -> g.tokens().length)
                    .sum();
            if (drawn != (long) batch * fresh) {
                throw new IllegalStateException(drawn + " tokens were drawn where " + batch * fresh + " were to be");
            }
        }
        double median = Quantiles.median(seconds);
        return new Figures(
                batch,
                prompt,
                fresh,
                Torch.threads(),
                Workers.count(),
                median,
                batch * fresh / median,
                Memory.resident().map(Memory::peak).orElse(0L));
    }
}
