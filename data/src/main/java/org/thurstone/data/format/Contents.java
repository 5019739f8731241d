package org.thurstone.data.format;

import java.util.Map;
import java.util.stream.Collectors;
import org.thurstone.data.Content;
import org.thurstone.data.container.Json;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.NamedPart;
import org.thurstone.recipe.Problem;
import org.thurstone.recipe.Recipe;
import org.thurstone.recipe.RecipeError;
import tools.jackson.databind.node.ObjectNode;

/** Contents other than text, as rows hold them: an object of one key, the kind, {@code {"token-path": {"tokens": [5, 9, 2]}}}. */
final class Contents {

    /** The form in which a recipe binds a content: by name, like any method. */
    private record Holder(Content content) {}

    /** The kinds on the class path; read at the first content other than text. */
    private static final class Kinds {
        static final Catalogue CATALOGUE = Catalogue.installed();
    }

    private Contents() {}

    static ObjectNode of(Content content) {
        if (!(content instanceof Record kind)) {
            throw new IllegalArgumentException(content.getClass().getName() + " is not a record; a content is one");
        }
        return Json.MAPPER.valueToTree(Map.of(NamedPart.name(kind.getClass()), Recipe.values(kind)));
    }

    /** @param name of the field, for messages */
    static Content parse(ObjectNode node, String name) {
        try {
            Map<String, ?> values = Map.of("content", Json.MAPPER.convertValue(node, Map.class));
            return Recipe.of(values, name).bind(Holder.class, Kinds.CATALOGUE).content();
        } catch (RecipeError e) {
            throw new BadRow(name + e.problems().stream().map(Contents::message).collect(Collectors.joining("; ")));
        }
    }

    /** {@code 'left' at tokens.2: "x" is not a whole number}; without a path where it is about the content as a whole. */
    private static String message(Problem problem) {
        String path = problem.path().replaceFirst("^content\\.?", "");
        return (path.isEmpty() ? ": " : " at " + path + ": ") + problem.message();
    }
}
