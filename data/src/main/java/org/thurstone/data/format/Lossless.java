package org.thurstone.data.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.thurstone.data.Comparison;
import org.thurstone.data.Completion;
import org.thurstone.data.Content;
import org.thurstone.data.Contrast;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Example;
import org.thurstone.data.Particulars;
import org.thurstone.data.Prompt;
import org.thurstone.data.Provenance;
import org.thurstone.data.Ranking;
import org.thurstone.data.Rating;
import org.thurstone.data.Text;
import tools.jackson.databind.JsonNode;

/**
 * Thurstone's own row format, which holds every example without loss: {@code kind} is the kind of example, the other keys are its parts. Texts are
 * strings, conversations lists of {@code {role, content}}, other contents objects with their kind as the only key; a preference is {@code "left"},
 * {@code "right"}, {@code "tie"}, {@code "both-bad"}, {@code {"grade": 2, "scale": 3}} or {@code {"probability": 0.7}}. {@link LosslessWriter}
 * writes the format.
 */
record Lossless() implements RowFormat {

    private static final Set<String> KINDS = Set.of("comparison", "contrast", "ranking", "rating", "demonstration");

    @Override
    public String name() {
        return "Thurstone (lossless)";
    }

    @Override
    public String keys() {
        return "kind (comparison, contrast, ranking, rating, demonstration), prompt {id, text}, …";
    }

    @Override
    public boolean recognises(Columns file) {
        return file.holdsKinds();
    }

    static boolean isKind(JsonNode node) {
        return node.isString() && KINDS.contains(node.stringValue());
    }

    @Override
    public Example parse(Fields row) {
        Provenance provenance = Pairs.provenance(row);
        if (row.text("kind").equals("contrast")) {
            return contrast(row, provenance);
        }
        Prompt prompt = prompt(row.of(row.get("prompt")));
        return switch (row.text("kind")) {
            case "comparison" -> {
                Completion left = completion(row, "left");
                Completion right = completion(row, "right");
                Particulars particulars = particulars(row);
                if (left.equals(right) && particulars.rightPrompt().isEmpty()) {
                    throw new BadRow("left and right are identical");
                }
                yield new Comparison(
                        prompt,
                        left,
                        right,
                        LosslessJson.preference(row.get("preference")),
                        row.optionalNumber("margin"),
                        provenance,
                        particulars);
            }
            case "ranking" -> {
                List<Completion> completions = new ArrayList<>();
                for (JsonNode node : row.list("completions")) {
                    String name = "completion " + (completions.size() + 1);
                    completions.add(completion(row, node, name));
                }
                List<Integer> places =
                        row.numbers("places").stream().map(Lossless::whole).toList();
                Optional<List<Double>> values =
                        row.has("values") ? Optional.of(row.numbers("values")) : Optional.empty();
                yield new Ranking(prompt, completions, places, values, provenance);
            }
            case "rating" -> new Rating(prompt, completion(row, "completion"), row.number("value"), provenance);
            case "demonstration" -> new Demonstration(prompt, completion(row, "completion"), provenance);
            default -> throw new BadRow("'kind' is '" + row.text("kind") + "', not one of " + String.join(", ", KINDS));
        };
    }

    private static Contrast contrast(Fields row, Provenance provenance) {
        List<Prompt> prompts =
                row.list("prompts").stream().map(node -> prompt(row.of(node))).toList();
        List<Completion> completions = new ArrayList<>();
        for (JsonNode node : row.list("completions")) {
            completions.add(completion(row, node, "completion " + (completions.size() + 1)));
        }
        try {
            return new Contrast(prompts, completions, provenance);
        } catch (IllegalArgumentException e) {
            throw new BadRow(String.valueOf(e.getMessage()));
        }
    }

    private static Particulars particulars(Fields row) {
        Particulars particulars = Particulars.NONE;
        if (row.has("right_prompt")) {
            particulars = particulars.withRightPrompt(prompt(row.of(row.get("right_prompt"))));
        }
        if (row.has("rationale")) {
            particulars = particulars.withRationale(row.text("rationale"));
        }
        if (row.has("scores")) {
            List<Double> scores = row.numbers("scores");
            if (scores.size() != 2) {
                throw new BadRow("'scores' has " + scores.size() + " numbers, not the left one's and the right one's");
            }
            particulars = particulars.withScores(scores.getFirst(), scores.getLast());
        }
        return particulars;
    }

    static Prompt prompt(Fields prompt) {
        String key = prompt.has("content") ? "content" : "text";
        return new Prompt(prompt.text("id"), LosslessJson.content(prompt.get(key), "the prompt's '" + key + "'"));
    }

    private static Completion completion(Fields row, String key) {
        return completion(row, row.get(key), "'" + key + "'");
    }

    /** Content, or some that was cut off: {@code {"unfinished": CONTENT}}. A text has words. */
    private static Completion completion(Fields row, JsonNode node, String name) {
        boolean cut = node.isObject() && node.has("unfinished");
        Content content = LosslessJson.content(cut ? row.of(node).get("unfinished") : node, name);
        return new Completion(
                content instanceof Text text ? Texts.checked(text, name).content() : content, !cut);
    }

    private static int whole(double number) {
        if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
            throw new BadRow(number + " is not a whole number");
        }
        return (int) number;
    }
}
