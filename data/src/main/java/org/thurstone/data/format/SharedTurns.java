package org.thurstone.data.format;

import java.util.List;
import java.util.stream.IntStream;
import org.thurstone.data.Message;
import org.thurstone.data.Role;

/**
 * Two conversations that begin alike, cut where they part: the shared turns are the prompt, the rest are the completions. The prompt
 * never ends with the assistant, since then the completion would not be an answer: such turns go to both completions.
 */
record SharedTurns(List<Message> prompt, List<Message> chosen, List<Message> rejected) {

    static SharedTurns of(List<Message> chosen, List<Message> rejected) {
        int most = Math.min(chosen.size(), rejected.size());
        int shared = IntStream.range(0, most)
                .filter(i -> !chosen.get(i).equals(rejected.get(i)))
                .findFirst()
                .orElse(most);
        if (shared == chosen.size() && shared == rejected.size()) {
            throw new BadRow("chosen and rejected are identical");
        }
        while (shared > 0 && chosen.get(shared - 1).role() == Role.ASSISTANT) {
            shared--;
        }
        List<Message> left = chosen.subList(shared, chosen.size());
        List<Message> right = rejected.subList(shared, rejected.size());
        requireAnswer(left, "chosen");
        requireAnswer(right, "rejected");
        return new SharedTurns(chosen.subList(0, shared), left, right);
    }

    private static void requireAnswer(List<Message> rest, String name) {
        if (rest.isEmpty()) {
            throw new BadRow("'" + name + "' is empty: it has no turn beyond those that both share");
        }
        Role first = rest.getFirst().role();
        if (first == Role.USER || first == Role.SYSTEM) {
            throw new BadRow("chosen and rejected part at a turn of the " + (first == Role.USER ? "user" : "system")
                    + ", so they do not answer the same prompt");
        }
        if (rest.getLast().role() != Role.ASSISTANT) {
            throw new BadRow("'" + name + "' does not end with a turn of the assistant");
        }
    }
}
