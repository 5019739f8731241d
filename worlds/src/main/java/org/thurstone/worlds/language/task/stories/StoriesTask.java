package org.thurstone.worlds.language.task.stories;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.data.Prompt;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;
import org.thurstone.loop.Progress;
import org.thurstone.loop.run.Seeds;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.model.sample.Generations;
import org.thurstone.model.sample.Sampler;
import org.thurstone.model.sample.Sampling;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.worlds.language.task.StartingModels;
import org.thurstone.worlds.language.task.Task;

/**
 * A pretrained model continues openings that it sampled itself, and a judge rates the result. Each opening is sampled from the initial policy, so
 * that the prompts follow its distribution and no text is needed.
 *
 * @param openingTokens tokens of an opening
 */
@Method(
        name = "stories",
        kind = "task",
        summary = "a pretrained model continues openings that it sampled; a judge rates the result")
public record StoriesTask(@Default("12") int openingTokens) implements Task {

    private static final int SLOTS = 256;

    public StoriesTask {
        if (openingTokens < 1) {
            throw new IllegalArgumentException("opening-tokens must be at least 1");
        }
    }

    @Override
    public String scoreName() {
        return "judge";
    }

    @Override
    public void start(Path checkpoint, Optional<Path> policy, StartingModels models, Seeds seeds, Progress progress) {
        try (LanguageModel model = models.load(needed(policy))) {
            model.save(checkpoint);
        }
    }

    @Override
    public void check(Optional<Path> policy, Function<Path, LanguageModel> load) {
        load.apply(needed(policy)).close();
    }

    private static Path needed(Optional<Path> policy) {
        return policy.orElseThrow(() -> new UserError(
                "the stories task needs a pretrained model: set model: DIR in the recipe, or use --set model=DIR"));
    }

    @Override
    public List<Prompt> prompts(long used, int count, LanguageModel start, SplittableGenerator random) {
        int[] beginning = start.encoding().prompt(new Prompt("beginning", Text.raw("")));
        Sampler sampler = Sampler.of(start.policy(), start.tokenizer(), Sampling.of(1, openingTokens), SLOTS);
        Generations openings = sampler.sample(List.of(beginning), count, random).getFirst();
        List<Prompt> prompts = new ArrayList<>();
        openings.generations().forEach(g -> prompts.add(new Prompt("opening-" + prompts.size(), Text.raw(g.text()))));
        return prompts;
    }
}
