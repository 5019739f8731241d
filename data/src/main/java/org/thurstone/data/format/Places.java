package org.thurstone.data.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.thurstone.data.Completion;
import org.thurstone.data.Example;
import org.thurstone.data.Prompt;
import org.thurstone.data.Ranking;
import tools.jackson.databind.JsonNode;

/**
 * Rankings: {@code prompt}, {@code completions} and {@code ranking}, which gives the place of each completion: the smallest number is
 * the best, wherever the count begins, and equal numbers are ties. {@code scores}, if there, are kept as values; without a ranking they
 * make one, the largest first.
 */
record Places() implements RowFormat {

    @Override
    public String name() {
        return "rankings";
    }

    @Override
    public String keys() {
        return "prompt, completions, ranking";
    }

    @Override
    public boolean recognises(Columns file) {
        return file.hasAnyOf(Names.PROMPT)
                && file.isList("completions")
                && !file.isObjects("completions")
                && file.hasAnyOf(List.of("ranking", "scores"));
    }

    @Override
    public Example parse(Fields row) {
        Prompt prompt = Texts.prompt(row, RowPrompt.of(row));
        List<JsonNode> nodes = row.list("completions");
        List<Completion> completions = new ArrayList<>();
        for (JsonNode node : nodes) {
            completions.add(Texts.completion(node, "completion " + (completions.size() + 1), prompt.text()));
        }
        Optional<List<Double>> scores = row.has("scores") ? Optional.of(row.numbers("scores")) : Optional.empty();
        List<Integer> places = row.has("ranking")
                ? ofRanks(row.numbers("ranking"))
                : ofScores(scores.orElseThrow(() -> new BadRow("'ranking' is missing")));
        return new Ranking(prompt, completions, places, scores, Pairs.provenance(row));
    }

    /** Places from 0, without gaps, of ranks of which the smallest is the best. */
    static List<Integer> ofRanks(List<Double> ranks) {
        TreeSet<Double> sorted = new TreeSet<>(ranks);
        return ranks.stream().map(rank -> sorted.headSet(rank).size()).toList();
    }

    /** Places from 0, without gaps, of scores of which the largest is the best. */
    static List<Integer> ofScores(List<Double> scores) {
        return ofRanks(scores.stream().map(score -> 0.0 - score).toList());
    }
}
