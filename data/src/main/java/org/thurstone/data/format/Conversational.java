package org.thurstone.data.format;

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
 * {@code prompt} (a list, or a text that the user said) or to {@code conversations} (LLaMA-Factory's ShareGPT form, where both are one turn), or
 * whole conversations whose common turns are the prompt; a prompt next to those, as UltraFeedback has it, only repeats a turn, and one that comes
 * before them is put before them.
 */
record Conversational() implements RowFormat {

    @Override
    public String name() {
        return "TRL preference, conversational";
    }

    @Override
    public String keys() {
        return "chosen and rejected as lists of {role, content}, with or without prompt or conversations";
    }

    @Override
    public boolean recognises(Columns file) {
        boolean turns = file.isTurns(PairShapes.CHOSEN) && file.isTurns(PairShapes.REJECTED);
        boolean asked = file.firstOf(Names.PROMPT).filter(file::isTurns).isPresent();
        boolean conversations =
                !file.hasAnyOf(Names.PROMPT) && Names.TURNS.stream().anyMatch(file::isTurns);
        return PairShapes.recognises(file) && (turns || asked || conversations);
    }

    @Override
    public Example parse(Fields row) {
        return PairShapes.parse(row);
    }

    static Example pair(Fields row) {
        List<Message> chosen = answer(row, PairShapes.CHOSEN);
        List<Message> rejected = answer(row, PairShapes.REJECTED);
        Optional<Text> given = RowPrompt.find(row);
        if (answers(chosen) && answers(rejected)) {
            Text prompt =
                    given.map(Texts::asChat).or(() -> conversation(row)).orElseThrow(() -> RowPrompt.missing(row));
            return pair(row, prompt, chosen, rejected);
        }
        return ofWhole(row, given, chosen, rejected);
    }

    /** @param given a prompt next to the whole conversations */
    static Example ofWhole(Fields row, Optional<Text> given, List<Message> chosen, List<Message> rejected) {
        SharedTurns turns = SharedTurns.of(chosen, rejected);
        List<Message> prompt = given.map(before -> Overlap.joined(Texts.turns(before), turns.prompt()))
                .orElse(turns.prompt());
        if (prompt.isEmpty()) {
            throw new BadRow("chosen and rejected share no turn that could be the prompt");
        }
        Text asked = given.isPresent() ? Text.chat(prompt) : RowPrompt.inContext(row, Text.chat(prompt));
        return pair(row, asked, turns.chosen(), turns.rejected());
    }

    private static Optional<Text> conversation(Fields row) {
        return row.firstOf(Names.TURNS).map(key -> {
            List<Message> turns = Texts.messages(row.get(key), "'" + key + "'");
            if (turns.getLast().role() == Role.ASSISTANT) {
                throw new BadRow("'" + key + "' ends with a turn of the assistant, and 'chosen' begins with another");
            }
            return RowPrompt.inContext(row, Text.chat(turns));
        });
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
}
