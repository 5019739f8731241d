package org.thurstone.rank.board;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.thurstone.rank.RankingModel;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.NamedPart;
import org.thurstone.recipe.Parameter;
import org.thurstone.recipe.Recipe;

/**
 * Finds ranking models by name and sets their parameters. A setting {@code KEY=VALUE} applies to every model with such a parameter,
 * {@code MODEL.KEY=VALUE} to one model.
 */
public record RankingModels(Catalogue catalogue) {

    private static final String KIND = "ranking";

    /** A recipe with one model. */
    record Holder(RankingModel model) {}

    /** The names of all ranking methods. */
    public List<String> names() {
        return catalogue.ofKind(KIND).stream().map(NamedPart::name).toList();
    }

    /**
     * The models of these names.
     *
     * @throws IllegalArgumentException if a name is unknown, or a setting fits none of the models
     */
    public List<BoardRequest.Named> of(List<String> names, List<String> settings) {
        Set<String> used = new TreeSet<>();
        List<BoardRequest.Named> models = new ArrayList<>();
        for (String name : names) {
            NamedPart part = catalogue.ofKind(KIND).stream()
                    .filter(p -> p.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "there is no ranking method \"" + name + "\"; there are: " + String.join(", ", names())));
            Recipe recipe = Recipe.parse("model: {name: " + name + "}", "--method " + name);
            for (String setting : settings) {
                Optional<String> own = forPart(setting, part);
                if (own.isPresent()) {
                    recipe = recipe.with("model." + own.get());
                    used.add(setting);
                }
            }
            models.add(new BoardRequest.Named(
                    name, recipe.bind(Holder.class, catalogue).model()));
        }
        for (String setting : settings) {
            if (!used.contains(setting)) {
                throw new IllegalArgumentException(unfit(setting, names));
            }
        }
        return models;
    }

    private static Optional<String> forPart(String setting, NamedPart part) {
        String own = setting.startsWith(part.name() + ".")
                ? setting.substring(part.name().length() + 1)
                : setting;
        int equals = own.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("\"" + setting + "\" is not KEY=VALUE, such as ridge=0.1");
        }
        String key = own.substring(0, equals).strip();
        String value = own.substring(equals + 1).strip();
        return part.parameters().stream()
                .filter(p -> p.name().equals(key))
                .filter(p -> takes(p, value) || !setting.equals(own))
                .findFirst()
                .map(p -> own);
    }

    /** Whether a parameter accepts a value: where several models have a choice of the same name, only those that list the word do. */
    private static boolean takes(Parameter parameter, String word) {
        String type = parameter.type();
        return !type.startsWith("one of ")
                || List.of(type.substring("one of ".length()).split(", ")).contains(word);
    }

    private String unfit(String setting, List<String> names) {
        String keys = catalogue.ofKind(KIND).stream()
                .filter(p -> names.contains(p.name()))
                .map(p -> p.name() + " has "
                        + (p.parameters().isEmpty()
                                ? "none"
                                : p.parameters().stream()
                                        .map(q -> q.name() + " (" + q.type() + ")")
                                        .collect(Collectors.joining(", "))))
                .collect(Collectors.joining("; "));
        return "the setting \"" + setting + "\" fits no parameter: " + keys;
    }
}
