package org.thurstone.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A line of JSON, an object, whose last key {@code crc} is the CRC-32C of the line's bytes before it, in eight hexadecimal digits: for files
 * that grow line by line, so that a changed line is noticed.
 */
public final class SealedLine {

    private static final String KEY = ",\"crc\":\"";
    private static final byte[] KEY_BYTES = KEY.getBytes(StandardCharsets.US_ASCII);
    private static final int DIGITS = 8;
    /** {@code ,"crc":"01234567"}}. */
    private static final int TAIL = KEY.length() + DIGITS + 2;

    private SealedLine() {}

    /**
     * Adds the checksum, and the end of the line.
     *
     * @param object an object with a key at least, without an end of line
     */
    public static byte[] seal(String object) {
        byte[] plain = object.getBytes(StandardCharsets.UTF_8);
        int length = plain.length - 1;
        byte[] whole = Arrays.copyOf(plain, length + TAIL + 1);
        byte[] tail = (KEY + HexFormat.of().toHexDigits(checksum(plain, length)) + "\"}\n")
                .getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(tail, 0, whole, length, tail.length);
        return whole;
    }

    /** The lines of a file, without their ends. A last line without an end, which a kill may have left, is not among them. */
    public static List<byte[]> lines(byte[] content) {
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < content.length; i++) {
            if (content[i] == '\n') {
                lines.add(Arrays.copyOfRange(content, start, i));
                start = i + 1;
            }
        }
        return lines;
    }

    /** Whether a line, without its end, has the form of a sealed one. */
    public static boolean isSealed(byte[] line, int length) {
        int start = length - TAIL;
        return start >= 1
                && line[length - 1] == '}'
                && line[length - 2] == '"'
                && Arrays.equals(line, start, start + KEY.length(), KEY_BYTES, 0, KEY.length());
    }

    /** Whether a line, without its end, is one that was sealed and has not changed since. */
    public static boolean isSound(byte[] line, int length) {
        if (!isSealed(line, length)) {
            return false;
        }
        int start = length - TAIL;
        String digits = new String(line, start + KEY.length(), DIGITS, StandardCharsets.US_ASCII);
        return digits.equals(HexFormat.of().toHexDigits(checksum(line, start)));
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
