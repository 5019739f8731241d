package org.thurstone.feedback.verifier.instruction;

import java.util.regex.Pattern;

/** Characters as Python's str and re see them, in which IFEval's rules are written. */
final class Characters {

    /** Blanks are those of Unicode, and only a line feed ends a line. */
    static final int FLAGS = Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNIX_LINES | Pattern.MULTILINE;

    /** Without regard to case. */
    static final int ANY_CASE = FLAGS | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

    private Characters() {}

    /** Without blanks at both ends; other than {@link String#strip}, a no-break space is one. */
    static String strip(String text) {
        int begin = 0;
        int end = text.length();
        while (begin < end && blank(text.charAt(begin))) {
            begin++;
        }
        while (end > begin && blank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(begin, end);
    }

    static boolean isBlank(String text) {
        return strip(text).isEmpty();
    }

    private static boolean blank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }

    /** Without this character at both ends. */
    static String strip(String text, char outer) {
        return leading(trailing(text, outer), outer);
    }

    static String leading(String text, char outer) {
        int begin = 0;
        while (begin < text.length() && text.charAt(begin) == outer) {
            begin++;
        }
        return text.substring(begin);
    }

    static String trailing(String text, char outer) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == outer) {
            end--;
        }
        return text.substring(0, end);
    }

    /** Whether there are letters with case, and all of them are capitals. */
    static boolean allCapitals(String text) {
        return text.codePoints().anyMatch(Character::isUpperCase)
                && text.codePoints().noneMatch(c -> Character.isLowerCase(c) || Character.isTitleCase(c));
    }

    /** Whether there are letters with case, and none of them is a capital. */
    static boolean allLowercase(String text) {
        return text.codePoints().anyMatch(Character::isLowerCase)
                && text.codePoints().noneMatch(c -> Character.isUpperCase(c) || Character.isTitleCase(c));
    }

    /** How often a pattern is found, without overlaps. */
    static long count(Pattern pattern, String text) {
        return pattern.matcher(text).results().count();
    }
}
