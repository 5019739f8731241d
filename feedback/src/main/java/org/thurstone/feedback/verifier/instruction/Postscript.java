package org.thurstone.feedback.verifier.instruction;

import java.util.regex.Pattern;

/** There is a postscript that begins with a mark, in any case; {@code P.S.} and {@code P.P.S} may have spaces between their letters. */
public record Postscript(String mark) implements Instruction {

    public static final String KIND = "detectable_content:postscript";

    public Postscript {
        mark = Characters.strip(mark);
    }

    @Override
    public boolean holds(String answer) {
        String begin = switch (mark) {
            case "P.P.S" -> "p\\.\\s?p\\.\\s?s";
            case "P.S." -> "p\\.\\s?s\\.";
            default -> Pattern.quote(mark);
        };
        return Pattern.compile(begin, Characters.ANY_CASE).matcher(answer).find();
    }

    @Override
    public String kind() {
        return KIND;
    }
}
