package org.thurstone.model.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * A text that comes in bytes, of which single tokens need not be whole characters. Bytes are kept until they form a character; what cannot become one is
 * U+FFFD, as in {@code new String(bytes, UTF_8)}.
 */
public final class Utf8Text {

    private static final int LONGEST_CHARACTER = 4;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);

    private final StringBuilder text = new StringBuilder();
    private ByteBuffer pending = ByteBuffer.allocate(0);

    /** The bytes that a token adds to what is said: none of special tokens. */
    public static byte[] said(Tokenizer tokenizer, int token) {
        return tokenizer.special(token) || tokenizer.endings().get(token) ? new byte[0] : tokenizer.bytes(token);
    }

    /** Appends bytes. @return where in the text the first character begins that they belong to */
    public int append(byte[] bytes) {
        int start = text.length();
        decode(bytes, false);
        return start;
    }

    /** No bytes follow: those of half a character become one U+FFFD. */
    public void end() {
        decode(new byte[0], true);
    }

    private void decode(byte[] bytes, boolean end) {
        ByteBuffer in = ByteBuffer.allocate(pending.remaining() + bytes.length);
        in.put(pending).put(bytes).flip();
        CharBuffer out = CharBuffer.allocate(in.remaining() + LONGEST_CHARACTER);
        decoder.decode(in, out, end);
        if (end) {
            decoder.flush(out);
            decoder.reset();
        }
        pending = in;
        text.append(out.flip());
    }

    public int length() {
        return text.length();
    }

    public String part(int from, int to) {
        return text.substring(from, to);
    }

    /** Where a string is found from a place on; −1 if nowhere. */
    public int find(String string, int from) {
        return text.indexOf(string, from);
    }

    /** The first place from {@code from} on at which the text ends within the string; its length if there is none. */
    public int beginning(String string, int from) {
        for (int start = from; start < text.length(); start++) {
            int length = text.length() - start;
            int same = 0;
            while (same < length && same < string.length() && text.charAt(start + same) == string.charAt(same)) {
                same++;
            }
            if (same == length) {
                return start;
            }
        }
        return text.length();
    }

    public String text() {
        return text.toString();
    }
}
