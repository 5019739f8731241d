package org.thurstone.rank.file;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds names that differ in upper case, blanks, hyphens or the form of their accents only, and are probably one item. */
final class LookAlikes {

    private static final int SHOWN = 5;

    private static final Set<String> MISSING = Set.of("nan", "na", "n/a", "null", "none", "<na>");

    private LookAlikes() {}

    /** A sentence if there are such names. */
    static List<String> of(List<String> names) {
        Map<String, List<String>> alike = new LinkedHashMap<>();
        names.forEach(name ->
                alike.computeIfAbsent(plain(name), key -> new ArrayList<>(1)).add(name));
        List<List<String>> found =
                alike.values().stream().filter(group -> group.size() > 1).toList();
        if (found.isEmpty()) {
            return List.of();
        }
        String listed = found.stream()
                .limit(SHOWN)
                .map(group -> group.stream().map(LookAlikes::shown).collect(Collectors.joining(" and ")))
                .collect(Collectors.joining("; "));
        return List.of("Names that look alike are ranked apart: " + listed
                + (found.size() > SHOWN ? "; and " + (found.size() - SHOWN) + " more" : ""));
    }

    /** A sentence for names that other programs write where a name is missing. */
    static List<String> missing(List<String> names) {
        return names.stream()
                .filter(name -> MISSING.contains(name.toLowerCase(Locale.ROOT)))
                .map(name -> "An item is called \"" + name
                        + "\", which some programs write where a name is missing; --where leaves its rows out")
                .toList();
    }

    private static String plain(String name) {
        boolean ascii = name.chars().allMatch(c -> c < 128);
        String composed = ascii ? name : Normalizer.normalize(name, Normalizer.Form.NFKC);
        StringBuilder plain = new StringBuilder(composed.length());
        composed.toLowerCase(Locale.ROOT).codePoints().forEach(c -> {
            boolean invisible = Character.isWhitespace(c)
                    || Character.isSpaceChar(c)
                    || Character.getType(c) == Character.FORMAT
                    || Character.getType(c) == Character.CONTROL
                    || Character.getType(c) == Character.DASH_PUNCTUATION
                    || c == '_';
            if (!invisible) {
                plain.appendCodePoint(c);
            }
        });
        // A name of nothing but such characters is like no other.
        return plain.isEmpty() ? name : plain.toString();
    }

    /** In quotes, with characters that cannot be seen as their code. */
    private static String shown(String name) {
        StringBuilder shown = new StringBuilder("\"");
        name.codePoints().forEach(c -> {
            int type = Character.getType(c);
            boolean hidden = (Character.isSpaceChar(c) && c != ' ')
                    || type == Character.FORMAT
                    || type == Character.CONTROL
                    || type == Character.NON_SPACING_MARK
                    || type == Character.COMBINING_SPACING_MARK;
            if (hidden) {
                shown.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.append('"').toString();
    }
}
