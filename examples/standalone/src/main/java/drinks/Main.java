package drinks;

import java.nio.file.Path;
import java.util.List;
import org.thurstone.loop.Progress;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.Standing;
import org.thurstone.rank.board.Ranking;
import org.thurstone.recipe.Recipe;
import org.thurstone.worlds.language.RecipeRun;

/** Ranks votes, then improves a small model by a loss of this project. */
public final class Main {

    private Main() {}

    /** Argument: a directory for the run. */
    public static void main(String[] args) {
        rank();
        improve(Path.of(args[0]));
    }

    private static void rank() {
        List<Battle> votes = List.of(
                Battle.of("espresso", "filter", Outcome.LEFT),
                Battle.of("filter", "espresso", Outcome.TIE),
                Battle.of("filter", "instant", Outcome.LEFT),
                Battle.of("instant", "espresso", Outcome.RIGHT),
                Battle.of("instant", "filter", Outcome.LEFT));
        for (Standing s : Ranking.by("bradley-terry", "ties=davidson").of(votes).standings()) {
            System.out.printf("%d. %-9s %5.2f (%.2f to %.2f)%n", s.rank(), s.item(), s.rating(), s.low(), s.high());
        }
    }

    private static void improve(Path directory) {
        Recipe recipe = Recipe.parse("""
                task:
                  arithmetic: {demonstrations: 2000, width: 48, fewest-operands: 2, most-operands: 2, largest: 5, limit: 10}
                iterations: 1
                prompts: 24
                samples: 4
                sampling: {max-tokens: 12}
                labels: {total: 24}
                loss: {scaled-hinge: {margin: 2}}
                training: {batch-size: 8, learning-rate: 1e-3}
                evaluation: {prompts: 40}
                """, "Main");
        RecipeRun.Finished finished = RecipeRun.of(recipe).in(directory, Progress.lines(System.err::println));
        System.out.print(finished.report().terminal(false));
        System.out.println("report: " + finished.page());
    }
}
