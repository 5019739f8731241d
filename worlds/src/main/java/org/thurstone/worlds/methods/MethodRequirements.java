package org.thurstone.worlds.methods;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.thurstone.recipe.Catalogue;
import org.thurstone.recipe.NamedPart;
import org.thurstone.recipe.Parameter;
import org.thurstone.recipe.Recipe;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.offset.Offset;
import org.thurstone.train.loss.regulariser.Regulariser;
import org.thurstone.train.loss.score.Score;
import org.thurstone.train.signal.Signal;

/**
 * The data and signals that a loss, or a part of one, requires, with default settings.
 *
 * @param data kinds of example, {@code pair}; empty for a part of a loss
 * @param needs signals in addition to the policy's log-probabilities, such as {@code reference}
 */
public record MethodRequirements(List<String> data, List<String> needs) {

    record OfLoss(Loss part) {}

    record OfScore(Score part) {}

    record OfOffset(Offset part) {}

    record OfRegulariser(Regulariser part) {}

    /** Nothing where the part is not about losses, or where its own parts decide. */
    static Optional<MethodRequirements> of(NamedPart part, Catalogue catalogue) {
        if (part.ofParts() || part.parameters().stream().anyMatch(Parameter::required)) {
            return Optional.empty();
        }
        if (Loss.class.isAssignableFrom(part.type())) {
            Loss loss = made(part, OfLoss.class, catalogue).part();
            Stream<String> drawn = loss.draws().stream()
                    .map(d -> "samples-of-" + d.from().name().toLowerCase(Locale.ROOT));
            return Optional.of(new MethodRequirements(
                    words(loss.accepts()),
                    Stream.concat(names(loss.signals()).stream(), drawn).toList()));
        } else if (Score.class.isAssignableFrom(part.type())) {
            return needs(made(part, OfScore.class, catalogue).part().signals());
        } else if (Offset.class.isAssignableFrom(part.type())) {
            return needs(made(part, OfOffset.class, catalogue).part().signals());
        } else if (Regulariser.class.isAssignableFrom(part.type())) {
            return needs(made(part, OfRegulariser.class, catalogue).part().signals());
        }
        return Optional.empty();
    }

    private static Optional<MethodRequirements> needs(Set<Signal> needs) {
        return Optional.of(new MethodRequirements(List.of(), names(needs)));
    }

    private static <T extends Record> T made(NamedPart part, Class<T> holder, Catalogue catalogue) {
        return Recipe.parse("part: " + part.name(), part.type().getName()).bind(holder, catalogue);
    }

    private static List<String> words(Collection<? extends Enum<?>> of) {
        return of.stream()
                .sorted()
                .map(e -> e.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }

    private static List<String> names(Collection<Signal> signals) {
        return signals.stream().sorted(Signal.ORDER).map(Signal::name).toList();
    }

    /** In a line: {@code pair + reference}. */
    String line() {
        String kinds = String.join(" or ", data);
        return String.join(
                " + ",
                Stream.concat(kinds.isEmpty() ? Stream.empty() : Stream.of(kinds), needs.stream())
                        .toList());
    }
}
