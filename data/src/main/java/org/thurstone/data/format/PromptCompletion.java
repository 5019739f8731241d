package org.thurstone.data.format;

import java.util.List;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Example;
import org.thurstone.data.Message;
import org.thurstone.data.Role;

/**
 * Rows for supervised tuning: {@code prompt} and {@code completion} as TRL has them, {@code instruction}, {@code input} and {@code output} as Alpaca
 * has them, or {@code messages} (ShareGPT: {@code conversations}) whose last turns, those of the assistant after the last turn of the user, are
 * the completion.
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

    /** Where the assistant's last turns begin; its turns with tools are one answer. */
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
