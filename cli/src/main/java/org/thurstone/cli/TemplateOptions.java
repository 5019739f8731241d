package org.thurstone.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.thurstone.model.text.TemplateChoice;
import org.thurstone.recipe.Recipe;
import picocli.CommandLine.Option;

/** Which chat template a model is used with. */
final class TemplateOptions {

    /** What is bound to find the types of the arguments. */
    private record Arguments(Map<String, Object> arguments) {}

    @Option(
            names = "--chat-template",
            paramLabel = "FILE",
            description = "Jinja file to use instead of the model's own chat template.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--chat-template-argument",
            paramLabel = "NAME=VALUE",
            description = "Argument for the chat template, such as enable_thinking=false; may be repeated.")
    private Map<String, String> arguments = new LinkedHashMap<>();

    /** The choice that the options make; the model's own template without any. */
    TemplateChoice choice() {
        if (arguments.isEmpty()) {
            return new TemplateChoice(file, Map.of());
        }
        Recipe recipe = Recipe.parse("", "--chat-template-argument");
        for (Map.Entry<String, String> argument : arguments.entrySet()) {
            recipe = recipe.with("arguments." + argument.getKey() + "=" + argument.getValue());
        }
        return new TemplateChoice(file, recipe.bind(Arguments.class).arguments());
    }
}
