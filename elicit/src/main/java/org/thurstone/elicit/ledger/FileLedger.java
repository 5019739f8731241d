package org.thurstone.elicit.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.thurstone.data.Disk;
import org.thurstone.data.UserError;
import org.thurstone.data.format.BadRow;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Cost;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Ledger;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import tools.jackson.databind.node.ObjectNode;

/**
 * A ledger in a directory, which survives a killed process and a power failure. {@code questions.jsonl} has each question once, the respondents that
 * were asked and the orders shown, and the stages that have used the answers. {@code answers.jsonl} has answers, corrections and failures. {@code
 * attempts.jsonl}, created when it is first needed, has the calls of respondents that cost. Lines are only appended; each has a
 * {@linkplain LedgerFile checksum}.
 *
 * <p>When a method returns, its lines are in the operating system's cache, so a killed process loses none; {@link #sync} makes all lines durable.
 * Questions are made durable before the first answer to them is written, so that no answer is without its question.
 *
 * <p>The contents depend only on questions and answers and on their order, not on the time.
 *
 * <p>Only one process can open the directory at a time. Within a process, the ledger is safe for concurrent use.
 */
public final class FileLedger implements Ledger, AutoCloseable {

    private static final LedgerFile.Kind QUESTIONS = new LedgerFile.Kind(
            "questions", "Restore questions.jsonl from a copy, or start the run anew in another directory");
    private static final LedgerFile.Kind ANSWERS = new LedgerFile.Kind(
            "answers", "Restore answers.jsonl from a copy, or delete the line: what it answered is then asked again");
    private static final LedgerFile.Kind ATTEMPTS = new LedgerFile.Kind(
            "attempts", "Restore attempts.jsonl from a copy, or delete the line: attempts are counted, nothing else");

    /** Directories that this process has open. A second opening must fail early: closing any channel of a file releases the process's lock on it. */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final Path real;
    private final FileChannel lock;
    private final MemoryLedger index = new MemoryLedger();
    private final Map<String, Question> known = new HashMap<>();
    private final LedgerFile questions;
    private final LedgerFile answers;
    private @Nullable LedgerFile attempts;

    private FileLedger(Path directory, Path real, FileChannel lock, String run) {
        this.directory = directory;
        this.real = real;
        this.lock = lock;
        Interning interning = new Interning();
        this.questions = LedgerFile.open(path("questions.jsonl"), QUESTIONS, run, line -> question(line, interning));
        this.answers = besides(
                questions, () -> LedgerFile.open(path("answers.jsonl"), ANSWERS, questions.run(), this::answer));
        if (Files.exists(path("attempts.jsonl"))) {
            this.attempts = besides(questions, () -> besides(answers, this::openAttempts));
        }
    }

    /** Opens a file; if that fails, closes the one that is open. */
    private static LedgerFile besides(LedgerFile open, Supplier<LedgerFile> next) {
        try {
            return next.get();
        } catch (RuntimeException e) {
            open.close();
            throw e;
        }
    }

    /**
     * Opens the ledger of a run, or creates it.
     *
     * @param directory is created if it is missing
     * @param run identifies the run by what determines its results, such as a hash of its resolved recipe. A ledger is opened only with the
     *     identifier that it was created with
     * @throws UserError if the directory holds the ledger of another run, is open elsewhere, is damaged (with file and line), or was written
     *     by a newer version
     */
    public static FileLedger open(Path directory, String run) {
        if (run.isEmpty()) {
            throw new IllegalArgumentException("a run has a name");
        }
        return opened(directory, run);
    }

    /**
     * Opens an existing ledger.
     *
     * @throws UserError as {@link #open(Path, String)}, and if there is none
     */
    public static FileLedger open(Path directory) {
        if (!Files.exists(directory.resolve("questions.jsonl"))) {
            throw new UserError(directory + " holds no questions: there is no questions.jsonl in it");
        }
        return opened(directory, "");
    }

    private static FileLedger opened(Path directory, String run) {
        try {
            Disk.createDirectories(directory);
            Path real = directory.toRealPath();
            if (!OPEN.add(real)) {
                throw new UserError("the questions and answers in " + directory + " are in use by this process");
            }
            try {
                return locked(directory, real, run);
            } catch (IOException | RuntimeException e) {
                OPEN.remove(real);
                throw e;
            }
        } catch (IOException e) {
            throw UserError.writing(directory, e);
        }
    }

    private static FileLedger locked(Path directory, Path real, String run) throws IOException {
        FileChannel lock = Disk.open(directory.resolve(".ledger.lock"));
        try {
            if (lock.tryLock() == null) {
                throw new UserError("the questions and answers in " + directory + " are in use by another process");
            }
            return new FileLedger(directory, real, lock, run);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private Path path(String name) {
        return directory.resolve(name);
    }

    private LedgerFile openAttempts() {
        return LedgerFile.open(path("attempts.jsonl"), ATTEMPTS, questions.run(), line -> {
            Question question = known(LedgerLines.text(line, "attempt"));
            index.attempt(
                    LedgerLines.presentation(line, question),
                    LedgerLines.text(line, "respondent"),
                    LedgerLines.cost(line, "reserved"));
        });
    }

    private void question(ObjectNode line, Interning interning) {
        if (line.has("question")) {
            Question question = LedgerLines.question(line, interning);
            known.put(question.id(), question);
        } else if (line.has("asked")) {
            Question question = known(LedgerLines.text(line, "asked"));
            index.ask(LedgerLines.presentation(line, question), LedgerLines.text(line, "respondent"));
        } else {
            String stage = LedgerLines.text(line, "closed");
            List<Question> of = LedgerLines.need(line, "questions")
                    .valueStream()
                    .map(id -> known(id.asString("")))
                    .toList();
            index.close(stage, of);
        }
    }

    private void answer(ObjectNode line) {
        if (line.has("failure")) {
            Question question = known(LedgerLines.text(line, "failure"));
            index.fail(
                    LedgerLines.presentation(line, question),
                    LedgerLines.text(line, "respondent"),
                    LedgerLines.cost(line, "cost"));
        } else if (line.has("correction")) {
            index.restore(LedgerLines.answer(line, known(LedgerLines.text(line, "correction"))));
        } else {
            index.answer(LedgerLines.answer(line, known(LedgerLines.text(line, "answer"))));
        }
    }

    private Question known(String id) {
        Question question = known.get(id);
        if (question == null) {
            throw new BadRow("it is about question " + id + ", which is not in questions.jsonl");
        }
        return question;
    }

    /** The identifier of the run that the ledger belongs to. */
    public String run() {
        return questions.run();
    }

    @Override
    public Optional<Answer> find(Presentation asked, Identity respondent) {
        return index.find(asked, respondent);
    }

    @Override
    public synchronized void ask(Presentation asked, Identity respondent) {
        if (index.ask(asked, respondent.key())) {
            if (known.putIfAbsent(asked.question().id(), asked.question()) == null) {
                questions.append(LedgerLines.question(asked.question()));
            }
            questions.append(LedgerLines.asked(asked, respondent.key()));
        }
    }

    @Override
    public synchronized void attempt(Presentation asked, Identity respondent, Cost reserved) {
        index.attempt(asked, respondent.key(), reserved);
        LedgerFile file = attempts;
        if (file == null) {
            file = openAttempts();
            attempts = file;
        }
        questions.force();
        file.append(LedgerLines.attempt(asked, respondent.key(), reserved));
    }

    @Override
    public synchronized void fail(Presentation asked, Identity respondent, String reason, Cost cost) {
        index.fail(asked, respondent.key(), cost);
        append(LedgerLines.failure(asked, respondent.key(), reason, cost));
    }

    @Override
    public synchronized void answer(Answer answer) {
        index.answer(answer);
        append(LedgerLines.answer("answer", answer));
    }

    @Override
    public synchronized void correct(Answer answer) {
        index.correct(answer);
        append(LedgerLines.answer("correction", answer));
    }

    private void append(ObjectNode line) {
        questions.force();
        answers.append(line);
    }

    @Override
    public synchronized void sync() {
        questions.force();
        if (attempts != null) {
            attempts.force();
        }
        answers.force();
    }

    @Override
    public synchronized void close(String stage, List<Question> of) {
        List<Question> fresh = of.stream()
                .filter(q -> known.containsKey(q.id()) && index.closed(q).isEmpty())
                .toList();
        if (!fresh.isEmpty()) {
            index.close(stage, fresh);
            questions.append(LedgerLines.closed(stage, fresh));
        }
    }

    @Override
    public List<Open> open() {
        return index.open();
    }

    @Override
    public List<Entry> entries() {
        return index.entries();
    }

    @Override
    public Optional<String> closed(Question question) {
        return index.closed(question);
    }

    @Override
    public Map<String, Tally> tallies() {
        return index.tallies();
    }

    /** Makes all lines durable, and releases the directory. */
    @Override
    public synchronized void close() {
        try (lock;
                questions;
                answers;
                LedgerFile third = attempts) {
            sync();
        } catch (IOException e) {
            throw UserError.writing(directory, e);
        } finally {
            OPEN.remove(real);
        }
    }
}
