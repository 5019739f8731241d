package org.thurstone.model.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurstone.tensor.gguf.Metadata;

/** Licence and origin, as the README.md of a Hugging Face directory says them between its first two rules. */
final class GgufCard {

    private static final String ORIGIN = "general.base_model.";
    private static final int MOST = 16;

    private GgufCard() {}

    /** Empty for a file that says nothing of either. */
    static Optional<String> of(Metadata metadata) {
        List<String> lines = new ArrayList<>();
        metadata.text("general.license").ifPresent(text -> lines.add("license: " + quoted(text)));
        metadata.text("general.license.name").ifPresent(text -> lines.add("license_name: " + quoted(text)));
        metadata.text("general.license.link").ifPresent(text -> lines.add("license_link: " + quoted(text)));
        long bases = Math.min(MOST, metadata.count(ORIGIN + "count").orElse(0));
        List<String> names = new ArrayList<>();
        for (long k = 0; k < bases; k++) {
            metadata.text(ORIGIN + k + ".name").ifPresent(names::add);
        }
        list(lines, "base_model", names);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        if (metadata.isList("general.languages")) {
            list(lines, "language", metadata.texts("general.languages").orElseThrow());
        }
        String name = metadata.text("general.name").orElse("Model");
        String maker = metadata.text("general.organization")
                .map(who -> " It was made by " + who + ".")
                .orElse("");
        return Optional.of("---\n" + String.join("\n", lines) + "\n---\n\n# " + name.replace('\n', ' ')
                + "\n\nConverted from a GGUF file." + maker + "\n");
    }

    private static void list(List<String> lines, String key, List<String> values) {
        if (!values.isEmpty()) {
            lines.add(key + ":");
            values.forEach(value -> lines.add("- " + quoted(value)));
        }
    }

    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9][A-Za-z0-9._/-]*")
                ? text
                : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ") + "\"";
    }
}
