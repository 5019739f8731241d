package org.thurstone.endpoint;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.thurstone.data.UserError;
import org.thurstone.elicit.Cost;
import org.thurstone.recipe.Recipe;

/**
 * Prices, from a file of the user. None is built in.
 *
 * @param models prices by the name of the model
 */
public record Prices(Map<String, Price> models) {

    /**
     * The prices of a model, per million tokens, each at least 0.
     *
     * @param input for tokens of the prompt
     * @param cachedRead for tokens that are read from a cache (default: as {@code input})
     * @param cachedWrite for tokens that are written to a cache (default: as {@code input})
     * @param output for tokens that the model writes, reasoning included
     */
    public record Price(double input, OptionalDouble cachedRead, OptionalDouble cachedWrite, double output) {

        /** For models without a price: tokens are counted, and cost nothing. */
        static final Price NONE = new Price(0, OptionalDouble.empty(), OptionalDouble.empty(), 0);

        public Price {
            for (double price : new double[] {input, cachedRead.orElse(0), cachedWrite.orElse(0), output}) {
                if (!(price >= 0) || Double.isInfinite(price)) {
                    throw new IllegalArgumentException("a price must be a finite number of at least 0");
                }
            }
        }

        /** The cost of a call. */
        public Cost of(Usage usage) {
            double millions = usage.input() * input
                    + usage.cachedRead() * cachedRead.orElse(input)
                    + usage.cachedWrite() * cachedWrite.orElse(input)
                    + usage.output() * output;
            return new Cost(millions / 1e6, usage.prompt(), usage.output());
        }

        /** The most that a call can cost with so many tokens. */
        Cost atMost(long prompt, long written) {
            double dearest = Math.max(input, Math.max(cachedRead.orElse(0), cachedWrite.orElse(0)));
            return new Cost((prompt * dearest + written * output) / 1e6, prompt, written);
        }
    }

    public Prices {
        models = Map.copyOf(models);
    }

    /**
     * The price of a model in a file such as {@code models: {NAME: {input: 0.15, output: 0.6}}}.
     *
     * @throws org.thurstone.recipe.RecipeError if the file is not one of prices
     * @throws UserError if it has no price of the model
     */
    static Price read(Path file, String model) {
        Prices prices = Recipe.parse(file).bind(Prices.class);
        return Optional.ofNullable(prices.models.get(model))
                .orElseThrow(() -> new UserError(file + " has no price of " + model + "; it has those of "
                        + String.join(", ", new TreeMap<>(prices.models).keySet())));
    }
}
