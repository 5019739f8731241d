package org.thurstone.loop.stage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.thurstone.data.Completion;
import org.thurstone.data.Completions;
import org.thurstone.data.Provenance;
import org.thurstone.data.Ranking;
import org.thurstone.elicit.Inquiry;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.Scores;
import org.thurstone.loop.Iteration;
import org.thurstone.loop.Output;
import org.thurstone.loop.Stage;

/**
 * Has the judge score the completions. Blank completions are left out, since nothing can be learned from them, and so are those without a score from
 * the judge. A prompt with fewer than two remaining completions gives no ranking.
 *
 * @param <P> a policy
 */
public record RateCompletions<P>(Inquiry inquiry, Respondent judge) implements Stage<P, List<Ranking>> {

    @Override
    public Output<List<Ranking>> output() {
        return Outputs.RATINGS;
    }

    @Override
    public boolean dependsOnStartOnly() {
        return true;
    }

    @Override
    public List<Ranking> run(Iteration<P> iteration, Supplier<Path> directory) {
        List<Completions> all = iteration.get(Outputs.COMPLETIONS);
        Map<Completions, List<OptionalDouble>> scores =
                Scores.of(inquiry, judge, iteration.directory() + output().name(), all);
        List<Ranking> rankings = new ArrayList<>();
        all.forEach(c -> ranking(c, Objects.requireNonNull(scores.get(c))).ifPresent(rankings::add));
        return rankings;
    }

    private Optional<Ranking> ranking(Completions all, List<OptionalDouble> scores) {
        List<Completion> usable = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < scores.size(); i++) {
            Completion completion = all.completions().get(i);
            if (scores.get(i).isPresent() && !completion.isBlank()) {
                usable.add(completion);
                values.add(scores.get(i).getAsDouble());
            }
        }
        if (usable.size() < 2) {
            return Optional.empty();
        }
        List<Integer> places = values.stream()
                .map(value -> (int) values.stream()
                        .filter(other -> other > value)
                        .distinct()
                        .count())
                .toList();
        return Optional.of(new Ranking(
                all.prompt(),
                usable,
                places,
                Optional.of(values),
                Provenance.by(judge.identity().name())));
    }
}
