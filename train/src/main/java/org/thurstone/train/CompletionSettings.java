package org.thurstone.train;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.data.UserError;
import org.thurstone.model.Policy;
import org.thurstone.model.sample.Generation;
import org.thurstone.model.sample.Generations;
import org.thurstone.model.sample.Sampler;
import org.thurstone.model.sample.Sampling;
import org.thurstone.model.text.Tokenizer;
import org.thurstone.train.example.TrainingExample;

/**
 * Sampling settings for losses that need samples: at temperature 1 and unfiltered, since what such losses estimate are means under
 * the whole distribution.
 *
 * @param endings tokens that end a completion
 * @param maxTokens the length at which a longer one is cut
 * @param slots completions at a time
 */
public record CompletionSettings(BitSet endings, int maxTokens, int slots) {

    public static CompletionSettings of(Tokenizer tokenizer, int maxTokens, int slots) {
        return new CompletionSettings(tokenizer.endings(), maxTokens, slots);
    }

    /** For policies whose completions are one token. */
    public static CompletionSettings oneToken() {
        return new CompletionSettings(new BitSet(), 1, 64);
    }

    /**
     * The examples with completions of their prompts added, which no one judged.
     *
     * @param each how many
     * @throws UserError if a prompt leaves no room for one
     */
    public List<TrainingExample> added(
            List<? extends TrainingExample> examples, Policy policy, int each, SplittableGenerator random) {
        List<int[]> prompts = examples.stream().map(CompletionSettings::prompt).toList();
        Sampler sampler = new Sampler(policy, Sampling.of(1, maxTokens), endings, (before, tokens) -> "", slots);
        List<Generations> answers = sampler.sample(prompts, each, random);
        List<TrainingExample> with = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            List<int[]> samples = answers.get(i).generations().stream()
                    .map(Generation::tokens)
                    .toList();
            if (samples.stream().anyMatch(s -> s.length == 0)) {
                throw new UserError("the prompt of example " + examples.get(i).id()
                        + " fills the context and leaves no room for a sample: shorten or drop it");
            }
            with.add(examples.get(i).withSamples(samples));
        }
        return with;
    }

    private static int[] prompt(TrainingExample example) {
        if (example.trees().size() > 1) {
            throw new UserError("example " + example.id() + " has "
                    + example.trees().size() + " prompts, and a loss that looks at samples draws them for one");
        }
        return example.trees().getFirst().segments().getFirst().tokens();
    }
}
