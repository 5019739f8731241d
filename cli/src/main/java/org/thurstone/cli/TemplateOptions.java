package org.thurstone.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.thurstone.model.text.TemplateChoice;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Recipe;
import picocli.CommandLine.Option;

/** Options for the chat template of a model. */
final class TemplateOptions {

    /** The keys of recipes; bound to find the types of the arguments. */
    private record Choice(
            Optional<Path> chatTemplate, @Default("{}") Map<String, Object> chatTemplateArguments) {}

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
        return new TemplateChoice(
                file, on(Recipe.parse("", "--chat-template")).bind(Choice.class).chatTemplateArguments());
    }

    /** The recipe with what the options say. */
    Recipe on(Recipe recipe) {
        Recipe with = file.isPresent() ? recipe.with("chat-template", file.get().toString()) : recipe;
        for (Map.Entry<String, String> argument : arguments.entrySet()) {
            with = with.with("chat-template-arguments." + argument.getKey() + "=" + argument.getValue());
        }
        return with;
    }
}
