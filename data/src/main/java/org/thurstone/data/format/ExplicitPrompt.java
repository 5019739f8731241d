package org.thurstone.data.format;

import org.thurstone.data.Example;
import org.thurstone.data.Prompt;

/** TRL preference with a prompt of its own: {@code prompt}, {@code chosen}, {@code rejected}, all texts. */
record ExplicitPrompt() implements RowFormat {

    @Override
    public String name() {
        return "TRL preference, explicit prompt";
    }

    @Override
    public String keys() {
        return "prompt, chosen, rejected";
    }

    @Override
    public boolean recognises(Fields row) {
        return Texts.promptKey(row).isPresent() && row.isText("chosen") && row.isText("rejected");
    }

    @Override
    public Example parse(Fields row) {
        Prompt prompt = Texts.prompt(row);
        return Pairs.of(
                row,
                prompt,
                Texts.completion(row.get("chosen"), "'chosen'", prompt.text()),
                Texts.completion(row.get("rejected"), "'rejected'", prompt.text()));
    }
}
