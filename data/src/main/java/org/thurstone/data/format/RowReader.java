package org.thurstone.data.format;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.thurstone.data.Count;
import org.thurstone.data.UserError;
import org.thurstone.data.container.Containers;
import org.thurstone.data.container.RawRow;
import org.thurstone.data.container.RowSource;

/**
 * The good rows of a file, one at a time; nothing of a row is kept once the next one is asked for. Bad rows are counted, and when
 * there are too many, the reading stops: at the end, or earlier where no good luck could mend it any more.
 */
public final class RowReader<T> implements Iterator<Row<T>>, AutoCloseable {

    /** The format of a file without rows. */
    static final String EMPTY = "none";

    /** The number of rows after which the share of bad rows is checked; in fewer rows it may be accidental. */
    private static final int ENOUGH = 1000;

    private final Path path;
    private final RowSource source;
    private final Queue<RawRow> peeked;
    private final Function<Fields, T> parse;
    private final double badShare;
    private final String format;
    private final Optional<Columns> columns;
    private final ColumnCounts read = new ColumnCounts();
    private final ColumnCounts unread = new ColumnCounts();
    private final List<Dropped.BadLine> bad = new ArrayList<>();
    private long rows;
    private long badCount;
    private long halves;
    private long firstHalf;
    private Optional<Row<T>> ahead = Optional.empty();
    private boolean ended;

    RowReader(
            Path path,
            RowSource source,
            Queue<RawRow> peeked,
            Columns columns,
            Function<Fields, T> parse,
            double badShare,
            String format) {
        this(path, source, peeked, Optional.of(columns), parse, badShare, format);
    }

    private RowReader(
            Path path,
            RowSource source,
            Queue<RawRow> peeked,
            Optional<Columns> columns,
            Function<Fields, T> parse,
            double badShare,
            String format) {
        this.columns = columns;
        this.path = path;
        this.source = source;
        this.peeked = peeked;
        this.parse = parse;
        this.badShare = badShare;
        this.format = format;
    }

    /**
     * The rows of a file that are not examples: labels, votes, scores. The first bad one is refused, for statistics of what happened to be readable
     * are statistics of something else.
     *
     * @param format what such rows are called
     * @param parse throws {@link BadRow} with the reason where a row is bad
     * @throws UserError if the file cannot be opened
     */
    public static <T> RowReader<T> of(Path path, String format, Function<Fields, T> parse) {
        return new RowReader<>(path, Containers.open(path), new ArrayDeque<>(), Optional.empty(), parse, 0, format);
    }

    /** The name of the format the rows are in. */
    public String format() {
        return format;
    }

    /** The rows left out so far; all of them once {@link #hasNext} has said no. */
    public Dropped dropped() {
        return new Dropped(path, rows, badCount, bad);
    }

    /** The columns of the good rows so far that were not read; of all of them once {@link #hasNext} has said no. */
    public Unread unread() {
        return new Unread(unread.counts(), unread.others());
    }

    /** Remarks on how the file was read, such as a corrected header; complete once {@link #hasNext} has returned false. */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>(source.remarks());
        if (ended && rows == 0) {
            remarks.add("the file has no rows");
        }
        if (halves > 0) {
            remarks.add(Count.of(halves, "row") + " (first: line " + firstHalf
                    + ") with half a character, a lone surrogate such as \\ud83d; tokenizers read it as U+FFFD");
        }
        return remarks;
    }

    /**
     * What a user should know of the file once all rows are read, a sentence each: columns that were not read, rows that were left out, and
     * {@link #remarks}.
     */
    public List<String> notices() {
        List<String> notices = new ArrayList<>();
        if (!unread().isEmpty()) {
            notices.add("not read of " + path + ": " + unread().toText());
        }
        if (badCount > 0) {
            notices.add("left out of " + path + ": " + Count.of(badCount, "bad row") + " (first: line "
                    + bad.getFirst().line() + ": " + bad.getFirst().reason() + ")");
        }
        remarks().forEach(remark -> notices.add(path + ": " + remark));
        return notices;
    }

    /** The columns of the good rows so far that were read. */
    public List<ColumnCount> read() {
        return read.counts();
    }

    /**
     * Whether there is another good row.
     *
     * @throws UserError if too many rows were bad, or the file cannot be read on
     */
    @Override
    public boolean hasNext() {
        while (ahead.isEmpty() && !ended) {
            Optional<RawRow> raw = Optional.ofNullable(peeked.poll()).or(source::next);
            if (raw.isEmpty()) {
                ended = true;
                refuseIf(badCount > badShare * rows);
            } else {
                rows++;
                ahead = understood(raw.get());
            }
        }
        return ahead.isPresent();
    }

    @Override
    public Row<T> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more rows in " + path);
        }
        Row<T> row = ahead.orElseThrow();
        ahead = Optional.empty();
        return row;
    }

    /** The same rows as a stream; close this reader, or the stream, after use. */
    public Stream<Row<T>> stream() {
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED | Spliterator.NONNULL), false)
                .onClose(this::close);
    }

    private Optional<Row<T>> understood(RawRow raw) {
        String reason;
        switch (raw) {
            case RawRow.Broken broken -> reason = broken.reason();
            case RawRow.Fields(long line, var fields) -> {
                try {
                    Fields row = new Fields(fields, path, line, columns);
                    T value = parse.apply(row);
                    if (row.hasHalfCharacters()) {
                        firstHalf = halves == 0 ? line : firstHalf;
                        halves++;
                    }
                    read.add(row.read(), line);
                    unread.add(row.unread(), line);
                    return Optional.of(new Row<>(line, value));
                } catch (BadRow | IllegalArgumentException e) {
                    // The records of the data module refuse what cannot be (a rating that is not a number).
                    reason = String.valueOf(e.getMessage());
                }
            }
        }
        badCount++;
        if (bad.size() < Dropped.LISTED) {
            bad.add(new Dropped.BadLine(raw.line(), reason));
        }
        refuseIf(badShare == 0 || (rows >= ENOUGH && badCount > 2 * badShare * rows && badShare < 0.5));
        return Optional.empty();
    }

    private void refuseIf(boolean tooMany) {
        if (tooMany) {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "%s: %d of %s %s bad (%.1f %%; at most %s %% may be)%n%s",
                    path,
                    badCount,
                    Count.of(rows, "row"),
                    rows == 1 ? "is" : "are",
                    100.0 * badCount / rows,
                    BigDecimal.valueOf(badShare)
                            .movePointRight(2)
                            .stripTrailingZeros()
                            .toPlainString(),
                    dropped().toText()));
        }
    }

    @Override
    public void close() {
        source.close();
    }
}
