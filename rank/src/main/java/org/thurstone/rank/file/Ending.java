package org.thurstone.rank.file;

import java.util.Locale;
import java.util.regex.Pattern;

/** How a match ended, by what its score or comment says. */
enum Ending {
    PLAYED,
    /** Not played at all: tennis writes W/O. */
    WALKOVER,
    /** Ended early, by a retirement or a default. */
    UNFINISHED;

    /** Longer texts are prose. */
    private static final int LONGEST = 80;

    private static final Pattern NOT_PLAYED =
            Pattern.compile("(^|.*[^\\p{L}])(w/o|wo|walkover|walk over|forfeit|forfeited|ff)([^\\p{L}].*|$)");
    private static final Pattern EARLY = Pattern.compile(
            "(^|.*[^\\p{L}])(ret|retired|def|default|defaulted|disqualified|abn|abd|abandoned|unfinished)([^\\p{L}].*|$)");

    static Ending of(String text) {
        boolean letters = false;
        for (int i = 0; i < text.length() && !letters; i++) {
            letters = Character.isLetter(text.charAt(i));
        }
        if (!letters || text.length() > LONGEST) {
            return PLAYED;
        }
        String plain = text.strip().toLowerCase(Locale.ROOT);
        return NOT_PLAYED.matcher(plain).matches()
                ? WALKOVER
                : EARLY.matcher(plain).matches() ? UNFINISHED : PLAYED;
    }
}
