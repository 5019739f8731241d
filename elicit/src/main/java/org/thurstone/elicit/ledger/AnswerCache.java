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
import org.thurstone.data.Disk;
import org.thurstone.data.UserError;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Presentation;
import tools.jackson.databind.node.ObjectNode;

/**
 * The answers of one respondent in a file that runs share, by what it was asked and in which order. Several processes may use it at once: each
 * adds to it under a lock, and reads what the others have added when it does.
 */
public final class AnswerCache {

    private static final LedgerFile.Kind KIND =
            new LedgerFile.Kind("cached answers", "Delete the file: what it holds is then asked again");
    private static final String RUN = "any";

    /** A lock on a file is the process's: threads of one process exclude each other by this. */
    private static final Object ONE_AT_A_TIME = new Object();

    private final Path file;
    private final String respondent;
    private final Map<String, ObjectNode> answers = new HashMap<>();
    private LedgerFile.Position read = LedgerFile.START;

    private AnswerCache(Path file, String respondent) {
        this.file = file;
        this.respondent = respondent;
    }

    /**
     * Reads the answers of a respondent.
     *
     * @param directory is made if it is missing
     * @throws UserError if the file is damaged, with its place
     */
    public static AnswerCache of(Path directory, Identity respondent) {
        try {
            Disk.createDirectories(directory);
        } catch (IOException e) {
            throw UserError.writing(directory, e);
        }
        String key = respondent.key();
        String readable = key.replaceAll("[^A-Za-z0-9.-]+", "_");
        // Two names may look the same once they are fit for a file; each line has the key itself.
        String name = readable.length() <= 100
                ? readable
                : readable.substring(0, 60) + "_" + Integer.toHexString(key.hashCode());
        AnswerCache cache = new AnswerCache(directory.resolve(name + ".jsonl"), key);
        if (Files.exists(cache.file)) {
            cache.keep(List.of(), true);
        }
        return cache;
    }

    /** What the respondent said to this, in this run or another. */
    public synchronized Optional<Answer> find(Presentation asked) {
        return Optional.ofNullable(answers.get(asked.key())).map(line -> LedgerLines.answer(line, asked.question()));
    }

    /** Adds answers, and makes them durable. An answer that is there already stays. */
    public synchronized void keep(List<Answer> fresh) {
        keep(fresh, false);
    }

    private void keep(List<Answer> fresh, boolean look) {
        if (fresh.isEmpty() && !look) {
            return;
        }
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
                throw UserError.writing(file, e);
            }
        }
    }

    private void take(ObjectNode line) {
        if (LedgerLines.text(line, "respondent").equals(respondent)) {
            answers.putIfAbsent(LedgerLines.key(line, "answer"), line);
        }
    }
}
