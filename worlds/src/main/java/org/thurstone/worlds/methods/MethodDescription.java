package org.thurstone.worlds.methods;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.NamedPart;
import org.thurstone.recipe.Parameter;
import org.thurstone.train.loss.Loss;

/**
 * The description of a method, from its record.
 *
 * @param papers arXiv ids
 * @param asks what a loss asks of the data; empty for methods other than losses, and if its parts decide
 * @param partsDecide whether it is a loss that is put together from parts
 * @param doc what its author wrote about it, paragraphs with an empty line between two; may be empty
 */
public record MethodDescription(
        String name,
        String kind,
        List<String> papers,
        String source,
        String summary,
        String formula,
        Optional<MethodRequirements> asks,
        boolean partsDecide,
        List<Setting> parameters,
        String doc) {

    /**
     * A setting.
     *
     * @param fallback its default, as recipes write it
     * @param doc its description from the doc comment; may be empty
     */
    public record Setting(String name, String type, Optional<String> fallback, boolean required, String doc) {

        /** For a table. */
        public String byDefault() {
            return fallback.orElse(required ? "must be given" : "none");
        }
    }

    /** Describes a method of a catalogue. */
    public static MethodDescription of(NamedPart part, Catalogue catalogue) {
        return new MethodDescription(
                part.name(),
                part.kind(),
                part.papers(),
                part.source(),
                part.summary(),
                part.formula(),
                MethodRequirements.of(part, catalogue),
                Loss.class.isAssignableFrom(part.type()) && part.ofParts(),
                part.parameters().stream().map(MethodDescription::setting).toList(),
                part.doc());
    }

    private static Setting setting(Parameter p) {
        return new Setting(p.name(), p.type(), p.fallback(), p.required(), p.doc());
    }

    /** {@code pair + reference}; empty for methods other than losses. */
    public String asksLine() {
        return asks.map(MethodRequirements::line).orElse(partsDecide ? "as its parts do" : "");
    }

    /** {@code beta 0.1, label-smoothing 0}. */
    public String defaultLine() {
        return parameters.stream()
                .map(p -> p.name() + " " + p.fallback().orElse(p.required() ? "…" : "none"))
                .collect(Collectors.joining(", "));
    }

    /** As a recipe would have it, with what must be given left open: {@code {name: mixture, of: …}}. */
    public String inRecipe() {
        return parameters.stream()
                .filter(Setting::required)
                .map(p -> ", " + p.name() + ": …")
                .collect(Collectors.joining("", "{name: " + name, "}"));
    }
}
