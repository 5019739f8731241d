package org.thurstone.tensor;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Parses the subset of JSON that headers of safetensors files use: objects, strings, and lists of whole numbers. Strict. */
final class Json {

    private final Path file;
    private final String text;
    private int at;

    Json(Path file, byte[] bytes) {
        this.file = file;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new TensorFileError(file, "the header is not UTF-8; this is not a safetensors file", e);
        }
    }

    /** Reads an object; the consumer is handed each key and reads its value. A key that occurs twice is refused. */
    void object(String what, Consumer<String> member) {
        expect('{');
        Set<String> seen = new HashSet<>();
        if (next() == '}') {
            at++;
            return;
        }
        while (true) {
            String key = string();
            if (!seen.add(key)) {
                throw new TensorFileError(file, what + " has \"" + key + "\" twice");
            }
            expect(':');
            member.accept(key);
            if (next() == '}') {
                at++;
                return;
            }
            expect(',');
        }
    }

    /** Reads a list of whole numbers from 0 to 2⁶³ − 1. */
    void naturals(List<Long> into) {
        expect('[');
        if (next() == ']') {
            at++;
            return;
        }
        while (true) {
            into.add(natural());
            if (next() == ']') {
                at++;
                return;
            }
            expect(',');
        }
    }

    private long natural() {
        next();
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        String digits = text.substring(start, at);
        if (digits.isEmpty() || (digits.length() > 1 && digits.startsWith("0"))) {
            throw malformed("a whole number", start);
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new TensorFileError(file, "the header has the number " + digits + ", which is beyond 2^63", e);
        }
    }

    String string() {
        expect('"');
        StringBuilder string = new StringBuilder();
        while (true) {
            char c = take();
            if (c == '"') {
                return string.toString();
            } else if (c == '\\') {
                string.append(escaped());
            } else if (c < ' ') {
                throw malformed("no control character inside a string", at - 1);
            } else {
                string.append(c);
            }
        }
    }

    private char escaped() {
        char c = take();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = Character.digit(take(), 16);
                    if (digit < 0) {
                        throw malformed("four hexadecimal digits", at - 1);
                    }
                    code = code * 16 + digit;
                }
                yield (char) code;
            }
            default -> throw malformed("an escape", at - 1);
        };
    }

    /** Only space may follow. */
    void end() {
        while (at < text.length()) {
            if (!space(text.charAt(at))) {
                throw malformed("nothing more", at);
            }
            at++;
        }
    }

    private char take() {
        if (at >= text.length()) {
            throw malformed("more", at);
        }
        return text.charAt(at++);
    }

    /** The next character that is not a space; it is not consumed. */
    private char next() {
        while (at < text.length() && space(text.charAt(at))) {
            at++;
        }
        if (at >= text.length()) {
            throw malformed("more", at);
        }
        return text.charAt(at);
    }

    private void expect(char wanted) {
        if (next() != wanted) {
            throw malformed("'" + wanted + "'", at);
        }
        at++;
    }

    private static boolean space(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    private TensorFileError malformed(String wanted, int where) {
        return new TensorFileError(
                file,
                "the header is malformed: expected " + wanted + " at character " + where + ", found "
                        + (where < text.length()
                                ? "\"" + text.substring(where, Math.min(text.length(), where + 20)) + "\""
                                : "its end"));
    }

    static StringBuilder quote(StringBuilder json, String string) {
        json.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"');
    }
}
