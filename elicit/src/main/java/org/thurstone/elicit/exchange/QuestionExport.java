package org.thurstone.elicit.exchange;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.thurstone.data.AtomicFile;
import org.thurstone.data.Completion;
import org.thurstone.data.UserError;
import org.thurstone.data.container.Json;
import org.thurstone.data.format.LosslessJson;
import org.thurstone.elicit.Ledger;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.respondent.FromFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The open questions of a ledger as a file that people fill in: {@code .jsonl}, or {@code .csv} for a spreadsheet. Each row has the question's id,
 * its form, the prompt, the alternatives in the order in which they are shown, and empty fields for the answer; no scores and no sources, so that
 * they do not influence the answer. Rows are in seeded order.
 *
 * <p>Answers to pairs go into {@code preference} ({@code left}, {@code right}, {@code tie}, {@code both-bad}); to ratings and verifications into
 * {@code scores}, one for each alternative; to rankings into {@code ranks}, 1 the best; an edited text into {@code edited}, with the number of the
 * alternative in {@code of}. {@code skip}, {@code rationale} and {@code annotator} may be filled in for all.
 *
 * @param run the name of the run, which answers are checked against
 * @param people the group whose questions are written; empty for people without a name
 */
public record QuestionExport(String run, String people) {

    /** Takes a spreadsheet to know that a file is UTF-8. */
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /**
     * Writes the file, whole or not at all.
     *
     * @param random of the order of rows
     * @return how many questions it has
     * @throws UserError if the name of the file says neither {@code .jsonl} nor {@code .csv}, or it cannot be written
     */
    public int write(Ledger ledger, Path file, RandomGenerator random) {
        List<Presentation> open = new ArrayList<>(ledger.open().stream()
                .filter(o -> o.respondent().equals(FromFile.key(people)))
                .map(Ledger.Open::presentation)
                .sorted(Comparator.comparing(Presentation::key))
                .toList());
        Collections.shuffle(open, random);
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".jsonl")) {
            AtomicFile.write(file, out -> lines(open, out));
        } else if (name.endsWith(".csv")) {
            AtomicFile.write(file, out -> table(open, out));
        } else {
            throw new UserError("questions cannot be written to " + file + ": name a file that ends in .jsonl or .csv");
        }
        return open.size();
    }

    private void lines(List<Presentation> open, OutputStream out) throws IOException {
        for (Presentation p : open) {
            ObjectNode row = Json.MAPPER.createObjectNode();
            row.put("run", run).put("id", p.key());
            if (!people.isEmpty()) {
                row.put("people", people);
            }
            p.question().audience().ifPresent(audience -> row.put("audience", audience));
            row.put("form", form(p.question().form()));
            row.set("prompt", LosslessJson.of(p.question().prompt().content()));
            List<JsonNode> shown =
                    p.shown().stream().map(c -> LosslessJson.of(c.content())).toList();
            if (p.question().form() == Question.Form.PAIR) {
                row.set("left", shown.getFirst());
                row.set("right", shown.getLast());
            } else {
                ArrayNode alternatives = row.putArray("alternatives");
                shown.forEach(alternatives::add);
            }
            answerFields(p.question().form()).forEach(row::putNull);
            out.write(Json.line(row).getBytes(StandardCharsets.UTF_8));
        }
    }

    static String form(Question.Form form) {
        return form.name().toLowerCase(Locale.ROOT);
    }

    private static List<String> answerFields(Question.Form form) {
        List<String> fields = new ArrayList<>(
                switch (form) {
                    case PAIR -> List.of("preference");
                    case RATE, VERIFY -> List.of("scores");
                    case RANK -> List.of("ranks");
                    case EDIT -> List.of("edited", "of");
                    case WRITE -> throw new IllegalArgumentException("people are not asked to write completions");
                });
        fields.addAll(List.of("skip", "rationale", "annotator"));
        return fields;
    }

    private void table(List<Presentation> open, OutputStream out) throws IOException {
        Set<String> columns = new LinkedHashSet<>(List.of("run", "id"));
        if (!people.isEmpty()) {
            columns.add("people");
        }
        if (open.stream().anyMatch(p -> p.question().audience().isPresent())) {
            columns.add("audience");
        }
        columns.addAll(List.of("form", "prompt"));
        open.forEach(p -> columns.addAll(names(p)));
        // The answer is written where the eye is after reading, and rationale and name at the end.
        open.forEach(p -> columns.addAll(answerFields(p.question().form())));
        columns.removeAll(List.of("skip", "rationale", "annotator"));
        columns.addAll(List.of("skip", "rationale", "annotator"));
        out.write(BYTE_ORDER_MARK);
        out.write(Cells.row(List.copyOf(columns)).getBytes(StandardCharsets.UTF_8));
        for (Presentation p : open) {
            out.write(Cells.row(columns.stream().map(column -> cell(p, column)).toList())
                    .getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Names of the columns with the alternatives, in the order shown. */
    static List<String> names(Presentation p) {
        if (p.question().form() == Question.Form.PAIR) {
            return List.of("left", "right");
        }
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= p.order().size(); i++) {
            names.add("alternative " + i);
        }
        return names;
    }

    private String cell(Presentation p, String column) {
        int shown = names(p).indexOf(column);
        if (shown >= 0) {
            Completion completion = p.shown().get(shown);
            return ShownContent.of(completion.content());
        }
        return switch (column) {
            case "run" -> run;
            case "id" -> p.key();
            case "people" -> people;
            case "audience" -> p.question().audience().orElse("");
            case "form" -> form(p.question().form());
            case "prompt" -> ShownContent.of(p.question().prompt().content());
            default -> "";
        };
    }
}
