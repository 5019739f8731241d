package org.thurstone.data.format;

import java.util.List;
import java.util.Optional;
import org.thurstone.data.Completion;
import org.thurstone.data.Message;
import org.thurstone.data.Prompt;
import org.thurstone.data.Role;
import org.thurstone.data.Text;

/** A prompt and one completion: in columns of their own, or in a conversation whose last turns are the completion. */
record Answered(Prompt prompt, Completion completion) {

    static final String KEYS =
            "prompt or instruction (and input), completion or response or output; or messages or conversations";

    static boolean recognises(Columns file) {
        boolean columns =
                file.hasAnyOf(Names.COMPLETION) && (file.hasAnyOf(Names.PROMPT) || file.hasAnyOf(Names.TURNS));
        return columns || Names.TURNS.stream().anyMatch(file::isAnswered);
    }

    static Answered of(Fields row) {
        Optional<String> turns = row.firstOf(Names.TURNS);
        Optional<String> completion = row.firstOf(Names.COMPLETION);
        Optional<Text> prompt = completion.isPresent() ? Asked.find(row) : Optional.empty();
        if (turns.isPresent()
                && prompt.isEmpty()
                && (completion.isEmpty() || row.columns().isAnswered(turns.get()))) {
            return conversation(row, turns.get());
        }
        if (completion.isEmpty()) {
            throw new BadRow(missing(row.columns()));
        }
        String key = completion.get();
        Text asked = prompt.or(() ->
                        turns.map(name -> Asked.inContext(row, Texts.parse(row.get(name), "'" + name + "'"))))
                .orElseThrow(() -> Asked.missing(row));
        if (row.isTurns(key)) {
            return answered(row, Texts.turns(asked), Texts.turns(Texts.parse(row.get(key), "'" + key + "'")), key);
        }
        return new Answered(Texts.prompt(row, asked), Texts.completion(row.get(key), "'" + key + "'", asked));
    }

    private static String missing(Columns file) {
        return "'"
                + file.firstOf(Names.COMPLETION)
                        .or(() -> file.firstOf(Names.TURNS))
                        .orElse("completion") + "' is missing";
    }

    /** The turns may be the answer alone or the whole conversation. */
    private static Answered answered(Fields row, List<Message> asked, List<Message> turns, String key) {
        Role first = turns.getFirst().role();
        if (first == Role.ASSISTANT || first == Role.TOOL) {
            return of(row, Text.chat(asked), turns, key);
        }
        List<Message> all = Overlap.joined(asked, turns);
        int border = PromptCompletion.answerAt(all);
        if (border == all.size()) {
            throw new BadRow("'" + key + "' has no answer of the assistant at its end");
        }
        return of(row, Text.chat(all.subList(0, border)), all.subList(border, all.size()), key);
    }

    private static Answered conversation(Fields row, String key) {
        List<Message> turns = Texts.messages(row.get(key), "'" + key + "'");
        int border = PromptCompletion.answerAt(turns);
        if (border == 0 || border == turns.size()) {
            throw new BadRow("'" + key + "' has no "
                    + (border == 0 ? "turn before the assistant's" : "answer of the assistant at its end"));
        }
        readRepeated(row, turns);
        Text prompt = Asked.inContext(row, Text.chat(turns.subList(0, border)));
        return of(row, prompt, turns.subList(border, turns.size()), key);
    }

    /** A prompt beside the conversation that only repeats a part of it has been read, too. */
    private static void readRepeated(Fields row, List<Message> turns) {
        row.firstOf(Names.PROMPT)
                .filter(key -> row.isText(key)
                        && Overlap.repeats(
                                turns,
                                Texts.turns(Text.raw(row.peek(key).orElseThrow().stringValue()))))
                .ifPresent(row::get);
    }

    private static Answered of(Fields row, Text prompt, List<Message> answer, String key) {
        return new Answered(Texts.prompt(row, prompt), Texts.checked(Text.chat(answer), "the answer in '" + key + "'"));
    }
}
