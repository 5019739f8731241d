package org.thurstone.data.format;

import org.thurstone.data.Example;
import org.thurstone.data.Prompt;
import org.thurstone.data.Rating;

/** TRL unpaired preference: {@code prompt}, {@code completion} and a {@code label}, true for desirable; a rating of 1 or 0. */
record Unpaired() implements RowFormat {

    @Override
    public String name() {
        return "TRL unpaired preference";
    }

    @Override
    public String keys() {
        return "prompt, completion, label (true or false)";
    }

    @Override
    public boolean recognises(Fields row) {
        return Texts.promptKey(row).isPresent()
                && Ratings.completionKey(row).isPresent()
                && row.find("label").flatMap(Fields::truth).isPresent();
    }

    @Override
    public Example parse(Fields row) {
        Prompt prompt = Texts.prompt(row);
        return new Rating(prompt, Ratings.completion(row, prompt), row.truth("label") ? 1 : 0, Pairs.provenance(row));
    }
}
