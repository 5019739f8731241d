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
import java.util.Set;
import java.util.stream.Stream;
import org.thurstone.data.Prompt;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;
import org.thurstone.data.format.DataFiles;
import org.thurstone.data.format.PromptSet;
import org.thurstone.loop.run.Seeds;

/**
 * The split into training and held-out prompts. No text is in both.
 *
 * @param training at least one
 * @param heldOut at least one
 * @param references the expected answers of both, by prompt id
 * @param notices what was held out, not read or left out
 */
public record PromptSplit(
        List<Prompt> training, List<Prompt> heldOut, Map<String, String> references, List<String> notices) {

    public PromptSplit {
        training = List.copyOf(training);
        heldOut = List.copyOf(heldOut);
        references = Map.copyOf(references);
        notices = List.copyOf(notices);
    }

    static PromptSplit of(PromptsTask task, Seeds seeds) {
        PromptSet train = read(task, task.trainFiles(), task.trainName());
        return task.heldOutFiles()
                .map(files -> given(task.trainName(), train, heldOutName(task), read(task, files, heldOutName(task))))
                .orElseGet(() -> share(task.trainName(), train, task.share(), seeds));
    }

    private static String heldOutName(PromptsTask task) {
        return task.heldOut().map(Path::toString).orElse("");
    }

    private static PromptSet read(PromptsTask task, DataFiles files, String name) {
        PromptSet set = PromptSet.read(files, task.reading(), task.reference());
        if (set.prompts().isEmpty()) {
            throw new UserError(name + " has no prompts");
        }
        return set;
    }

    private static PromptSplit given(String trainName, PromptSet train, String heldOutName, PromptSet heldOut) {
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
                                    heldOutName,
                                    trainName,
                                    first.id(),
                                    Objects.requireNonNull(trained.get(first.text()))
                                            .id()));
        }
        Set<String> ids = new HashSet<>();
        train.prompts().forEach(p -> ids.add(p.id()));
        String prefix = prefix(ids, heldOut.prompts());
        PromptSet apart = heldOut.under(prefix);
        Map<String, String> references = new HashMap<>(train.references());
        references.putAll(apart.references());
        return new PromptSplit(
                train.prompts(),
                apart.prompts(),
                references,
                Stream.concat(train.notices().stream(), apart.notices().stream())
                        .distinct()
                        .toList());
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

    private static PromptSplit share(String name, PromptSet all, double share, Seeds seeds) {
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
                    .formatted(name, shuffled.size(), count, count == 1 ? "is" : "are"));
        }
        int same = shuffled.size() - count - training.size();
        return new PromptSplit(
                training,
                all.prompts().stream().filter(heldOut::contains).toList(),
                all.references(),
                Stream.concat(
                                Stream.of("held out %d of the %d prompts of %s for evaluation%s"
                                        .formatted(
                                                count,
                                                shuffled.size(),
                                                name,
                                                same == 0
                                                        ? ""
                                                        : "; %d more have the text of one of them and are not used"
                                                                .formatted(same))),
                                all.notices().stream())
                        .toList());
    }
}
