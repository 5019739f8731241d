package org.thurstone.worlds.language.offline;

import java.util.List;
import java.util.stream.IntStream;
import org.thurstone.data.Completion;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Example;
import org.thurstone.data.Message;
import org.thurstone.data.Prompt;
import org.thurstone.data.Provenance;
import org.thurstone.data.Role;
import org.thurstone.data.Text;

/** The assistant turns of a conversation that are trained on; turns with a weight of 0 never are. */
public enum Turns {
    /** Those after the last turn of the user. */
    LAST,
    /** Every turn of the assistant. */
    ALL;

    static final String LEFT_OUT =
            "a conversation of which only the last answer is trained on (--turns all trains on every answer)";

    /** Whether earlier answers of a demonstration are not trained on, as part of its prompt. */
    boolean leavesOut(Example example) {
        return this == LAST && firstAnswer(example) > 0;
    }

    /** The example with its prompt ending before the first answer that is trained on. */
    Example of(Example example) {
        int first = firstAnswer(example);
        if (this == LAST
                || first == 0
                || !(example instanceof Demonstration(Prompt prompt, Completion answer, Provenance provenance))
                || !(prompt.content() instanceof Text.Chat asked)
                || !(answer.content() instanceof Text.Chat said)) {
            return example;
        }
        List<Message> turns = asked.messages();
        Text.Chat answers = new Text.Chat(turns.subList(first, turns.size())).followedBy(said.messages());
        return new Demonstration(
                new Prompt(prompt.id(), asked.withMessages(turns.subList(0, first))),
                new Completion(answers, answer.finished()),
                provenance);
    }

    /** Where the first answer stands among the turns of a demonstration's prompt; 0 where there is none, or nothing before it. */
    private static int firstAnswer(Example example) {
        if (!(example instanceof Demonstration demonstration)
                || !(demonstration.prompt().content() instanceof Text.Chat prompt)
                || !(demonstration.completion().content() instanceof Text.Chat)) {
            return 0;
        }
        List<Message> turns = prompt.messages();
        return IntStream.range(0, turns.size())
                .filter(i -> turns.get(i).role() == Role.ASSISTANT)
                .findFirst()
                .orElse(0);
    }
}
