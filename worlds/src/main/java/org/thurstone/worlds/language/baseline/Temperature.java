package org.thurstone.worlds.language.baseline;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/** The initial policy at a lower temperature: sharpening without training. */
@Method(name = "temperature", kind = "baseline", summary = "the initial policy at another temperature")
public record Temperature(@Default("0.5") double temperature) implements Baseline {
    public Temperature {
        if (!(temperature >= 0)) {
            throw new IllegalArgumentException("temperature must be at least 0");
        }
    }

    @Override
    public String title() {
        return "start at temperature " + temperature;
    }
}
