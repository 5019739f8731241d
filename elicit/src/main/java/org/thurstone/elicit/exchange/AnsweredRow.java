package org.thurstone.elicit.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.thurstone.data.Completion;
import org.thurstone.data.Content;
import org.thurstone.data.Preference;
import org.thurstone.data.Role;
import org.thurstone.data.Text;
import org.thurstone.data.format.BadRow;
import org.thurstone.data.format.LosslessJson;
import org.thurstone.elicit.Cost;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A row of a file that people filled in. Names of fields may be in any case, with spaces or underscores for hyphens.
 *
 * @param fields that are not empty
 */
record AnsweredRow(Map<String, JsonNode> fields) {

    /** The fields that hold an answer, each with the forms of question that it answers. */
    private static final Map<String, List<Question.Form>> ANSWERS = Map.of(
            "preference", List.of(Question.Form.PAIR),
            "grade", List.of(Question.Form.PAIR),
            "probability", List.of(Question.Form.PAIR),
            "scores", List.of(Question.Form.RATE, Question.Form.VERIFY),
            "ranks", List.of(Question.Form.RANK),
            "edited", List.of(Question.Form.EDIT));

    private static final Pattern THOUSANDS = Pattern.compile("[-+−]?[1-9]\\d{0,2}(,\\d{3})+");

    /** @param undo whether cells were made safe for spreadsheets */
    static AnsweredRow of(ObjectNode row, boolean undo) {
        Map<String, JsonNode> fields = new TreeMap<>();
        row.properties().forEach(field -> {
            JsonNode value = field.getValue();
            JsonNode text = undo && value.isString() ? row.stringNode(Cells.text(value.stringValue())) : value;
            boolean empty = text.isNull()
                    || (text.isString() && text.stringValue().isBlank())
                    || (text.isArray() && text.isEmpty());
            if (!empty) {
                fields.put(name(field.getKey()), text);
            }
        });
        return new AnsweredRow(fields);
    }

    private static String name(String key) {
        return key.strip().toLowerCase(Locale.ROOT).replaceAll("[ _-]+", "-");
    }

    /** Whether a file with these fields can hold an answer. */
    static boolean holdsAnswers(Iterable<String> keys) {
        for (String key : keys) {
            if (ANSWERS.containsKey(name(key)) || name(key).equals("skip")) {
                return true;
            }
        }
        return false;
    }

    Optional<JsonNode> find(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    private JsonNode need(String name) {
        return find(name).orElseThrow(() -> new BadRow("'" + name + "' is missing"));
    }

    Optional<String> text(String name) {
        return find(name).map(node -> node.isString() ? node.stringValue().strip() : node.toString());
    }

    /** Throws where the contents of the row are not those of the question: the ids of a sheet that was sorted by halves are of other rows. */
    void check(Presentation p) {
        check("prompt", p.question().prompt().content());
        List<Completion> shown = p.shown();
        List<String> names = QuestionExport.names(p);
        for (int i = 0; i < shown.size(); i++) {
            check(name(names.get(i)), shown.get(i).content());
            JsonNode alternatives = fields.get("alternatives");
            if (alternatives != null
                    && alternatives.isArray()
                    && !ShownContent.matches(alternatives.path(i), shown.get(i).content())) {
                throw otherTexts("alternatives");
            }
        }
    }

    private void check(String name, Content content) {
        if (find(name).filter(field -> !ShownContent.matches(field, content)).isPresent()) {
            throw otherTexts(name);
        }
    }

    private static BadRow otherTexts(String name) {
        return new BadRow(
                "the " + name.replace('-', ' ')
                        + " is not that of this id: was one column sorted without the others? If the text was only reformatted, delete its column");
    }

    /**
     * What the row says of the alternatives in the order shown; empty if it says nothing.
     *
     * @throws BadRow if it is not an answer to such a question
     */
    Optional<Judgement> judgement(Presentation p) {
        List<String> given =
                ANSWERS.keySet().stream().filter(fields::containsKey).sorted().toList();
        boolean saysSkip = text("preference").filter("skip"::equalsIgnoreCase).isPresent();
        if (saysSkip || isTrue("skip")) {
            if (given.size() > (saysSkip ? 1 : 0)) {
                throw new BadRow(
                        "it has an answer (" + String.join(", ", given) + ") and is skipped: which of the two?");
            }
            // What is longer than "true" says why.
            return Optional.of(new Judgement.Abstained(
                    text("skip").filter(why -> why.length() > 4).orElse("skipped")));
        } else if (given.isEmpty()) {
            return Optional.empty();
        } else if (given.size() > 1) {
            throw new BadRow("it has several answers: " + String.join(", ", given) + "; leave one");
        }
        String field = given.getFirst();
        Question.Form form = p.question().form();
        if (!ANSWERS.getOrDefault(field, List.of()).contains(form)) {
            throw new BadRow("the question is of form %s, which '%s' does not answer; fill in %s"
                    .formatted(
                            QuestionExport.form(form),
                            field,
                            ANSWERS.entrySet().stream()
                                    .filter(e -> e.getValue().contains(form))
                                    .map(e -> "'" + e.getKey() + "'")
                                    .sorted()
                                    .reduce((a, b) -> a + " or " + b)
                                    .orElseThrow()));
        }
        Judgement judgement = switch (field) {
            case "preference" -> new Judgement.Preferred(preference());
            case "grade" ->
                new Judgement.Preferred(grade(number("grade"), find("scale").map(s -> number("scale"))));
            case "probability" -> new Judgement.Preferred(probability(number("probability")));
            case "scores" -> scores(form);
            case "ranks" -> ranks();
            default -> edited(p);
        };
        if (!judgement.answers(form, p.order().size())) {
            throw new BadRow("'%s' has %d values, and there are %d alternatives"
                    .formatted(field, numbers(field).size(), p.order().size()));
        }
        return Optional.of(judgement);
    }

    private boolean isTrue(String name) {
        return text(name)
                .filter(value -> !List.of("false", "no", "0", "0.0").contains(value.toLowerCase(Locale.ROOT)))
                .isPresent();
    }

    private Preference preference() {
        JsonNode node = need("preference");
        if (node.isObject()) {
            return node.has("grade")
                    ? grade(
                            number("grade", node.get("grade")),
                            Optional.ofNullable(node.get("scale")).map(s -> number("scale", s)))
                    : probability(number("probability", node.path("probability")));
        }
        String said = text("preference").orElse("").toLowerCase(Locale.ROOT).replaceAll("[ _-]+", "-");
        return switch (said) {
            case "left" -> new Preference.Left();
            case "right" -> new Preference.Right();
            case "tie" -> new Preference.Tie();
            case "both-bad" -> new Preference.BothBad();
            default ->
                throw new BadRow("'preference' is \"" + text("preference").orElse("")
                        + "\", not left, right, tie, both-bad or skip");
        };
    }

    private static Preference grade(double grade, Optional<Double> scale) {
        double most = scale.orElseThrow(() -> new BadRow(
                "'grade' needs 'scale', the largest grade of the questionnaire: 2 of 3 is something else than 2 of 5"));
        if (grade != Math.rint(grade) || most != Math.rint(most) || most < 1 || most > 1000 || Math.abs(grade) > most) {
            throw new BadRow(
                    "there is no grade %s on a scale of %s: grades are whole numbers from -scale, the right one is far better, to scale, the left one is"
                            .formatted(shown(grade), shown(most)));
        }
        return new Preference.Graded((int) grade, (int) most);
    }

    private static String shown(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e9
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    private static Preference probability(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new BadRow("'probability' is " + shown(probability) + ", not in 0 … 1");
        }
        return new Preference.Soft(probability);
    }

    private double number(String name) {
        return number(name, need(name));
    }

    /** As people write them: 0.7 and 0,7, but not 1,000, which may be a thousand or one. */
    private static double number(String name, JsonNode node) {
        String words = node.asString("").strip();
        try {
            double value = node.isNumber()
                    ? node.doubleValue()
                    : THOUSANDS.matcher(words).matches()
                            ? Double.NaN
                            : Double.parseDouble(words.replace('−', '-').replace(',', '.'));
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, like what is not finite.
        }
        throw new BadRow("'" + name + "' is " + node + ", not a number");
    }

    /** A list, or a text of numbers between spaces or semicolons; a hyphen for none. */
    private List<OptionalDouble> numbers(String name) {
        JsonNode node = need(name);
        List<OptionalDouble> numbers = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(each -> numbers.add(score(name, each)));
        } else if (node.isString()) {
            for (String each : node.stringValue().strip().split("[;\\s]+")) {
                numbers.add(score(name, JsonNodeFactory.instance.stringNode(each)));
            }
        } else {
            numbers.add(score(name, node));
        }
        return numbers;
    }

    private static OptionalDouble score(String name, JsonNode node) {
        return switch (node.asString("-").strip().toLowerCase(Locale.ROOT)) {
            case "-" -> OptionalDouble.empty();
            case "true", "yes" -> OptionalDouble.of(1);
            case "false", "no" -> OptionalDouble.of(0);
            default -> OptionalDouble.of(number(name, node));
        };
    }

    private Judgement scores(Question.Form form) {
        List<OptionalDouble> scores = numbers("scores");
        boolean verdicts = scores.stream().allMatch(s -> s.isEmpty() || s.getAsDouble() == 0 || s.getAsDouble() == 1);
        if (form == Question.Form.VERIFY && !verdicts) {
            throw new BadRow("'scores' is " + text("scores").orElse("") + "; a verification is 1, correct, or 0");
        }
        return new Judgement.Scored(scores);
    }

    private Judgement ranks() {
        List<Integer> places = new ArrayList<>();
        for (OptionalDouble rank : numbers("ranks")) {
            double value = rank.orElse(0);
            if (value != Math.rint(value) || value < 1 || value > 1e6) {
                throw new BadRow(
                        "'ranks' is " + text("ranks").orElse("") + "; ranks are whole numbers from 1, the best");
            }
            places.add((int) value - 1);
        }
        return new Judgement.Ordered(places);
    }

    private Judgement edited(Presentation p) {
        int alternatives = p.order().size();
        double of = find("of").map(n -> number("of", n)).orElse(alternatives == 1 ? 1.0 : 0.0);
        if (of != Math.rint(of) || of < 1 || of > alternatives) {
            throw new BadRow("'of' must say which alternative was edited: a number from 1 to " + alternatives);
        }
        return new Judgement.Edited(
                (int) of - 1, new Completion(edited(p.shown().get((int) of - 1).content())));
    }

    /** What is written in the place of a text is text; in the place of other content, its JSON, also as the text of a cell. */
    private Content edited(Content original) {
        JsonNode node = need("edited");
        String words = node.isString() ? node.stringValue() : node.toString();
        if (!(original instanceof Text)) {
            if (!(ShownContent.parsed(words) instanceof ObjectNode json)) {
                throw new BadRow("'edited' is not the JSON of a content, such as " + LosslessJson.of(original));
            }
            return LosslessJson.content(json, "'edited'");
        }
        boolean answer = original instanceof Text.Chat chat
                && chat.messages().size() == 1
                && chat.messages().getFirst().role() == Role.ASSISTANT;
        return answer ? Text.answer(words) : Text.raw(words);
    }

    Cost cost() {
        double amount = find("cost").map(n -> number("cost", n)).orElse(0.0);
        if (amount < 0) {
            throw new BadRow("'cost' is " + shown(amount) + ", below 0");
        }
        return amount == 0 ? Cost.NONE : new Cost(amount, 0, 0);
    }
}
