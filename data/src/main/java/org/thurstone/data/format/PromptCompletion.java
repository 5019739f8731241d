package org.thurstone.data.format;

import java.util.List;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Example;
import org.thurstone.data.Message;
import org.thurstone.data.Role;

/**
 * Rows for supervised fine-tuning: TRL's {@code prompt} and {@code completion}, Alpaca's {@code instruction}, {@code input} and {@code output}, or
 * {@code messages} (ShareGPT: {@code conversations}), in which the assistant's turns after the user's last turn are the completion.
 */
record PromptCompletion() implements RowFormat {

    @Override
    public String name() {
        return "prompt–completion (supervised: TRL, Alpaca, ShareGPT)";
    }

    @Override
    public String keys() {
        return Answered.KEYS;
    }

    @Override
    public boolean recognises(Columns file) {
        return Answered.recognises(file);
    }

    @Override
    public Example parse(Fields row) {
        Answered answered = Answered.of(row);
        return new Demonstration(answered.prompt(), answered.completion(), Pairs.provenance(row));
    }

    /** The index at which the last answer begins. Consecutive turns of the assistant and of tools are one answer. */
    static int answerAt(List<Message> turns) {
        int border = turns.size();
        if (turns.getLast().role() != Role.ASSISTANT) {
            return border;
        }
        while (border > 0
                && (turns.get(border - 1).role() == Role.ASSISTANT
                        || turns.get(border - 1).role() == Role.TOOL)) {
            border--;
        }
        return border;
    }
}
