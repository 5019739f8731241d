package org.thurstone.data.format;

import java.util.List;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Example;
import org.thurstone.data.Message;
import org.thurstone.data.Prompt;
import org.thurstone.data.Role;
import org.thurstone.data.Text;

/**
 * TRL's rows for supervised tuning: {@code prompt} and {@code completion}, or {@code messages} whose last turns, those of the assistant
 * after what was said last by somebody else, are the completion.
 */
record PromptCompletion() implements RowFormat {

    @Override
    public String name() {
        return "TRL prompt–completion (supervised)";
    }

    @Override
    public String keys() {
        return "prompt, completion; or messages";
    }

    @Override
    public boolean recognises(Fields row) {
        boolean pair =
                Texts.promptKey(row).isPresent() && Ratings.completionKey(row).isPresent();
        return pair || endsWithAnswer(row);
    }

    @Override
    public Example parse(Fields row) {
        if (row.has("messages") && Ratings.completionKey(row).isEmpty()) {
            List<Message> turns = Texts.messages(row.get("messages"), "'messages'");
            int border = answerAt(turns);
            if (border == 0 || border == turns.size()) {
                throw new BadRow("'messages' has no "
                        + (border == 0 ? "turn before the assistant's" : "answer of the assistant at its end"));
            }
            Prompt prompt = Texts.prompt(row, Text.chat(turns.subList(0, border)));
            Text answer = Text.chat(turns.subList(border, turns.size()));
            return new Demonstration(prompt, Texts.checked(answer, "the answer in 'messages'"), Pairs.provenance(row));
        }
        Prompt prompt = Texts.prompt(row);
        return new Demonstration(prompt, Ratings.completion(row, prompt), Pairs.provenance(row));
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

    private static boolean endsWithAnswer(Fields row) {
        return row.isObjects("messages")
                && row.list("messages").getLast().path("role").asString("").equals("assistant");
    }
}
