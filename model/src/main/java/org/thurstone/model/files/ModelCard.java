package org.thurstone.model.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a README.md says of a model in the lines between its first two rules: licence, and where it comes from. */
public record ModelCard(List<String> lines) {

    private static final Pattern ENTRY = Pattern.compile("([a-z_]+):\\s*(.*)");

    /** The card of a model; of one that has none, one that says nothing. */
    public static ModelCard of(ModelTexts texts) {
        List<String> lines = texts.text("README.md").orElse("").lines().toList();
        int end = lines.size() > 1 && lines.getFirst().strip().equals("---")
                ? lines.subList(1, lines.size()).indexOf("---")
                : -1;
        return new ModelCard(end < 0 ? List.of() : lines.subList(1, end + 1));
    }

    /** The values of a key: one after it, or a list below it. */
    public List<String> values(String key) {
        List<String> values = new ArrayList<>();
        boolean below = false;
        for (String line : lines) {
            Matcher entry = ENTRY.matcher(line);
            if (entry.matches()) {
                below = entry.group(1).equals(key);
                if (below && !entry.group(2).isBlank()) {
                    values.add(bare(entry.group(2)));
                }
            } else if (below && line.strip().startsWith("- ")) {
                values.add(bare(line.strip().substring(2)));
            }
        }
        return values;
    }

    private static String bare(String value) {
        String text = value.strip();
        boolean quoted = text.length() > 1
                && (text.startsWith("\"") || text.startsWith("'"))
                && text.charAt(0) == text.charAt(text.length() - 1);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    /** The licence as the card names it. */
    public Optional<String> licence() {
        return values("license").stream().findFirst();
    }
}
