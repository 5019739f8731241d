package org.thurstone.feedback.verifier.instruction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits text into sentences. A sentence ends with a point, a question mark or an exclamation mark, and quotation marks and brackets after it, before a
 * blank or the end of the text. It does not end after an abbreviation or an initial, after the number of a list's item, or before a lower-case letter.
 * A line break ends no sentence, and what has no letter and no digit is none. The tokenizer that IFEval uses (NLTK's punkt) differs in one respect that
 * shows: it counts the number of an item, {@code 1.}, as a sentence.
 */
final class SentenceBreaks {

    private static final Pattern END =
            Pattern.compile("(?<mark>[.!?…]+|[。！？।])(?<close>[\"'”’»)\\]*_]*)(?=\\s|$|(?<=[。！？।]))");

    /** Always before what they belong to. */
    private static final Set<String> TITLES = Set.of(
            "mr", "mrs", "ms", "mx", "dr", "prof", "st", "rev", "hon", "gen", "col", "capt", "sgt", "lt", "gov", "sen",
            "rep", "pres", "mt", "vol", "fig", "figs", "eq", "pp", "cf", "vs", "approx", "e.g", "i.e", "eg", "ie",
            "viz");

    /** Before a number, and words of their own elsewhere. */
    private static final Set<String> NUMBERS = Set.of("no", "nos", "art", "sec", "p", "ch");

    /** May stand at the end of a sentence. */
    private static final Set<String> OTHERS = Set.of(
            "jr", "sr", "etc", "inc", "ltd", "co", "corp", "bros", "dept", "est", "al", "ave", "blvd", "rd", "ft", "lb",
            "lbs", "oz", "min", "max", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov",
            "dec", "ph.d");

    /** Words that, with a capital, begin a sentence after an abbreviation rather than a name. */
    private static final Set<String> STARTERS = Set.of(
            "the", "a", "an", "this", "that", "these", "those", "it", "its", "he", "she", "they", "we", "you", "i",
            "his", "her", "their", "our", "my", "your", "in", "on", "at", "for", "from", "after", "before", "when",
            "while", "if", "but", "and", "so", "however", "there", "here", "what", "who", "why", "how", "where", "then",
            "also", "as", "not", "no", "yes");

    private SentenceBreaks() {}

    /** The sentences of a text in order, without blanks around them. */
    static List<String> sentences(String text) {
        List<String> sentences = new ArrayList<>();
        Matcher ends = END.matcher(text);
        int begin = 0;
        while (ends.find()) {
            if (breaks(text, begin, ends)) {
                add(sentences, text.substring(begin, ends.end()));
                begin = ends.end();
            }
        }
        add(sentences, text.substring(begin));
        return sentences;
    }

    private static void add(List<String> sentences, String sentence) {
        if (sentence.codePoints().anyMatch(Character::isLetterOrDigit)) {
            sentences.add(Characters.strip(sentence));
        }
    }

    private static boolean breaks(String text, int begin, Matcher end) {
        String rest = Characters.strip(text.substring(end.end()));
        if (rest.isEmpty()) {
            return true;
        }
        if (startsLowercase(rest)) {
            return false;
        }
        if (!end.group("mark").equals(".")) {
            return true;
        }
        String word = wordBefore(text, begin, end.start());
        String lower = word.toLowerCase(Locale.ROOT);
        boolean number = NUMBERS.contains(lower) && Character.isDigit(rest.charAt(0));
        if (number || isItem(text, end.start(), word) || TITLES.contains(lower)) {
            return false;
        }
        boolean initial = word.length() == 1 && Character.isUpperCase(word.charAt(0)) && !word.equals("I");
        boolean acronym = word.matches("\\p{L}(?:\\.\\p{L})+");
        return !(initial || acronym || OTHERS.contains(lower)) || STARTERS.contains(firstWord(rest));
    }

    private static boolean startsLowercase(String rest) {
        return rest.codePoints()
                .filter(Character::isLetterOrDigit)
                .mapToObj(Character::isLowerCase)
                .findFirst()
                .orElse(false);
    }

    /** The letters, digits and inner points before a place. */
    private static String wordBefore(String text, int begin, int end) {
        int from = end;
        while (from > begin && (Character.isLetterOrDigit(text.charAt(from - 1)) || text.charAt(from - 1) == '.')) {
            from--;
        }
        return Characters.leading(text.substring(from, end), '.');
    }

    /** Whether a number stands alone at the beginning of its line. */
    private static boolean isItem(String text, int end, String word) {
        int line = text.lastIndexOf('\n', end - 1) + 1;
        return word.matches("\\d{1,3}|\\p{L}|[ivxIVX]+")
                && word.equals(Characters.strip(text.substring(line, end).replaceAll("[*_#>-]", "")));
    }

    private static String firstWord(String rest) {
        Matcher word = Pattern.compile("\\p{L}+").matcher(rest);
        return word.find() ? word.group().toLowerCase(Locale.ROOT) : "";
    }
}
