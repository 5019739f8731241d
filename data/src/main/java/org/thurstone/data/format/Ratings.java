package org.thurstone.data.format;

import java.util.Optional;
import org.thurstone.data.Completion;
import org.thurstone.data.Example;
import org.thurstone.data.Prompt;
import org.thurstone.data.Rating;

/** Answers with a number each: {@code prompt}, {@code completion} or {@code response}, and {@code rating}, {@code score} or {@code reward}. */
record Ratings() implements RowFormat {

    @Override
    public String name() {
        return "ratings";
    }

    @Override
    public String keys() {
        return "prompt, completion, rating (or score)";
    }

    @Override
    public boolean recognises(Fields row) {
        return Texts.promptKey(row).isPresent()
                && completionKey(row).isPresent()
                && row.firstOf("rating", "score", "reward").isPresent();
    }

    @Override
    public Example parse(Fields row) {
        Prompt prompt = Texts.prompt(row);
        String key = row.firstOf("rating", "score", "reward").orElseThrow(() -> new BadRow("'rating' is missing"));
        return new Rating(prompt, completion(row, prompt), row.number(key), Pairs.provenance(row));
    }

    static Optional<String> completionKey(Fields row) {
        return row.firstOf("completion", "response");
    }

    static Completion completion(Fields row, Prompt prompt) {
        String key = completionKey(row).orElseThrow(() -> new BadRow("'completion' is missing"));
        return Texts.completion(row.get(key), "'" + key + "'", prompt.text());
    }
}
