package org.thurstone.elicit.exchange;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.thurstone.data.Provenance;
import org.thurstone.data.UserError;
import org.thurstone.data.container.Containers;
import org.thurstone.data.container.RawRow;
import org.thurstone.data.container.RowSource;
import org.thurstone.data.format.BadRow;
import org.thurstone.data.format.LosslessJson;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.JudgementJson;
import org.thurstone.elicit.Ledger;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.respondent.FromFile;
import org.thurstone.elicit.respondent.Majority;

/**
 * Takes the answers of people from a file that {@link QuestionExport} wrote and they filled in, or any file with its fields. The file is checked
 * against the questions first, and taken whole or not at all; an import that was stopped half-way is completed by repeating it.
 *
 * @param run the name of the run that the ledger is of
 * @param replace whether an answer that differs from the one recorded replaces it, as long as no stage has used it
 * @param annotator who answered where a row has no annotator; empty if that is not known
 */
public record AnswerImport(String run, boolean replace, String annotator) {

    /** More problems than this are counted only. */
    private static final int LISTED = 20;

    /**
     * The result of an import.
     *
     * @param taken answers to open questions, skipped ones included
     * @param corrected answers that replaced others
     * @param repeated rows that say what is known already
     * @param empty rows without an answer
     * @param late answers among those taken whose stage was done without them
     */
    public record Summary(int taken, int corrected, int repeated, int empty, int late) {}

    /**
     * Takes the answers of a file into a ledger, and makes them durable.
     *
     * @throws UserError with file, line and reason of each row that cannot be taken; the ledger is then as it was
     */
    public Summary read(Path file, Ledger ledger) {
        Importer work = new Importer(file, ledger);
        work.read();
        if (!work.problems.isEmpty()) {
            int more = work.problems.size() - LISTED;
            throw new UserError("nothing was imported, since %d of %d rows of %s cannot be:%n%s%s"
                    .formatted(
                            work.problems.size(),
                            work.rows,
                            file,
                            String.join(
                                    System.lineSeparator(),
                                    work.problems.subList(0, Math.min(LISTED, work.problems.size()))),
                            more > 0 ? System.lineSeparator() + "and " + more + " more" : ""));
        }
        return work.apply();
    }

    /** An answer of the file, and where it stands. */
    private record GivenAnswer(long line, Ledger.Entry entry, Answer answer) {

        boolean says(Answer other) {
            return answer.judgement().equals(other.judgement());
        }
    }

    private final class Importer {
        private final Path file;
        private final Ledger ledger;
        private final boolean safeCells;
        private final Map<String, List<Ledger.Entry>> entries = new HashMap<>();
        private final Map<String, String> answered = new HashMap<>();
        private final Map<String, GivenAnswer> given = new LinkedHashMap<>();
        private final List<String> problems = new ArrayList<>();
        private int rows;
        private int empty;
        private int repeated;
        private boolean holdsAnswers;

        Importer(Path file, Ledger ledger) {
            this.file = file;
            this.ledger = ledger;
            String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
            this.safeCells = name.contains(".csv") || name.contains(".tsv");
            for (Ledger.Entry entry : ledger.entries()) {
                entries.computeIfAbsent(entry.presentation().key(), key -> new ArrayList<>())
                        .add(entry);
                entries.computeIfAbsent(entry.presentation().question().id(), key -> new ArrayList<>())
                        .add(entry);
                entry.answer()
                        .filter(answer -> FromFile.isKey(entry.respondent()) && !skips(answer))
                        .ifPresent(answer -> answered.putIfAbsent(
                                onceEach(answer), answer.question().id()));
            }
        }

        /** Copies of one question, for overlap, go to different people. */
        private static String onceEach(Answer answer) {
            return Majority.original(answer.question()).id() + " " + answer.by().annotator();
        }

        void read() {
            try (RowSource source = Containers.open(file)) {
                for (Optional<RawRow> next = source.next(); next.isPresent(); next = source.next()) {
                    rows++;
                    switch (next.get()) {
                        case RawRow.Broken(long line, String reason) -> problem(line, reason);
                        case RawRow.Fields(long line, var fields) -> {
                            holdsAnswers |= AnsweredRow.holdsAnswers(fields.propertyNames());
                            try {
                                row(line, AnsweredRow.of(fields, safeCells));
                            } catch (BadRow | IllegalArgumentException e) {
                                problem(line, String.valueOf(e.getMessage()));
                            }
                        }
                    }
                }
            }
            if (rows > 0 && !holdsAnswers && problems.isEmpty()) {
                throw new UserError(
                        file + " has no field for answers: there is no preference, grade, probability, scores,"
                                + " ranks, edited or skip in it");
            }
        }

        private void problem(long line, String reason) {
            problems.add(file + ":" + line + ": " + reason);
        }

        private void row(long line, AnsweredRow row) {
            Ledger.Entry entry = entry(row);
            Presentation p = entry.presentation();
            row.check(p);
            Optional<Judgement> judgement = row.judgement(p);
            if (judgement.isEmpty()) {
                empty++;
                return;
            }
            String by = row.text("annotator").orElse(annotator);
            take(new GivenAnswer(
                    line,
                    entry,
                    new Answer(
                            p,
                            entry.respondent(),
                            judgement.get().from(p.order()),
                            Provenance.by(by.isEmpty() ? entry.respondent() : by),
                            row.text("rationale"),
                            row.cost())));
        }

        private Ledger.Entry entry(AnsweredRow row) {
            String id = row.text("id").orElseThrow(() -> new BadRow("it has no 'id'"));
            row.text("run").filter(other -> !other.equals(run)).ifPresent(other -> {
                throw new BadRow("it answers a question of run " + other + ", and this is run " + run);
            });
            List<Ledger.Entry> all = entries.getOrDefault(id, List.of());
            if (all.isEmpty()) {
                throw new BadRow("no question of this run has the id " + id);
            }
            List<Ledger.Entry> people = all.stream()
                    .filter(e -> FromFile.isKey(e.respondent()))
                    .filter(e -> row.text("people")
                            .map(FromFile::key)
                            .map(e.respondent()::equals)
                            .orElse(true))
                    .toList();
            if (people.isEmpty()) {
                throw new BadRow(
                        "question " + id + " was put to " + all.getFirst().respondent()
                                + row.text("people")
                                        .map(p -> ", not to people called " + p)
                                        .orElse(", which is not a file annotator"));
            } else if (people.size() > 1) {
                throw new BadRow("question " + id
                        + " was put to people several times: add the order shown to the id, as exported" + " ("
                        + people.getFirst().presentation().key() + "), and 'people' if several groups are asked");
            }
            return people.getFirst();
        }

        private void take(GivenAnswer now) {
            String key = now.entry.presentation().key() + " " + now.entry.respondent();
            GivenAnswer before = given.get(key);
            if (before != null && !before.says(now.answer) && !skips(before.answer) && !skips(now.answer)) {
                throw new BadRow("it contradicts line %d: %s here, %s there"
                        .formatted(before.line, said(now.answer), said(before.answer)));
            } else if (before != null && !(skips(before.answer) && !skips(now.answer))) {
                repeated++;
                return;
            }
            Optional<Answer> recorded = now.entry.answer();
            if (recorded.isPresent()) {
                Answer known = recorded.get();
                if (now.says(known) || (skips(now.answer) && !replace)) {
                    repeated++;
                    return;
                } else if (!replace && !skips(known)) {
                    throw new BadRow(
                            "it contradicts what is recorded: %s here, %s there; import with --replace to correct it"
                                    .formatted(said(now.answer), said(known)));
                }
                ledger.closed(known.question()).ifPresent(stage -> {
                    throw new BadRow(
                            "it corrects an answer that cannot be corrected any more: " + stage + " has used it");
                });
            } else {
                checkOnceEach(now.answer);
            }
            given.put(key, now);
        }

        private void checkOnceEach(Answer answer) {
            if (skips(answer) || answer.by().annotator().equals(answer.respondent())) {
                return;
            }
            String id = answer.question().id();
            String other = answered.putIfAbsent(onceEach(answer), id);
            if (other != null && !other.equals(id)) {
                throw new BadRow(
                        "%s has answered the same as question %s, and the copies of a question are for different people"
                                .formatted(answer.by().annotator(), other));
            }
        }

        private static boolean skips(Answer answer) {
            return answer.abstained();
        }

        /** For messages: who says what, about the alternatives as shown. */
        private static String said(Answer answer) {
            return answer.by().annotator() + " says "
                    + switch (answer.presentation().asShown(answer.judgement())) {
                        case Judgement.Preferred(var preference) -> LosslessJson.of(preference);
                        case Judgement.Abstained(String reason) -> "nothing";
                        case Judgement other -> JudgementJson.of(other);
                    };
        }

        Summary apply() {
            int taken = 0;
            int corrected = 0;
            int late = 0;
            for (GivenAnswer each : given.values()) {
                if (each.entry.answer().isPresent()) {
                    ledger.correct(each.answer);
                    corrected++;
                } else {
                    ledger.answer(each.answer);
                    taken++;
                    late += ledger.closed(each.answer.question()).isPresent() ? 1 : 0;
                }
            }
            ledger.sync();
            return new Summary(taken, corrected, repeated, empty, late);
        }
    }
}
