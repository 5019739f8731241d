package org.thurstone.model.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.thurstone.data.AtomicFile;
import org.thurstone.data.InputFile;

/** The file from which Ollama makes a model of a GGUF file. */
final class Modelfile {

    private static final String NAME = "Modelfile";

    private Modelfile() {}

    /**
     * Writes one next to a model's file: {@code Modelfile}, or a name of its own where that is another model's.
     *
     * @param template the turns, if they are such as Ollama's syntax can say
     * @param chat whether the model has a chat template at all
     * @param stops spellings of the tokens that end an answer
     */
    static Path write(Path model, Optional<OllamaTemplate> template, boolean chat, List<String> stops) {
        StringBuilder text = new StringBuilder();
        String from = "FROM ./" + model.getFileName();
        text.append("# ollama create NAME -f ")
                .append(place(model, from).getFileName())
                .append('\n')
                .append(from)
                .append('\n');
        if (template.isPresent()) {
            text.append("TEMPLATE \"\"\"").append(template.get().go()).append("\"\"\"\n");
            template.get()
                    .preset()
                    .ifPresent(system ->
                            text.append("SYSTEM \"\"\"").append(system).append("\"\"\"\n"));
        } else if (chat) {
            text.append(
                    "# There is no TEMPLATE: the chat template of this model is not one turn after the other between"
                            + " fixed texts, so Ollama\n# will not apply it. llama.cpp does (--jinja).\n");
        } else {
            text.append("# There is no TEMPLATE: the model has no chat template.\n");
        }
        for (String stop : stops) {
            text.append("PARAMETER stop \"").append(stop.replace("\"", "\\\"")).append("\"\n");
        }
        Path file = place(model, from);
        AtomicFile.write(file, text.toString());
        return file;
    }

    private static Path place(Path model, String from) {
        Path usual = model.resolveSibling(NAME);
        try {
            return !Files.exists(usual)
                            || InputFile.text(usual).lines().toList().contains(from)
                    ? usual
                    : model.resolveSibling(model.getFileName() + "." + NAME);
        } catch (IOException e) {
            return model.resolveSibling(model.getFileName() + "." + NAME);
        }
    }
}
