package org.thurstone.data.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.thurstone.data.UserError;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rows of a CSV file up to the first one that takes a real parser: one with a quote or an end of a line within quotes, with more or
 * fewer cells than the header, or that is not UTF-8. Cells are bytes, of which no objects are made. Up to there the rows are those of the {@link RowSource} of the same file, which can
 * be read on from {@link #rows}.
 */
public final class PlainCsv implements AutoCloseable {

    private static final int USUAL = 1 << 18;

    /** {@link CellTexts} reads whole words. */
    private static final int PADDING = Long.BYTES;

    private final Path path;
    private final InputStream in;
    private final byte separator;
    private final List<String> header;
    private byte[] buffer = new byte[USUAL + PADDING];
    private int next;
    private int filled;
    private boolean atEnd;
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private int start;
    private int cells;
    private int cellStart;
    private boolean quoted;
    private boolean ascii;
    private boolean plain = true;
    private long rows;
    private long line;

    /** @param in is closed with this */
    PlainCsv(Path path, InputStream in, char separator) {
        this.path = path;
        this.in = in;
        this.separator = (byte) separator;
        this.header = read() && utf8() ? names() : List.of();
        this.plain &= !header.isEmpty() && new HashSet<>(header).size() == header.size();
    }

    private List<String> names() {
        String[] names = new String[cells];
        for (int column = 0; column < cells; column++) {
            names[column] = text(column).strip();
        }
        return List.of(names);
    }

    /** The names of the columns; empty if the header is not plain. */
    public List<String> header() {
        return header;
    }

    /** Goes to the next row; false at the end, or where the next row is not plain. */
    public boolean advance() {
        while (plain && read()) {
            if (cells == 1 && header.size() > 1 && blank(0)) {
                continue;
            }
            if (cells != header.size() || !utf8()) {
                plain = false;
                return false;
            }
            rows++;
            return true;
        }
        return false;
    }

    /** Whether all rows were plain, once {@link #advance} has said no. */
    public boolean ended() {
        return plain;
    }

    /** The number of rows so far. */
    public long rows() {
        return rows;
    }

    /** The line of the row, from 1. */
    public long line() {
        return line;
    }

    /** Whether a cell of the row has nothing but blanks. */
    public boolean blank(int column) {
        for (int at = starts[column]; at < ends[column]; at++) {
            if (buffer[at] != ' ' && buffer[at] != '\t') {
                return buffer[at] < 0 && text(column).isBlank();
            }
        }
        return true;
    }

    /** The row as a parser has it, but that no cell is JSON. */
    public RawRow row() {
        ObjectNode fields = Json.MAPPER.createObjectNode();
        for (int column = 0; column < header.size(); column++) {
            fields.put(header.get(column), text(column));
        }
        return new RawRow.Fields(line, fields);
    }

    /** The text of a cell of the row. */
    public String text(int column) {
        return new String(buffer, starts[column], ends[column] - starts[column], StandardCharsets.UTF_8);
    }

    /** The number of the text of a cell of the row. */
    public int number(int column, CellTexts texts) {
        try {
            return texts.of(buffer, starts[column], ends[column]);
        } catch (CharacterCodingException e) {
            throw new IllegalStateException("the row was checked to be UTF-8", e);
        }
    }

    /** The next line as cells; false at the end, and where it takes a parser. */
    private boolean read() {
        start = next;
        cells = 0;
        cellStart = start;
        quoted = false;
        ascii = true;
        int sign = 0;
        int at = next;
        while (true) {
            if (at == filled) {
                at -= start;
                if (!fill()) {
                    return at > 0 && end(at, at, sign);
                }
            }
            byte one = buffer[at];
            sign |= one;
            if (one == separator) {
                cell(at);
            } else if (one == '\n') {
                return end(at, at + 1, sign);
            } else if (quoted || one == '"' || one == '\r') {
                at = one == '"' && !quoted ? quotes(at) : ending(at);
                plain = at >= 0;
                if (!plain) {
                    return false;
                }
            }
            at++;
        }
    }

    /** Where a carriage return that ends the line is by now; negative if the byte is none. */
    private int ending(int from) {
        int at = from;
        if (buffer[at] == '\r' && at + 1 == filled) {
            at -= start;
            if (!fill()) {
                return -1;
            }
        }
        return buffer[at] == '\r' && buffer[at + 1] == '\n' ? at : -1;
    }

    /** The closing quote of a cell that begins with a quote; negative where that is not so, or a line ends between the two. */
    private int quotes(int from) {
        if (from != cellStart) {
            return -1;
        }
        int at = from + 1;
        while (true) {
            if (at == filled) {
                at -= start;
                if (!fill()) {
                    return -1;
                }
            }
            byte one = buffer[at];
            ascii &= one >= 0;
            if (one == '"') {
                quoted = true;
                return at;
            }
            if (one == '\n' || one == '\r') {
                return -1;
            }
            at++;
        }
    }

    private boolean end(int end, int after, int sign) {
        cell(end > start && buffer[end - 1] == '\r' ? end - 1 : end);
        next = after;
        ascii &= sign >= 0;
        line++;
        return true;
    }

    private void cell(int end) {
        if (cells == ends.length) {
            starts = Arrays.copyOf(starts, 2 * cells);
            ends = Arrays.copyOf(ends, 2 * cells);
        }
        starts[cells] = quoted ? cellStart + 1 : cellStart;
        ends[cells++] = quoted ? end - 1 : end;
        cellStart = end + 1;
        quoted = false;
    }

    /** Moves the line that is being read to the beginning, with its cells, and reads on; false at the end of the file. */
    private boolean fill() {
        if (atEnd) {
            System.arraycopy(buffer, start, buffer, 0, filled - start);
        } else {
            byte[] to = filled - start > buffer.length / 2 ? new byte[2 * buffer.length] : buffer;
            System.arraycopy(buffer, start, to, 0, filled - start);
            buffer = to;
        }
        for (int cell = 0; cell < cells; cell++) {
            starts[cell] -= start;
            ends[cell] -= start;
        }
        cellStart -= start;
        filled -= start;
        next -= start;
        start = 0;
        if (atEnd) {
            return false;
        }
        try {
            int more = in.read(buffer, filled, buffer.length - PADDING - filled);
            atEnd = more <= 0;
            filled += Math.max(0, more);
        } catch (IOException e) {
            throw UserError.reading(path, e);
        }
        return !atEnd;
    }

    private boolean utf8() {
        if (ascii) {
            return true;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(buffer, start, ends[cells - 1] - start));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw UserError.reading(path, e);
        }
    }
}
