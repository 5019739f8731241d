package org.thurstone.model.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thurstone.model.files.ModelTexts;
import org.thurstone.tensor.gguf.GgufWriter;

/** What a README.md says of a model in the lines between its first two rules: licence, and where it comes from. */
record ModelCard(List<String> lines) {

    private static final Pattern ENTRY = Pattern.compile("([a-z_]+):\\s*(.*)");

    static ModelCard of(ModelTexts texts) {
        List<String> lines = texts.text("README.md").orElse("").lines().toList();
        int end = lines.size() > 1 && lines.getFirst().strip().equals("---")
                ? lines.subList(1, lines.size()).indexOf("---")
                : -1;
        return new ModelCard(end < 0 ? List.of() : lines.subList(1, end + 1));
    }

    /** The values of a key: one after it, or a list below it. */
    private List<String> values(String key) {
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

    Optional<String> licence() {
        return values("license").stream().findFirst();
    }

    /** Writes what there is under the keys that the format has for it. */
    void write(GgufWriter writer) {
        licence().ifPresent(text -> writer.text("general.license", text));
        for (String key : List.of("license_name", "license_link")) {
            values(key).stream().findFirst().ifPresent(text -> writer.text("general." + key.replace('_', '.'), text));
        }
        List<String> bases = values("base_model");
        if (!bases.isEmpty()) {
            writer.count("general.base_model.count", bases.size());
            for (int k = 0; k < bases.size(); k++) {
                writer.text("general.base_model." + k + ".name", bases.get(k));
            }
        }
        for (String key : List.of("tags", "language")) {
            if (!values(key).isEmpty()) {
                writer.texts(key.equals("language") ? "general.languages" : "general.tags", values(key));
            }
        }
    }
}
