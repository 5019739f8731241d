package org.thurstone.worlds.language.task.prompts;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.thurstone.data.Prompt;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;
import org.thurstone.data.format.PromptSet;
import org.thurstone.loop.run.Seeds;

/**
 * The split into training and held-out prompts. No text is in both.
 *
 * @param training at least one
 * @param heldOut at least one
 * @param references the expected answers of both, by prompt id
 * @param remark what was held out or left out, if anything
 */
public record PromptSplit(
        List<Prompt> training, List<Prompt> heldOut, Map<String, String> references, Optional<String> remark) {

    public PromptSplit {
        training = List.copyOf(training);
        heldOut = List.copyOf(heldOut);
        references = Map.copyOf(references);
    }

    static PromptSplit of(PromptsTask task, Seeds seeds) {
        PromptSet train = read(task.train(), task.reference());
        return task.heldOut().isPresent()
                ? given(
                        task.train(),
                        train,
                        task.heldOut().get(),
                        read(task.heldOut().get(), task.reference()))
                : share(task.train(), train, task.share(), seeds);
    }

    private static PromptSet read(Path file, Optional<String> reference) {
        PromptSet set = PromptSet.read(file, reference);
        if (set.prompts().isEmpty()) {
            throw new UserError(file + " has no prompts");
        }
        return set;
    }

    private static PromptSplit given(Path trainFile, PromptSet train, Path heldOutFile, PromptSet heldOut) {
        Map<Text, Prompt> trained = new HashMap<>();
        train.prompts().forEach(p -> trained.putIfAbsent(p.text(), p));
        List<Prompt> both = heldOut.prompts().stream()
                .filter(p -> trained.containsKey(p.text()))
                .toList();
        if (!both.isEmpty()) {
            Prompt first = both.getFirst();
            throw new UserError(
                    "%d of %d held-out prompts in %s are also in %s, such as \"%s\" (there \"%s\"): remove them from one of the files"
                            .formatted(
                                    both.size(),
                                    heldOut.prompts().size(),
                                    heldOutFile,
                                    trainFile,
                                    first.id(),
                                    Objects.requireNonNull(trained.get(first.text()))
                                            .id()));
        }
        Set<String> ids = new HashSet<>();
        train.prompts().forEach(p -> ids.add(p.id()));
        String prefix = prefix(ids, heldOut.prompts());
        Map<String, String> references = new HashMap<>(train.references());
        heldOut.references().forEach((id, reference) -> references.put(prefix + id, reference));
        return new PromptSplit(
                train.prompts(),
                heldOut.prompts().stream()
                        .map(p -> new Prompt(prefix + p.id(), p.text()))
                        .toList(),
                references,
                Optional.of(String.join("; ", unread(trainFile, train), unread(heldOutFile, heldOut))
                                .replaceFirst("^; |; $", ""))
                        .filter(remark -> !remark.isBlank()));
    }

    private static String unread(Path file, PromptSet set) {
        return set.unread().isEmpty()
                ? ""
                : "not read of " + file + ": " + set.unread().toText();
    }

    /** Two files often number their prompts alike; ids tell the prompts of a run apart. */
    private static String prefix(Set<String> ids, List<Prompt> others) {
        String prefix = "";
        while (clash(ids, prefix, others)) {
            prefix += "held-out/";
        }
        return prefix;
    }

    private static boolean clash(Set<String> ids, String prefix, List<Prompt> others) {
        return others.stream().anyMatch(p -> ids.contains(prefix + p.id()));
    }

    private static PromptSplit share(Path file, PromptSet all, double share, Seeds seeds) {
        List<Prompt> shuffled = new ArrayList<>(all.prompts());
        Collections.shuffle(shuffled, seeds.of("prompts/held-out"));
        int count = Math.max(1, (int) Math.round(share * shuffled.size()));
        Set<Prompt> heldOut = new LinkedHashSet<>(shuffled.subList(0, count));
        Set<Text> texts = new HashSet<>();
        heldOut.forEach(p -> texts.add(p.text()));
        List<Prompt> training =
                all.prompts().stream().filter(p -> !texts.contains(p.text())).toList();
        if (training.isEmpty()) {
            throw new UserError("%s has %d prompts: none is left to train on once %d %s held out; add prompts"
                    .formatted(file, shuffled.size(), count, count == 1 ? "is" : "are"));
        }
        int same = shuffled.size() - count - training.size();
        return new PromptSplit(
                training,
                all.prompts().stream().filter(heldOut::contains).toList(),
                all.references(),
                Optional.of("held out %d of the %d prompts of %s for evaluation%s%s"
                        .formatted(
                                count,
                                shuffled.size(),
                                file,
                                same == 0
                                        ? ""
                                        : "; %d more have the text of one of them and are not used".formatted(same),
                                all.unread().isEmpty() ? "" : "; " + unread(file, all))));
    }
}
