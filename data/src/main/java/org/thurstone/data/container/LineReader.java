package org.thurstone.data.container;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Lines of bytes, ended by LF or CRLF and nothing else: U+2028 and its like are characters of a JSON string. The buffer grows with
 * the longest line and is given back after it.
 */
public final class LineReader {

    /** A line beyond this is not data but an accident, and would fill the memory. */
    public static final int LONGEST = 1 << 26;

    private static final int USUAL = 1 << 16;

    private final InputStream in;
    private final byte[] chunk = new byte[USUAL];
    private int at;
    private int end;
    private byte[] line = new byte[USUAL];
    private int length;
    private boolean tooLong;

    /** @param in is read in large pieces, and not closed */
    public LineReader(InputStream in) {
        this.in = in;
    }

    /** Goes to the next line; false at the end. */
    public boolean advance() throws IOException {
        if (line.length > 16 * USUAL) {
            line = new byte[USUAL];
        }
        length = 0;
        tooLong = false;
        boolean any = false;
        while (true) {
            if (at == end) {
                at = 0;
                end = Math.max(0, in.read(chunk));
                if (end == 0) {
                    break;
                }
            }
            any = true;
            int stop = at;
            while (stop < end && chunk[stop] != '\n') {
                stop++;
            }
            append(stop - at);
            if (stop < end) {
                at = stop + 1;
                break;
            }
            at = end;
        }
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        return any;
    }

    private void append(int count) {
        if (tooLong || length + (long) count > LONGEST) {
            tooLong = true;
            length = 0;
            return;
        }
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.max(length + count, Math.min(LONGEST, 2 * line.length)));
        }
        System.arraycopy(chunk, at, line, length, count);
        length += count;
    }

    /** The bytes of this line, from 0 to {@link #length}; valid until the next call. */
    public byte[] bytes() {
        return line;
    }

    /** Bytes of this line without its end. */
    public int length() {
        return length;
    }

    /** Whether this line is longer than {@link #LONGEST}; then it has no bytes here. */
    public boolean tooLong() {
        return tooLong;
    }

    /** Whether this line has nothing but blanks and tabs. */
    public boolean blank() {
        for (int i = 0; i < length; i++) {
            if (line[i] != ' ' && line[i] != '\t') {
                return false;
            }
        }
        return !tooLong;
    }
}
