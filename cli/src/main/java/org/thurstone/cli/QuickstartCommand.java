package org.thurstone.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.thurstone.recipe.Recipe;
import org.thurstone.worlds.language.LoopRecipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code thurstone quickstart}: runs the recipe {@code quickstart.yaml}, which is bundled and needs no data and no model. */
@Command(
        name = "quickstart",
        description = {
            "Improve a small model from preferences, in three iterations.",
            "A small transformer is trained on step-by-step additions in which two thirds of the carries are wrong. It"
                    + " is then improved in three iterations by preferences between its own completions.",
            "Needs no data and no model; takes less than three minutes on two cores."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone quickstart",
            "  thurstone quickstart --seed 2 --output runs/quickstart-2",
            "  thurstone quickstart --set baselines=[] --format json"
        })
final class QuickstartCommand implements Callable<Integer> {

    @Mixin
    private final LoopOptions options = new LoopOptions();

    @Override
    public Integer call() {
        try (InputStream in =
                Objects.requireNonNull(LoopRecipe.class.getResourceAsStream("quickstart.yaml"), "quickstart.yaml")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return options.run(Recipe.parse(text, "quickstart.yaml"), Path.of("runs", "quickstart"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
