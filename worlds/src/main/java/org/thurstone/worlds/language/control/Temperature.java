package org.thurstone.worlds.language.control;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/** The start policy sampled colder: sharpening that costs nothing. */
@Method(name = "temperature", kind = "control", summary = "the start, sampled at another temperature")
public record Temperature(@Default("0.5") double temperature) implements Control {
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
