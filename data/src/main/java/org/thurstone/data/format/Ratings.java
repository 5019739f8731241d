package org.thurstone.data.format;

import org.thurstone.data.Example;
import org.thurstone.data.Rating;

/** Completions with a number each: {@code rating}, {@code score} or {@code reward}. */
record Ratings() implements RowFormat {

    @Override
    public String name() {
        return "ratings";
    }

    @Override
    public String keys() {
        return "prompt, completion, rating (or score, reward)";
    }

    @Override
    public boolean recognises(Columns file) {
        return Names.RATING.stream().anyMatch(file::isFilled) && Answered.recognises(file);
    }

    @Override
    public Example parse(Fields row) {
        Answered answered = Answered.of(row);
        String key = row.firstOf(Names.RATING)
                .filter(row::isFilled)
                .orElseThrow(() ->
                        new BadRow("'" + row.columns().firstOf(Names.RATING).orElse("rating") + "' is missing"));
        return new Rating(answered.prompt(), answered.completion(), row.number(key), Pairs.provenance(row));
    }
}
