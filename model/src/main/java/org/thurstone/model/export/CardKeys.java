package org.thurstone.model.export;

import java.util.List;
import org.thurstone.model.files.ModelCard;
import org.thurstone.tensor.gguf.GgufWriter;

/** What a model's card says, under the keys that the format has for it. */
final class CardKeys {

    private CardKeys() {}

    static void write(ModelCard card, GgufWriter writer) {
        card.licence().ifPresent(text -> writer.text("general.license", text));
        for (String key : List.of("license_name", "license_link")) {
            card.values(key).stream()
                    .findFirst()
                    .ifPresent(text -> writer.text("general." + key.replace('_', '.'), text));
        }
        List<String> bases = card.values("base_model");
        if (!bases.isEmpty()) {
            writer.count("general.base_model.count", bases.size());
            for (int k = 0; k < bases.size(); k++) {
                writer.text("general.base_model." + k + ".name", bases.get(k));
            }
        }
        for (String key : List.of("tags", "language")) {
            if (!card.values(key).isEmpty()) {
                writer.texts(key.equals("language") ? "general.languages" : "general.tags", card.values(key));
            }
        }
    }
}
