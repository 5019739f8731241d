package org.thurstone.worlds.language.task.instructions;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.thurstone.data.InputFile;
import org.thurstone.data.UserError;
import org.thurstone.loop.Progress;
import org.thurstone.loop.run.Seeds;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.worlds.language.task.Task;
import org.thurstone.worlds.language.task.TaskSource;

/**
 * Prompts made of topics and verifiable instructions, with a verifier. An answer passes if the model ended it, if it obeys its instruction, mentions its topic
 * and has enough words. No topic of the held-out prompts occurs in training, and neither do the unseen kinds of instruction.
 *
 * @param kinds kinds of instruction to train on, such as {@code punctuation:no_comma}; empty for all that are not unseen
 * @param unseen kinds that only held-out prompts have
 * @param topics a file with one topic per line, with the word that an answer has to mention after a bar ({@code how honey is made | honey}); 120 are built in
 * @param heldOutTopics share of the topics, above 0 and below 1, that only held-out prompts are about
 * @param words that an answer has at least, unless its instruction asks for fewer
 * @param attempts the most times that the samples of a prompt are drawn until one of them passes, at least 1: prompts of hard kinds get more samples
 */
@Method(
        name = "instructions",
        kind = "task",
        source = "kinds of instruction: arXiv:2311.07911",
        papers = "2311.07911",
        summary = "prompts made of topics and verifiable instructions, with their verifier")
public record InstructionsTask(
        @Default("[]") List<String> kinds,

        @Default("[keywords:frequency, detectable_content:number_placeholders, change_case:english_lowercase,"
                + " detectable_format:numbered_list, length_constraints:word_range]")
        List<String> unseen,

        Optional<Path> topics,
        @Default("0.25") double heldOutTopics,
        @Default("12") int words,
        @Default("2") int attempts)
        implements TaskSource {

    private static final String TOPICS = "topics.txt";

    public InstructionsTask {
        kinds = List.copyOf(kinds);
        unseen = List.copyOf(unseen);
        known(kinds);
        known(unseen);
        if (!Collections.disjoint(kinds, unseen)) {
            throw new IllegalArgumentException("a kind is in both kinds and unseen");
        }
        if (trained(kinds, unseen).isEmpty()) {
            throw new IllegalArgumentException("all kinds are unseen, so none is left to train on");
        }
        if (!(heldOutTopics > 0 && heldOutTopics < 1)) {
            throw new IllegalArgumentException("held-out-topics " + heldOutTopics + " is not above 0 and below 1");
        }
        if (words < 1 || attempts < 1) {
            throw new IllegalArgumentException("words and attempts must be at least 1");
        }
    }

    private static void known(List<String> kinds) {
        kinds.stream()
                .filter(kind -> !Requests.kinds().contains(kind))
                .findFirst()
                .ifPresent(kind -> {
                    throw new IllegalArgumentException("there is no kind of instruction '" + kind + "'; there are "
                            + String.join(", ", Requests.kinds()));
                });
    }

    private static List<String> trained(List<String> kinds, List<String> unseen) {
        return kinds.isEmpty()
                ? Requests.kinds().stream()
                        .filter(kind -> !unseen.contains(kind))
                        .toList()
                : kinds;
    }

    @Override
    public Task open(Seeds seeds, Progress progress) {
        List<Topic> all = new ArrayList<>(
                topics.map(InstructionsTask::given).orElseGet(() -> Topic.read(TOPICS, resource(TOPICS))));
        Collections.shuffle(all, seeds.of("instructions/topics"));
        int heldOut = Math.clamp(Math.round(heldOutTopics * all.size()), 1, all.size() - 1);
        progress.say("held out %d of %d topics and %d of %d kinds of instruction for evaluation"
                .formatted(
                        heldOut,
                        all.size(),
                        unseen.size(),
                        unseen.size() + trained(kinds, unseen).size()));
        return new MadePrompts(
                trained(kinds, unseen),
                unseen,
                all.subList(heldOut, all.size()),
                all.subList(0, heldOut),
                words,
                attempts,
                seeds);
    }

    @Override
    public boolean judges() {
        return true;
    }

    @Override
    public int attempts() {
        return attempts;
    }

    @Override
    public List<Path> files() {
        return Stream.ofNullable(topics.orElse(null)).toList();
    }

    private static List<Topic> given(Path file) {
        try {
            return Topic.read(file.toString(), InputFile.text(file).lines().toList());
        } catch (IOException e) {
            throw UserError.reading(file, e);
        }
    }

    static List<String> resource(String name) {
        try (InputStream in = Objects.requireNonNull(InstructionsTask.class.getResourceAsStream(name), name);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
