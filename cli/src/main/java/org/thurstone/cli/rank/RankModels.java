package org.thurstone.cli.rank;

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
 * Models by name, set as the command line says. A setting, {@code KEY=VALUE}, goes to every model that has such a parameter, or with
 * {@code MODEL.KEY=VALUE} to one.
 */
public record RankModels(Catalogue catalogue) {

    private static final String KIND = "ranking";

    /** What a recipe for one model is. */
    record Asked(RankingModel model) {}

    /** The names of all ranking methods that there are. */
    public List<String> names() {
        return catalogue.ofKind(KIND).stream().map(NamedPart::name).toList();
    }

    /**
     * The models of these names.
     *
     * @throws IllegalArgumentException where a name is none, or a setting fits no model
     */
    public List<RankingModel> of(List<String> names, List<String> settings) {
        Set<String> used = new TreeSet<>();
        List<RankingModel> models = new ArrayList<>();
        for (String name : names) {
            NamedPart part = catalogue.ofKind(KIND).stream()
                    .filter(p -> p.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "there is no ranking method \"" + name + "\"; there are: " + String.join(", ", names())));
            Recipe recipe = Recipe.parse("model: {name: " + name + "}", "--model " + name);
            for (String setting : settings) {
                Optional<String> own = forPart(setting, part);
                if (own.isPresent()) {
                    recipe = recipe.with("model." + own.get());
                    used.add(setting);
                }
            }
            models.add(recipe.bind(Asked.class, catalogue).model());
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

    /** Of several models that have a choice of one name, those take a word that know it. */
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
