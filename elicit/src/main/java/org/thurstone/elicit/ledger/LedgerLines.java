package org.thurstone.elicit.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurstone.data.Completion;
import org.thurstone.data.container.Json;
import org.thurstone.data.format.BadRow;
import org.thurstone.data.format.LosslessJson;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Cost;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.JudgementJson;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes the lines of a ledger's files; the first key of a line is its kind. */
final class LedgerLines {

    private LedgerLines() {}

    /** A question in full: {@code {"question": ID, "form": "PAIR", "prompt": …, "alternatives": […]}}. */
    static ObjectNode question(Question question) {
        ObjectNode line = Json.MAPPER.createObjectNode();
        line.put("question", question.id()).put("form", question.form().name());
        line.set("prompt", LosslessJson.of(question.prompt()));
        ArrayNode alternatives = line.putArray("alternatives");
        question.alternatives().forEach(a -> alternatives.add(LosslessJson.of(a)));
        question.audience().ifPresent(audience -> line.put("audience", audience));
        if (!question.occasion().isEmpty()) {
            line.put("occasion", question.occasion());
        }
        return line;
    }

    /** @throws BadRow if it is not the question that its id says */
    static Question question(ObjectNode line, Interning known) {
        List<Completion> alternatives = new ArrayList<>();
        for (JsonNode alternative : need(line, "alternatives")) {
            alternatives.add(known.completion(LosslessJson.completion(alternative, "an alternative")));
        }
        Question question = Question.of(
                form(text(line, "form")),
                known.prompt(LosslessJson.prompt(need(line, "prompt"))),
                alternatives,
                optionalText(line, "audience"),
                optionalText(line, "occasion").orElse(""));
        if (!question.id().equals(text(line, "question"))) {
            throw new BadRow("its id is not that of its contents, " + question.id());
        }
        return question;
    }

    private static Question.Form form(String name) {
        try {
            return Question.Form.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new BadRow("there is no form of question called " + name);
        }
    }

    /** Whom a question was put to: {@code {"asked": ID, "order": [1, 0], "respondent": KEY}}. */
    static ObjectNode asked(Presentation presentation, String respondent) {
        return entry("asked", presentation, respondent);
    }

    /** A call of a respondent that costs: {@code {"attempt": ID, …, "reserved": COST}}. */
    static ObjectNode attempt(Presentation presentation, String respondent, Cost reserved) {
        ObjectNode line = entry("attempt", presentation, respondent);
        put(line, "reserved", reserved);
        return line;
    }

    /** {@code {"failure": ID, …, "reason": …, "cost": COST}}. */
    static ObjectNode failure(Presentation presentation, String respondent, String reason, Cost cost) {
        ObjectNode line = entry("failure", presentation, respondent).put("reason", reason);
        put(line, "cost", cost);
        return line;
    }

    /** A cost of nothing is left out. */
    private static void put(ObjectNode line, String key, Cost cost) {
        if (!cost.equals(Cost.NONE)) {
            line.putObject(key)
                    .put("amount", cost.amount())
                    .put("input-tokens", cost.inputTokens())
                    .put("output-tokens", cost.outputTokens());
        }
    }

    static Cost cost(ObjectNode line, String key) {
        JsonNode cost = line.path(key);
        return cost.isMissingNode()
                ? Cost.NONE
                : new Cost(
                        need(cost, "amount").asDouble(0),
                        need(cost, "input-tokens").asLong(0),
                        need(cost, "output-tokens").asLong(0));
    }

    private static ObjectNode entry(String key, Presentation presentation, String respondent) {
        ObjectNode line = Json.MAPPER.createObjectNode();
        line.put(key, presentation.question().id());
        ArrayNode order = line.putArray("order");
        presentation.order().forEach(order::add);
        return line.put("respondent", respondent);
    }

    /** @param question the one that the line is about */
    static Presentation presentation(ObjectNode line, Question question) {
        return new Presentation(question, order(line));
    }

    private static List<Integer> order(ObjectNode line) {
        List<Integer> order = new ArrayList<>();
        for (JsonNode place : need(line, "order")) {
            if (!place.isInt()) {
                throw new BadRow("'order' holds " + place + ", not a whole number");
            }
            order.add(place.intValue());
        }
        return order;
    }

    /**
     * The {@link Presentation#key} of what an entry is about.
     *
     * @param key the first of the line
     */
    static String key(ObjectNode line, String key) {
        return Presentation.key(text(line, key), order(line));
    }

    /** {@code {"closed": STAGE, "questions": [ID, …]}}. */
    static ObjectNode closed(String stage, List<Question> questions) {
        ObjectNode line = Json.MAPPER.createObjectNode();
        line.put("closed", stage);
        ArrayNode ids = line.putArray("questions");
        questions.forEach(q -> ids.add(q.id()));
        return line;
    }

    /**
     * An answer, with its judgement about the alternatives in the question's own order.
     *
     * @param key {@code answer} or {@code correction}
     */
    static ObjectNode answer(String key, Answer answer) {
        ObjectNode line = entry(key, answer.presentation(), answer.respondent());
        line.setAll(JudgementJson.of(answer.judgement()));
        LosslessJson.put(line, answer.by());
        answer.rationale().ifPresent(why -> line.put("rationale", why));
        put(line, "cost", answer.cost());
        return line;
    }

    static Answer answer(ObjectNode line, Question question) {
        Judgement judgement = JudgementJson.read(line);
        return new Answer(
                presentation(line, question),
                text(line, "respondent"),
                judgement,
                LosslessJson.provenance(line),
                optionalText(line, "rationale"),
                cost(line, "cost"));
    }

    static String text(JsonNode line, String key) {
        JsonNode value = need(line, key);
        if (!value.isString()) {
            throw new BadRow("'" + key + "' is " + value + ", not a text");
        }
        return value.stringValue();
    }

    private static Optional<String> optionalText(JsonNode line, String key) {
        return line.has(key) ? Optional.of(text(line, key)) : Optional.empty();
    }

    static JsonNode need(JsonNode line, String key) {
        JsonNode value = line.get(key);
        if (value == null) {
            throw new BadRow("'" + key + "' is missing");
        }
        return value;
    }
}
