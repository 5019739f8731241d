package org.thurstone.data.format;

import org.thurstone.data.Example;
import org.thurstone.data.Rating;

/** TRL unpaired preference: a completion and a {@code label} (LLaMA-Factory: {@code kto_tag}) that says whether it is desirable; a rating of 1 or 0. */
record Unpaired() implements RowFormat {

    @Override
    public String name() {
        return "TRL unpaired preference";
    }

    @Override
    public String keys() {
        return "prompt, completion, label or kto_tag (true or false, 1 or 0, 1 or -1, good or bad, …)";
    }

    @Override
    public boolean recognises(Columns file) {
        return Names.LABEL.stream().anyMatch(file::isFilled) && Answered.recognises(file);
    }

    @Override
    public Example parse(Fields row) {
        Answered answered = Answered.of(row);
        return new Rating(answered.prompt(), answered.completion(), Labels.of(row) ? 1 : 0, Pairs.provenance(row));
    }
}
