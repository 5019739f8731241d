package org.thurstone.worlds.language;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.stream.IntStream;
import org.thurstone.data.Completion;
import org.thurstone.data.Completions;
import org.thurstone.data.Prompt;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.loop.Progress;
import org.thurstone.loop.World;
import org.thurstone.loop.evaluation.Evaluation;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.model.sample.Sampling;
import org.thurstone.worlds.language.task.Task;

/**
 * The world of language models: a policy is a checkpoint on disk, loaded whenever something is asked of it.
 *
 * @param root of the run, which checkpoints are named from
 */
record LanguageWorld(
        Path root, Task task, ModelTrainer learning, Sampling sampling, Evaluator evaluator, Progress progress)
        implements World<Path> {

    @Override
    public List<Prompt> prompts(long used, int count, Path start, SplittableGenerator random) {
        try (LanguageModel origin = learning.load(start)) {
            return task.prompts(used, count, origin, random);
        }
    }

    @Override
    public List<Completions> propose(Path policy, List<Prompt> prompts, int samples, SplittableGenerator random) {
        try (LanguageModel model = learning.load(policy)) {
            List<Completions> proposed = new ArrayList<>(sampled(model, prompts, samples, random));
            for (int attempt = 1; attempt < task.attempts(); attempt++) {
                List<Integer> lacking = IntStream.range(0, proposed.size())
                        .filter(i -> !task.enough(
                                proposed.get(i).prompt(), proposed.get(i).completions()))
                        .boxed()
                        .toList();
                if (lacking.isEmpty()) {
                    break;
                }
                List<Completions> more =
                        sampled(model, lacking.stream().map(prompts::get).toList(), samples, random);
                for (int i = 0; i < more.size(); i++) {
                    int place = lacking.get(i);
                    List<Completion> all = new ArrayList<>(proposed.get(place).completions());
                    all.addAll(more.get(i).completions());
                    proposed.set(place, new Completions(proposed.get(place).prompt(), all));
                }
            }
            return proposed;
        }
    }

    private List<Completions> sampled(
            LanguageModel model, List<Prompt> prompts, int samples, SplittableGenerator random) {
        return CompletionSampler.sample(model, prompts, samples, sampling, random, progress).stream()
                .map(CompletionSampler.Sampled::toJudge)
                .toList();
    }

    @Override
    public double[] differences(Path policy, List<CandidatePair> pairs) {
        return learning.differences(pairs, policy);
    }

    @Override
    public Evaluation evaluate(Path policy, Optional<Path> start, SplittableGenerator random) {
        try (LanguageModel model = learning.load(policy)) {
            String stage = "the evaluation of " + root.relativize(policy);
            if (start.isEmpty()) {
                return evaluator.evaluate(model, stage, Optional.empty(), random);
            }
            try (LanguageModel origin = learning.load(start.get())) {
                return evaluator.evaluate(model, stage, Optional.of(origin), random);
            }
        }
    }

    @Override
    public Optional<Boolean> sound(Prompt prompt, Completion completion) {
        return task.sound(prompt, completion);
    }
}
