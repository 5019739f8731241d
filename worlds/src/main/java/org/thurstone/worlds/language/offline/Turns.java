package org.thurstone.worlds.language.offline;

import java.util.ArrayList;
import java.util.List;
import org.thurstone.data.Completion;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Example;
import org.thurstone.data.Message;
import org.thurstone.data.Prompt;
import org.thurstone.data.Role;
import org.thurstone.data.Text;

/** Which answers of a demonstration that is a conversation are trained on; turns with a weight of 0 never are. */
public enum Turns {
    /** Those after the last turn of the user. */
    LAST,
    /** Every turn of the assistant. */
    ALL;

    static final String LEFT_OUT =
            "a conversation of which only the last answer is trained on (--turns all trains on every answer)";

    /** Whether earlier answers of a demonstration are not trained on, as part of its prompt. */
    boolean leavesOut(Example example) {
        return this == LAST && !ALL.of(example).equals(example);
    }

    /** The example with its prompt ending before the first answer that is trained on. */
    Example of(Example example) {
        if (this == LAST
                || !(example instanceof Demonstration demonstration)
                || !(demonstration.prompt().content() instanceof Text.Chat prompt)
                || !(demonstration.completion().content() instanceof Text.Chat answer)) {
            return example;
        }
        int first = 0;
        while (first < prompt.messages().size() && prompt.messages().get(first).role() != Role.ASSISTANT) {
            first++;
        }
        if (first == 0 || first == prompt.messages().size()) {
            return example;
        }
        List<Message> turns = new ArrayList<>(
                prompt.messages().subList(first, prompt.messages().size()));
        turns.addAll(answer.messages());
        return new Demonstration(
                new Prompt(
                        demonstration.prompt().id(),
                        prompt.withMessages(prompt.messages().subList(0, first))),
                new Completion(Text.chat(turns), demonstration.completion().finished()),
                demonstration.provenance());
    }
}
