package org.thurstone.recipe;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The spelling of names, and the valid name that is closest to a misspelt one. */
public final class Names {

    private static final int LISTED = 16;

    /** Between two words: as wide as nothing, so that a name of any length is gone through once. */
    private static final Pattern WORDS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    private Names() {}

    /** {@code labelSmoothing}, {@code LabelSmoothing} and {@code LABEL_SMOOTHING} are all {@code label-smoothing}. */
    static String kebab(String name) {
        if (name.equals(name.toUpperCase(Locale.ROOT))) {
            return name.toLowerCase(Locale.ROOT).replace('_', '-');
        }
        return WORDS.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT);
    }

    /** The part of a message that helps on: {@code (did you mean "loss"?)}, or what there is where nothing is near. */
    public static String hint(String word, Collection<String> valid) {
        List<String> nearest = nearest(word, valid);
        if (!nearest.isEmpty()) {
            return " (did you mean " + nearest.stream().map(n -> '"' + n + '"').collect(Collectors.joining(" or "))
                    + "?)";
        }
        if (valid.isEmpty()) {
            return " (nothing is expected here)";
        }
        Stream<String> listed = valid.stream().sorted().limit(LISTED);
        String more = valid.size() > LISTED ? " and " + (valid.size() - LISTED) + " more" : "";
        return " (expected " + (valid.size() == 1 ? "" : "one of ") + listed.collect(Collectors.joining(", ")) + more
                + ")";
    }

    /** The valid words that are fewest edits away, three at most; none where even those share less than half of the letters. */
    static List<String> nearest(String word, Collection<String> valid) {
        String meant = kebab(word);
        // Words of very different lengths are at least as many edits apart, and need not be compared.
        List<String> candidates = valid.stream()
                .filter(v -> 2 * Math.abs(v.length() - meant.length()) <= Math.max(meant.length(), v.length()))
                .toList();
        int best = candidates.stream().mapToInt(v -> edits(meant, v)).min().orElse(Integer.MAX_VALUE);
        return candidates.stream()
                .filter(v -> edits(meant, v) == best && 2 * best <= Math.max(meant.length(), v.length()))
                .sorted()
                .limit(3)
                .toList();
    }

    /** Levenshtein's distance, where exchanging two neighbours, the commonest slip of all, counts as one edit. */
    static int edits(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
