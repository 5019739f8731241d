package org.thurstone.data.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurstone.data.Completion;
import org.thurstone.data.Example;
import org.thurstone.data.Message;
import org.thurstone.data.Prompt;
import org.thurstone.data.Role;
import org.thurstone.data.Text;

/**
 * TRL preference as conversations: {@code chosen} and {@code rejected} are lists of {@code {role, content}}. They may be answers to a
 * {@code prompt} (a list, or a text that the user said), or whole conversations whose common turns are the prompt; with
 * a prompt beside them, as UltraFeedback has it, that only repeats a turn, and one that comes before them is put before them.
 */
record Conversational() implements RowFormat {

    @Override
    public String name() {
        return "TRL preference, conversational";
    }

    @Override
    public String keys() {
        return "chosen and rejected as lists of {role, content}, prompt or not";
    }

    @Override
    public boolean recognises(Fields row) {
        boolean turns = row.isObjects("chosen") && row.isObjects("rejected");
        boolean answers = row.isObjects("prompt") && row.has("chosen") && row.has("rejected");
        return turns || answers;
    }

    @Override
    public Example parse(Fields row) {
        List<Message> chosen = answer(row, "chosen");
        List<Message> rejected = answer(row, "rejected");
        Optional<Text> given = Texts.promptKey(row).map(key -> Texts.parse(row.get(key), "'" + key + "'"));
        if (answers(chosen) && answers(rejected)) {
            Text prompt = given.map(Texts::asChat).orElseThrow(() -> new BadRow("'prompt' is missing"));
            return pair(row, prompt, chosen, rejected);
        }
        SharedTurns turns = SharedTurns.of(chosen, rejected);
        List<Message> prompt = new ArrayList<>(turns.prompt());
        given.map(Texts::turns)
                .filter(before -> !repeats(turns.prompt(), before))
                .ifPresent(before -> prompt.addAll(0, before));
        if (prompt.isEmpty()) {
            throw new BadRow("chosen and rejected share no turn that could be the prompt");
        }
        return pair(row, Text.chat(prompt), turns.chosen(), turns.rejected());
    }

    private static Example pair(Fields row, Text text, List<Message> chosen, List<Message> rejected) {
        Prompt prompt = Texts.prompt(row, text);
        Completion left = Texts.checked(Text.chat(chosen), "'chosen'");
        Completion right = Texts.checked(Text.chat(rejected), "'rejected'");
        return Pairs.of(row, prompt, left, right);
    }

    private static List<Message> answer(Fields row, String key) {
        return Texts.parse(row.get(key), "'" + key + "'") instanceof Text.Chat chat
                ? chat.messages()
                : List.of(new Message(Role.ASSISTANT, row.text(key)));
    }

    private static boolean answers(List<Message> turns) {
        Role first = turns.getFirst().role();
        return first == Role.ASSISTANT || first == Role.TOOL;
    }

    private static boolean repeats(List<Message> shared, List<Message> before) {
        return shared.containsAll(before);
    }
}
