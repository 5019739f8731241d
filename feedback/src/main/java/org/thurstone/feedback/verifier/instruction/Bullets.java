package org.thurstone.feedback.verifier.instruction;

import java.util.regex.Pattern;

/** There are exactly so many bullets: lines that begin with {@code *} or {@code -}. */
public record Bullets(int number) implements Instruction {

    public static final String KIND = "detectable_format:number_bullet_lists";

    private static final Pattern STAR = Pattern.compile("^\\s*\\*[^*].*$", Characters.FLAGS);
    private static final Pattern DASH = Pattern.compile("^\\s*-.*$", Characters.FLAGS);

    @Override
    public boolean holds(String answer) {
        return Characters.count(STAR, answer) + Characters.count(DASH, answer) == number;
    }

    @Override
    public String kind() {
        return KIND;
    }
}
