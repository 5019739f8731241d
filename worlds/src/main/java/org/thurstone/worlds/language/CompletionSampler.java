package org.thurstone.worlds.language;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.data.Completion;
import org.thurstone.data.Prompt;
import org.thurstone.data.Text;
import org.thurstone.loop.Progress;
import org.thurstone.model.TokenTree;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.model.sample.Generation;
import org.thurstone.model.sample.Generations;
import org.thurstone.model.sample.Listener;
import org.thurstone.model.sample.Sampler;
import org.thurstone.model.sample.Sampling;

/** Samples completions from a model. */
final class CompletionSampler {

    /** Number of sequences that are decoded at a time: enough to keep two cores busy, few enough that caches stay small. */
    static final int SLOTS = 256;

    /**
     * @param promptTokens the prompt's tokens
     * @param completions in the order of sampling
     * @param generations the sampled tokens of each completion
     */
    record Sampled(Prompt prompt, int[] promptTokens, List<Completion> completions, List<Generation> generations) {

        /** Tokens drawn for all completions. */
        int tokens() {
            return generations.stream().mapToInt(g -> g.tokens().length).sum();
        }

        org.thurstone.data.Completions toJudge() {
            return new org.thurstone.data.Completions(prompt, completions);
        }

        /** The same prompt with only one of the completions. */
        Sampled only(int index) {
            return new Sampled(prompt, promptTokens, List.of(completions.get(index)), List.of(generations.get(index)));
        }

        /** One token tree of the prompt and all completions. */
        TokenTree tree() {
            return TokenTree.of(
                    promptTokens, generations.stream().map(Generation::tokens).toArray(int[][]::new));
        }
    }

    private CompletionSampler() {}

    static List<Sampled> sample(
            LanguageModel model,
            List<Prompt> prompts,
            int n,
            Sampling sampling,
            SplittableGenerator random,
            Progress progress) {
        List<int[]> tokens = prompts.stream().map(model.encoding()::prompt).toList();
        Sampler sampler = Sampler.of(model.policy(), model.tokenizer(), sampling, Math.min(SLOTS, prompts.size() * n));
        List<Generations> answers = sampler.sample(tokens, n, random, listener(progress));
        List<Sampled> sampled = new ArrayList<>();
        for (Generations a : answers) {
            Prompt prompt = prompts.get(a.prompt());
            sampled.add(new Sampled(
                    prompt,
                    tokens.get(a.prompt()),
                    a.generations().stream().map(g -> completion(prompt, g)).toList(),
                    a.generations()));
        }
        return sampled;
    }

    static Listener listener(Progress progress) {
        return new Listener() {
            @Override
            public void progress(Listener.Progress p) {
                progress.step("sampling", p.answers(), p.of(), p.tokens() + " tokens");
            }

            @Override
            public void warn(String message) {
                progress.say("warning: " + message);
            }
        };
    }

    /** Converts a generation to a completion of its prompt. */
    static Completion completion(Prompt prompt, Generation generation) {
        Text text = switch (prompt.text()) {
            case Text.Raw raw -> Text.raw(generation.text());
            case Text.Chat chat -> Text.answer(generation.text());
        };
        return new Completion(text, generation.finish() != Generation.Finish.LENGTH);
    }
}
