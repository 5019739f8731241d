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

/** {@code thurstone quickstart}: a whole loop on a recipe that comes along, needing nothing else. */
@Command(
        name = "quickstart",
        description = {
            "Watch a model get better from preferences: a small transformer learns sums from somebody who forgets",
            "carries, then from right and wrong answers of its own, in three rounds. Under three minutes on two cores."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  thurstone quickstart",
            "  thurstone quickstart --set seed=2 --out runs/quickstart-2",
            "  thurstone quickstart --set controls=[] --json"
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
