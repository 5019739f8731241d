package org.thurstone.worlds.language.task.instructions;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.thurstone.data.Completion;
import org.thurstone.data.Message;
import org.thurstone.data.Prompt;
import org.thurstone.data.Role;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Respondent;
import org.thurstone.feedback.verifier.VerifierRater;
import org.thurstone.loop.Progress;
import org.thurstone.loop.evaluation.AnswerOutcome;
import org.thurstone.loop.run.Seeds;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.worlds.language.task.StartingModels;
import org.thurstone.worlds.language.task.Task;

/**
 * The made prompts of a run. The n-th prompt depends on the run's seed and on n, on nothing else, so that its request is known again when an answer to it is
 * verified. Kinds and topics take turns, each pass in an order of its own.
 */
final class MadePrompts implements Task {

    private static final String TRAINING = "train";
    private static final String HELD_OUT = "held-out";
    private static final Pattern ID = Pattern.compile("(" + TRAINING + "|" + HELD_OUT + ")-(\\d+)");

    private final List<String> trained;
    private final List<String> all;
    private final List<Topic> trainingTopics;
    private final List<Topic> heldOutTopics;
    private final int words;
    private final int attempts;
    private final Seeds seeds;
    private final AnswerVerifier verifier;

    MadePrompts(
            List<String> trained,
            List<String> unseen,
            List<Topic> trainingTopics,
            List<Topic> heldOutTopics,
            int words,
            int attempts,
            Seeds seeds) {
        this.trained = List.copyOf(trained);
        List<String> both = new ArrayList<>(trained);
        both.addAll(unseen);
        this.all = List.copyOf(both);
        this.trainingTopics = List.copyOf(trainingTopics);
        this.heldOutTopics = List.copyOf(heldOutTopics);
        this.words = words;
        this.attempts = attempts;
        this.seeds = seeds;
        this.verifier = new AnswerVerifier(this::request, this.trained::contains);
    }

    @Override
    public String scoreName() {
        return "pass rate";
    }

    @Override
    public void start(
            Path checkpoint, Optional<Path> policy, StartingModels models, Seeds runSeeds, Progress progress) {
        try (LanguageModel model = models.load(needed(policy))) {
            model.save(checkpoint);
        }
    }

    @Override
    public void check(Optional<Path> policy, Function<Path, LanguageModel> load) {
        load.apply(needed(policy)).close();
    }

    private static Path needed(Optional<Path> policy) {
        return policy.orElseThrow(
                () -> new UserError(
                        "the instructions task needs a pretrained model: set model: DIR in the recipe, or use --set model=DIR"));
    }

    @Override
    public List<Prompt> prompts(long used, int count, LanguageModel start, SplittableGenerator random) {
        return made(TRAINING, used, count);
    }

    @Override
    public List<Prompt> heldOut(int count, LanguageModel start, SplittableGenerator random) {
        return made(HELD_OUT, 0, count);
    }

    List<Prompt> made(String part, long used, int count) {
        return LongStream.range(used, used + count)
                .mapToObj(n -> new Prompt(
                        part + "-" + n,
                        Text.chat(
                                List.of(new Message(Role.USER, request(part, n).text())))))
                .toList();
    }

    /** The request that a prompt was made of. */
    InstructedRequest request(Prompt prompt) {
        Matcher id = ID.matcher(prompt.id());
        if (!id.matches()) {
            throw new UserError("the prompt \"" + prompt.id()
                    + "\" was not made by the instructions task, whose verifier" + " knows only its own prompts");
        }
        return request(id.group(1), Long.parseLong(id.group(2)));
    }

    private InstructedRequest request(String part, long n) {
        boolean training = part.equals(TRAINING);
        RandomGenerator random = seeds.of("instructions/" + part + "/" + n);
        return Requests.make(
                turn(training ? trained : all, part + "/kinds", n),
                turn(training ? trainingTopics : heldOutTopics, part + "/topics", n),
                words,
                random);
    }

    private <T> T turn(List<T> of, String stream, long n) {
        List<T> order = new ArrayList<>(of);
        Collections.shuffle(order, seeds.of("instructions/" + stream + "/" + n / of.size()));
        return order.get((int) (n % of.size()));
    }

    @Override
    public Optional<Respondent> judge() {
        return Optional.of(new VerifierRater(
                verifier,
                Identity.hashed("instructions", words + " " + all + " " + trainingTopics + " " + heldOutTopics)));
    }

    @Override
    public boolean enough(Prompt prompt, List<Completion> completions) {
        return completions.stream()
                .anyMatch(completion -> verifier.verify(prompt, completion).correct());
    }

    @Override
    public int attempts() {
        return attempts;
    }

    @Override
    public Optional<AnswerOutcome> outcome(Prompt prompt, Completion completion) {
        return Optional.of(verifier.outcome(prompt, completion));
    }

    @Override
    public Optional<String> plainText() {
        return Optional.of(String.join("\n", InstructionsTask.resource("plain-text.txt")));
    }
}
