package org.thurstone.data.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.thurstone.data.Comparison;
import org.thurstone.data.Completion;
import org.thurstone.data.Example;
import org.thurstone.data.Particulars;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.data.Text;
import tools.jackson.databind.JsonNode;

/**
 * Two responses and who won, as evaluation sets have them: Auto-J's {@code response 1}, {@code response 2} and {@code label} (0 the first, 1 the
 * second, 2 a tie), PandaLM's {@code response1}, {@code response2} and a column for each annotator (1, 2, 0 a tie), whose mean is the probability
 * that the first is better, or {@code response_a}, {@code response_b} and {@code winner} in words.
 */
record TwoResponses() implements RowFormat {

    private static final List<List<String>> RESPONSES = List.of(
            List.of("response 1", "response 2"),
            List.of("response1", "response2"),
            List.of("response_1", "response_2"),
            List.of("response_a", "response_b"));

    private static final String LABEL = "label";

    private static final List<String> WINNER = List.of("winner", "preference", "preferred");

    @Override
    public String name() {
        return "two responses with a verdict (Auto-J, PandaLM)";
    }

    @Override
    public String keys() {
        return "prompt, response 1, response 2, label (0 first, 1 second, 2 tie); or response_a, response_b, winner;"
                + " or response1, response2, annotator1, …";
    }

    @Override
    public boolean recognises(Columns file) {
        return file.hasAnyOf(Names.PROMPT)
                && RESPONSES.stream().anyMatch(pair -> pair.stream().allMatch(file::has))
                && (file.has(LABEL) || file.hasAnyOf(WINNER) || file.has("annotator1"));
    }

    @Override
    public Example parse(Fields row) {
        List<String> pair = RESPONSES.stream()
                .filter(names -> names.stream().anyMatch(row::has))
                .findFirst()
                .orElseThrow(() -> new BadRow("the responses are missing"));
        Text asked = Asked.of(row);
        Prompt prompt = Texts.prompt(row, asked);
        Completion left = Texts.completion(row.get(pair.getFirst()), "'" + pair.getFirst() + "'", asked);
        Completion right = Texts.completion(row.get(pair.getLast()), "'" + pair.getLast() + "'", asked);
        if (left.equals(right)) {
            throw new BadRow("the two responses are identical");
        }
        return new Comparison(
                prompt, left, right, preference(row), OptionalDouble.empty(), Pairs.provenance(row), Particulars.NONE);
    }

    private static Preference preference(Fields row) {
        Optional<String> winner = row.firstOf(WINNER);
        if (winner.isPresent()) {
            return inWords(row.get(winner.get()), winner.get());
        }
        return row.has("annotator1") ? ofAnnotators(row) : ofLabel(row.get(LABEL));
    }

    private static Preference ofLabel(JsonNode label) {
        double number = Fields.number(label, "'label'");
        if (number == 0) {
            return new Preference.Left();
        } else if (number == 1) {
            return new Preference.Right();
        } else if (number == 2) {
            return new Preference.Tie();
        }
        throw new BadRow("'label' is " + Fields.shown(label) + ", not 0 (the first), 1 (the second) or 2 (a tie)");
    }

    private static Preference ofAnnotators(Fields row) {
        List<Double> votes = new ArrayList<>();
        for (int i = 1; row.has("annotator" + i); i++) {
            String name = "annotator" + i;
            double vote = row.number(name);
            if (vote != 0 && vote != 1 && vote != 2) {
                throw new BadRow("'" + name + "' is " + Fields.shown(row.get(name))
                        + ", not 1 (the first), 2 (the second) or 0 (a tie)");
            }
            votes.add(vote == 1 ? 1.0 : vote == 2 ? 0.0 : 0.5);
        }
        return ofProbability(
                votes.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
    }

    private static Preference ofProbability(double first) {
        return first == 1
                ? new Preference.Left()
                : first == 0
                        ? new Preference.Right()
                        : first == 0.5 ? new Preference.Tie() : new Preference.Soft(first);
    }

    private static Preference inWords(JsonNode node, String name) {
        String word = node.isString() ? node.stringValue().strip().toLowerCase(Locale.ROOT) : node.toString();
        String end = word.replaceAll("^(response|model|answer|assistant)[ _-]?", "");
        return switch (end) {
            case "a", "1", "left", "first" -> new Preference.Left();
            case "b", "2", "right", "second" -> new Preference.Right();
            case "tie", "both", "equal", "same" -> new Preference.Tie();
            case "tie (bothbad)", "both bad", "both-bad", "bothbad", "neither" -> new Preference.BothBad();
            default ->
                throw new BadRow("'" + name + "' is " + Fields.shown(node)
                        + ", not a, b, 1, 2, left, right, first, second or tie");
        };
    }
}
