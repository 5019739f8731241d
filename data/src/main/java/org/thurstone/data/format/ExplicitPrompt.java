package org.thurstone.data.format;

import org.thurstone.data.Example;
import org.thurstone.data.Prompt;

/** TRL preference with a prompt of its own: {@code prompt} (Alpaca: {@code instruction} and {@code input}), {@code chosen}, {@code rejected}. */
record ExplicitPrompt() implements RowFormat {

    @Override
    public String name() {
        return "TRL preference, explicit prompt";
    }

    @Override
    public String keys() {
        return "prompt or instruction (and input), chosen, rejected";
    }

    @Override
    public boolean recognises(Columns file) {
        return PairShapes.recognises(file) && file.hasAnyOf(Names.PROMPT);
    }

    @Override
    public Example parse(Fields row) {
        return PairShapes.parse(row);
    }

    static Example pair(Fields row) {
        Prompt prompt = Texts.prompt(row, RowPrompt.of(row));
        return Pairs.of(
                row,
                prompt,
                Texts.completion(row.get("chosen"), "'chosen'", prompt.text()),
                Texts.completion(row.get("rejected"), "'rejected'", prompt.text()));
    }
}
