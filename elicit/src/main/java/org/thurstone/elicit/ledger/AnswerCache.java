package org.thurstone.elicit.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.thurstone.data.Disk;
import org.thurstone.data.UserError;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Presentation;
import tools.jackson.databind.node.ObjectNode;

/**
 * The answers of one respondent in a file that runs share, by what it was asked and in which order. Several processes may use it at once: each
 * adds to it under a lock, and reads what the others have added when it does. Where the file cannot be written, the answers are kept for this
 * process only: a cache saves time and money, and a run does not depend on it.
 */
public final class AnswerCache {

    private static final LedgerFile.Kind KIND =
            new LedgerFile.Kind("cached answers", "Delete the file: what it holds is then asked again");
    private static final String RUN = "any";

    /** A lock on a file is the process's: threads of one process exclude each other by this. */
    private static final Object ONE_AT_A_TIME = new Object();

    private final Path file;
    private final String respondent;
    private final Consumer<String> warnings;
    private final Map<String, ObjectNode> answers = new HashMap<>();
    private LedgerFile.Position read = LedgerFile.START;

    private boolean shared = true;

    private AnswerCache(Path file, String respondent, Consumer<String> warnings) {
        this.file = file;
        this.respondent = respondent;
        this.warnings = warnings;
    }

    /**
     * Reads the answers of a respondent.
     *
     * @param directory is made if it is missing
     * @param warnings takes one line if the answers cannot be read from there or kept there
     * @throws UserError if the file is damaged, with its place
     */
    public static AnswerCache of(Path directory, Identity respondent, Consumer<String> warnings) {
        String key = respondent.key();
        String readable = key.replaceAll("[^A-Za-z0-9.-]+", "_");
        // Two names may look the same once they are fit for a file; each line has the key itself.
        String name = readable.length() <= 100
                ? readable
                : readable.substring(0, 60) + "_" + Integer.toHexString(key.hashCode());
        AnswerCache cache = new AnswerCache(directory.resolve(name + ".jsonl"), key, warnings);
        try {
            Disk.createDirectories(directory);
            if (Files.exists(cache.file)) {
                cache.share(List.of());
            }
        } catch (IOException e) {
            cache.forThisProcessOnly(UserError.writing(directory, e));
        }
        return cache;
    }

    /** The respondent's answer to the question, in this run or another. */
    public synchronized Optional<Answer> find(Presentation asked) {
        return Optional.ofNullable(answers.get(asked.key())).map(line -> LedgerLines.answer(line, asked.question()));
    }

    /** Adds answers, and makes them durable. An answer that is there already stays. */
    public synchronized void keep(List<Answer> fresh) {
        if (fresh.isEmpty()) {
            return;
        }
        if (shared) {
            share(fresh);
        }
        fresh.forEach(answer -> answers.putIfAbsent(answer.presentation().key(), LedgerLines.answer("answer", answer)));
    }

    /** Adds answers to the file, after reading what others have added. */
    private void share(List<Answer> fresh) {
        Path lockFile = file.resolveSibling("." + file.getFileName() + ".lock");
        synchronized (ONE_AT_A_TIME) {
            try (FileChannel channel = Disk.open(lockFile);
                    FileLock lock = channel.lock();
                    LedgerFile opened = LedgerFile.open(file, KIND, RUN, read, this::take)) {
                for (Answer answer : fresh) {
                    ObjectNode line = LedgerLines.answer("answer", answer);
                    if (answers.putIfAbsent(answer.presentation().key(), line) == null) {
                        opened.append(line);
                    }
                }
                opened.force();
                read = opened.position();
            } catch (IOException e) {
                forThisProcessOnly(UserError.writing(file, e));
            } catch (UserError e) {
                if (!(e.getCause() instanceof IOException)) {
                    throw e; // a damaged file, not one that cannot be written
                }
                forThisProcessOnly(e);
            }
        }
    }

    private void forThisProcessOnly(UserError why) {
        shared = false;
        warnings.accept(why.getMessage() + "; answers are not cached for the next run");
    }

    private void take(ObjectNode line) {
        if (LedgerLines.text(line, "respondent").equals(respondent)) {
            answers.putIfAbsent(LedgerLines.key(line, "answer"), line);
        }
    }
}
