package org.thurstone.loop.metrics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.thurstone.data.CrashPoint;
import org.thurstone.data.Disk;
import org.thurstone.data.GrowingFile;
import org.thurstone.data.UserError;

/**
 * The metrics of a run: {@code metrics.jsonl}, one row per line, and TensorBoard event files under {@code tensorboard/}.
 *
 * <p>Made for runs that are killed. Each row is handed to the operating system as a whole before {@code log} returns. Opening a log cuts off
 * a half-written last line, and {@link #forgetFrom} drops what a stage that is to be repeated had written, so that a run that was killed and
 * resumed has the same rows, but for their times, as one that was not. Safe for several threads; for one process at a time.
 */
public final class MetricsLog implements AutoCloseable {

    /** The name of the rows' file in a run directory. */
    public static final String FILE = "metrics.jsonl";

    /** The name of TensorBoard's folder in a run directory: {@code tensorboard --logdir RUN/tensorboard}. */
    public static final String TENSORBOARD = "tensorboard";

    private final Path file;
    private final Path tensorBoard;
    private final InstantSource clock;
    private final GrowingFile growing;
    private EventFiles events;

    private MetricsLog(Path directory, InstantSource clock) throws IOException {
        this.file = directory.resolve(FILE);
        this.tensorBoard = directory.resolve(TENSORBOARD);
        this.clock = clock;
        Disk.createDirectories(directory);
        this.growing = GrowingFile.open(file);
        try {
            byte[] content = Files.readAllBytes(file);
            int whole = wholeLines(content);
            growing.cut(whole);
            this.events = new EventFiles(tensorBoard, clock.instant(), rows(file, content, whole));
        } catch (IOException | RuntimeException e) {
            growing.close();
            throw e;
        }
    }

    /** Opens the log of a run directory, which is made where it is missing. Fails with a {@link UserError} if it cannot be read or written. */
    public static MetricsLog open(Path directory) {
        return open(directory, InstantSource.system());
    }

    /** Opens the log as {@link #open(Path)} does, with a clock for the times of rows. */
    public static MetricsLog open(Path directory, InstantSource clock) {
        try {
            return new MetricsLog(directory, clock);
        } catch (IOException e) {
            throw new UserError("cannot open the metrics of " + directory + ": " + UserError.reason(e), e);
        }
    }

    /**
     * Appends one row.
     *
     * @param stage the stage's name, unique in the run; {@code iteration-2/train} makes iteration 2 a run of its own in TensorBoard
     * @param step the step within the stage, at least 0
     * @param values by name; NaN and infinities are written as the strings {@code "NaN"}, {@code "Infinity"}, {@code "-Infinity"}
     */
    public synchronized void log(String stage, long step, Map<String, Double> values) {
        MetricsRow row = new MetricsRow(clock.instant().truncatedTo(ChronoUnit.MILLIS), stage, step, values);
        try {
            growing.append(MetricsLine.line(row));
            CrashPoint.APPEND.reached();
            events.write(row);
        } catch (IOException e) {
            throw new UserError("cannot write metrics to " + file + ": " + UserError.reason(e), e);
        }
    }

    /** Drops the first row of a stage and every row after it. A stage without rows changes nothing. */
    public void forgetFrom(String stage) {
        forgetFrom(stage, 0);
    }

    /** Drops a stage's first row at this step or a later one, and every row after it. Where there is none, nothing is changed. */
    public synchronized void forgetFrom(String stage, long step) {
        try {
            byte[] content = Files.readAllBytes(file);
            List<MetricsRow> rows = rows(file, content, content.length);
            int kept = 0;
            while (kept < rows.size()
                    && !(rows.get(kept).stage().equals(stage) && rows.get(kept).step() >= step)) kept++;
            if (kept == rows.size()) return;
            growing.cut(startOfLine(content, kept));
            events.close();
            events = new EventFiles(tensorBoard, clock.instant(), rows.subList(0, kept));
        } catch (IOException e) {
            throw new UserError(
                    "cannot drop the metrics of stage " + stage + " from " + file + ": " + UserError.reason(e), e);
        }
    }

    /** Waits until the rows are on the disk: to be called before a stage is marked as finished. */
    public synchronized void sync() {
        growing.force();
    }

    @Override
    public synchronized void close() {
        try (growing;
                EventFiles _ = events) {
            growing.force();
        }
    }

    /**
     * The rows of a metrics file, in the order written. A half-written last line is passed over, so a run can be watched; any other line that
     * is not a row, or a missing file, is a {@link UserError} that names the line.
     */
    public static List<MetricsRow> read(Path file) {
        try {
            byte[] content = Files.readAllBytes(file);
            return rows(file, content, wholeLines(content));
        } catch (NoSuchFileException e) {
            throw new UserError("there are no metrics at " + file + "; a run writes them as " + FILE, e);
        } catch (IOException e) {
            throw new UserError("cannot read metrics from " + file + ": " + UserError.reason(e), e);
        }
    }

    private static List<MetricsRow> rows(Path file, byte[] content, int length) {
        List<MetricsRow> rows = new ArrayList<>();
        for (int start = 0, line = 1; start < length; line++) {
            int end = start;
            while (content[end] != '\n') end++;
            try {
                rows.add(MetricsLine.row(new String(content, start, end - start, StandardCharsets.UTF_8)));
            } catch (IllegalArgumentException e) {
                throw new UserError(
                        file + ", line " + line + " is not a metrics row (" + e.getMessage()
                                + "); a row has \"time\", \"stage\", \"step\" and \"values\"",
                        e);
            }
            start = end + 1;
        }
        return List.copyOf(rows);
    }

    private static int wholeLines(byte[] content) {
        int length = content.length;
        while (length > 0 && content[length - 1] != '\n') length--;
        return length;
    }

    private static int startOfLine(byte[] content, int line) {
        int at = 0;
        for (int passed = 0; passed < line; at++) if (content[at] == '\n') passed++;
        return at;
    }
}
