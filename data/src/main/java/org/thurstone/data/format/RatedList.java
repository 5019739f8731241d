package org.thurstone.data.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.thurstone.data.Completion;
import org.thurstone.data.Example;
import org.thurstone.data.Prompt;
import org.thurstone.data.Ranking;
import tools.jackson.databind.JsonNode;

/**
 * UltraFeedback and its like: an {@code instruction} or {@code prompt} and {@code completions} (or {@code answers}), each an object with
 * a {@code response} (or text, completion, answer) and a score: {@code overall_score}, else {@code fine-grained_score}, {@code score},
 * {@code rating}, else the mean rating of its {@code annotations}. Lists with a {@code rank} instead, as Nectar has them, make rankings
 * without values; rank 1 is the best.
 */
record RatedList() implements RowFormat {

    @Override
    public String name() {
        return "UltraFeedback (rated lists)";
    }

    @Override
    public String keys() {
        return "instruction or prompt, completions [{response, overall_score}]";
    }

    @Override
    public boolean recognises(Columns file) {
        return file.hasAnyOf(Names.PROMPT) && Names.LISTS.stream().anyMatch(file::isObjects);
    }

    private static Optional<String> listKey(Fields row) {
        return Names.LISTS.stream().filter(row::isObjects).findFirst();
    }

    @Override
    public Example parse(Fields row) {
        Prompt prompt = Texts.prompt(row, RowPrompt.of(row));
        String key = listKey(row).orElseThrow(() -> new BadRow("'completions' is missing"));
        List<Completion> completions = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        List<Double> ranks = new ArrayList<>();
        for (JsonNode node : row.list(key)) {
            Fields item = row.of(node);
            String name = "completion " + (completions.size() + 1);
            String text = item.firstOf("response", "text", "completion", "answer", "content")
                    .orElseThrow(() -> new BadRow(name + " has no 'response'"));
            completions.add(Texts.completion(item.get(text), name, prompt.text()));
            score(item).ifPresent(scores::add);
            item.optionalNumber("rank").ifPresent(ranks::add);
            if (scores.size() < completions.size() && ranks.size() < completions.size()) {
                throw new BadRow(name + " has no score");
            }
            row.noteUnread(key + "[]", item);
        }
        boolean scored = scores.size() == completions.size();
        if (!scored && ranks.size() < completions.size()) {
            throw new BadRow("some completions have a score and others a rank");
        }
        return new Ranking(
                prompt,
                completions,
                scored ? Places.ofScores(scores) : Places.ofRanks(ranks),
                scored ? Optional.of(scores) : Optional.empty(),
                Pairs.provenance(row));
    }

    private static OptionalDouble score(Fields item) {
        Optional<String> key = item.firstOf("overall_score", "fine-grained_score", "score", "rating");
        if (key.isPresent()) {
            return OptionalDouble.of(item.number(key.get()));
        }
        // A rating is a number as a text, or "N/A".
        List<Double> ratings = new ArrayList<>();
        item.find("annotations")
                .ifPresent(aspects -> aspects.forEach(aspect -> {
                    JsonNode rating = aspect.path("Rating");
                    if (rating.isNumber()
                            || (rating.isString() && !rating.stringValue().equals("N/A"))) {
                        ratings.add(Fields.number(rating, "'Rating'"));
                    }
                }));
        return ratings.stream().mapToDouble(Double::doubleValue).average();
    }
}
