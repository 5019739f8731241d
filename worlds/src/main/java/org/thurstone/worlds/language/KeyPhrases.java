package org.thurstone.worlds.language;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key phrases of a text by RAKE (Rose et al. 2010): longest runs of words between stop words and punctuation, each scored by the sum over its
 * words of the words' company, degree over frequency.
 *
 * @param text where they are from
 * @param phrases best first; of equals the earlier first
 */
record KeyPhrases(String text, List<Phrase> phrases) {

    /** From one place in the text to another. */
    record Phrase(int from, int until, double score) {}

    private static final Pattern PARTS = Pattern.compile("[\\p{L}\\p{N}'’-]+|[^\\s\\p{L}\\p{N}'’-]");

    private static final Set<String> STOP_WORDS =
            Set.of(("a about above after again all also am an and any are as at be"
                            + " because been before being below between both but by can could did do does doing down during each"
                            + " few for from further had has have having he her here hers him his how i if in into is it its"
                            + " just me more most my no nor not now of off on once only or other our out over own s said same"
                            + " she should so some such t than that the their them then there these they this those through to"
                            + " too under until up very was we were what when where which while who whom why will with would"
                            + " you your")
                    .split(" "));

    static KeyPhrases of(String text) {
        List<List<int[]>> runs = new ArrayList<>();
        List<int[]> run = new ArrayList<>();
        Matcher parts = PARTS.matcher(text);
        while (parts.find()) {
            String word = parts.group().toLowerCase(Locale.ROOT);
            if (!Character.isLetterOrDigit(word.codePointAt(0)) || STOP_WORDS.contains(word)) {
                runs.add(run);
                run = new ArrayList<>();
            } else {
                run.add(new int[] {parts.start(), parts.end()});
            }
        }
        runs.add(run);
        runs.removeIf(List::isEmpty);
        Map<String, double[]> company = new HashMap<>(); // degree, frequency
        for (List<int[]> words : runs) {
            for (int[] w : words) {
                double[] counts = company.computeIfAbsent(word(text, w), k -> new double[2]);
                counts[0] += words.size();
                counts[1]++;
            }
        }
        List<Phrase> phrases = new ArrayList<>();
        for (List<int[]> words : runs) {
            double score = 0;
            for (int[] w : words) {
                double[] counts = company.getOrDefault(word(text, w), new double[] {0, 1});
                score += counts[0] / counts[1];
            }
            phrases.add(new Phrase(words.getFirst()[0], words.getLast()[1], score));
        }
        phrases.sort(Comparator.comparingDouble(Phrase::score).reversed());
        return new KeyPhrases(text, phrases);
    }

    private static String word(String text, int[] at) {
        return text.substring(at[0], at[1]).toLowerCase(Locale.ROOT);
    }

    /** The text without the best of its phrases, and of the white space before each. */
    String without(double share) {
        List<Phrase> gone = phrases.subList(0, (int) Math.ceil(share * phrases.size() - 1e-9)).stream()
                .sorted(Comparator.comparingInt(Phrase::from))
                .toList();
        StringBuilder kept = new StringBuilder();
        int at = 0;
        for (Phrase p : gone) {
            int from = p.from();
            while (from > at && text.charAt(from - 1) == ' ') {
                from--;
            }
            kept.append(text, at, from);
            at = p.until();
        }
        return kept.append(text.substring(at)).toString();
    }
}
