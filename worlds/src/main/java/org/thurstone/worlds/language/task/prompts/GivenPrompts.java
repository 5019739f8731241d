package org.thurstone.worlds.language.task.prompts;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thurstone.data.Prompt;
import org.thurstone.data.UserError;
import org.thurstone.loop.Progress;
import org.thurstone.loop.run.Seeds;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.worlds.language.task.StartingModels;
import org.thurstone.worlds.language.task.Task;

/**
 * The prompts of files, pass after pass, each pass in an order of its own. Which prompts are drawn depends on the run's seed and on how many
 * were drawn before, on nothing else.
 */
final class GivenPrompts implements Task {

    /** Prompts that a message names. */
    private static final int NAMED = 5;

    private final String name;
    private final PromptSplit split;
    private final Seeds seeds;
    private final String again;

    /** @param name what messages call the prompts to train on */
    GivenPrompts(String name, PromptSplit split, Seeds seeds) {
        this.name = name;
        this.split = split;
        this.seeds = seeds;
        this.again = again(split.training());
    }

    /** What is added to the id of a prompt that is drawn twice in one call; no id ends with it. */
    private static String again(List<Prompt> prompts) {
        StringBuilder suffix = new StringBuilder(" #2");
        while (prompts.stream().anyMatch(p -> p.id().endsWith(suffix.toString()))) {
            suffix.append('+');
        }
        return suffix.toString();
    }

    @Override
    public String scoreName() {
        return "score";
    }

    @Override
    public void start(
            Path checkpoint, Optional<Path> policy, StartingModels models, Seeds runSeeds, Progress progress) {
        try (LanguageModel model = models.load(needed(policy))) {
            refuseTooLong(model);
            model.save(checkpoint);
        }
    }

    @Override
    public void check(Optional<Path> policy, Function<Path, LanguageModel> load) {
        try (LanguageModel model = load.apply(needed(policy))) {
            refuseTooLong(model);
        }
    }

    private static Path needed(Optional<Path> policy) {
        return policy.orElseThrow(() -> new UserError(
                "the prompts task needs a pretrained model: set model: DIR in the recipe, or use --set model=DIR"));
    }

    private void refuseTooLong(LanguageModel model) {
        int context = model.policy().context();
        List<String> tooLong = new ArrayList<>();
        for (Prompt prompt : Stream.concat(split.training().stream(), split.heldOut().stream())
                .toList()) {
            int tokens = model.encoding().prompt(prompt).length;
            if (tokens >= context) {
                tooLong.add("\"" + prompt.id() + "\" (" + tokens + ")");
            }
        }
        if (!tooLong.isEmpty()) {
            throw new UserError(
                    "%d prompts leave no room for a completion in the model's context of %d tokens: %s%s; shorten or remove them"
                            .formatted(
                                    tooLong.size(),
                                    context,
                                    tooLong.stream().limit(NAMED).collect(Collectors.joining(", ")),
                                    tooLong.size() > NAMED ? ", …" : ""));
        }
    }

    @Override
    public List<Prompt> prompts(long used, int count, LanguageModel start, SplittableGenerator random) {
        return draw(used, count);
    }

    @Override
    public Optional<List<Prompt>> givenPrompts(long used, int count) {
        return Optional.of(draw(used, count));
    }

    List<Prompt> draw(long used, int count) {
        int size = split.training().size();
        if (count > size) {
            throw new UserError(
                    "%d prompts are drawn at a time, and %s has %d to train on: set prompts to at most %d, or add prompts"
                            .formatted(count, name, size, size));
        }
        Map<Long, List<Prompt>> passes = new HashMap<>();
        Set<String> ids = new HashSet<>();
        List<Prompt> drawn = new ArrayList<>();
        for (long i = used; i < used + count; i++) {
            Prompt prompt = passes.computeIfAbsent(i / size, this::pass).get((int) (i % size));
            drawn.add(ids.add(prompt.id()) ? prompt : new Prompt(prompt.id() + again, prompt.text()));
        }
        return drawn;
    }

    private List<Prompt> pass(long number) {
        List<Prompt> order = new ArrayList<>(split.training());
        Collections.shuffle(order, seeds.of("prompts/pass-" + number));
        return order;
    }

    @Override
    public List<Prompt> heldOut(int count, LanguageModel start, SplittableGenerator random) {
        return heldOut(count);
    }

    List<Prompt> heldOut(int count) {
        List<Prompt> order = new ArrayList<>(split.heldOut());
        if (count < order.size()) {
            Collections.shuffle(order, seeds.of("prompts/evaluated"));
        }
        return List.copyOf(order.subList(0, Math.min(count, order.size())));
    }

    @Override
    public Map<String, String> references() {
        Map<String, String> references = new HashMap<>(split.references());
        split.references().forEach((id, reference) -> references.put(id + again, reference));
        return references;
    }
}
