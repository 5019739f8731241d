package org.thurstone.worlds.language;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.thurstone.loop.metrics.MetricsRow;
import org.thurstone.train.loss.ImplicitReward;

/** The metrics of one iteration's training, as far as {@link Warnings} look at them. */
record TrainingStage(List<MetricsRow> rows) {

    /** Rows that were not used, and how many there were; logged before the first step where there are such. */
    static final String DROPPED = "dropped";

    static final String EXAMPLES = "examples";

    /** The training of the recipe itself, not of a baseline; empty if nothing was trained. */
    static Optional<TrainingStage> of(List<MetricsRow> metrics, int iteration) {
        String directory = "iteration-" + iteration + "/";
        List<MetricsRow> rows =
                metrics.stream().filter(r -> r.stage().startsWith(directory)).toList();
        return rows.isEmpty() ? Optional.empty() : Optional.of(new TrainingStage(rows));
    }

    List<Warning> warnings(Warnings limits, String when, Optional<ImplicitReward> reward) {
        return Stream.of(reward.flatMap(r -> likelihood(limits, when, r)), dropped(limits))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Batches differ, so what is compared is one batch with itself: log π − log π_ref of its chosen completions, over the last quarter. */
    private Optional<Warning> likelihood(Warnings limits, String when, ImplicitReward reward) {
        OptionalDouble after = lastQuarter("logps/chosen");
        OptionalDouble gain = lastQuarter("rewards/chosen");
        return after.isEmpty() || gain.isEmpty() || reward.form() != ImplicitReward.Form.LOG_RATIO
                ? Optional.empty()
                : limits.likelihood(
                        when, after.getAsDouble() - gain.getAsDouble() / reward.beta(), after.getAsDouble());
    }

    private OptionalDouble lastQuarter(String name) {
        long last = rows.stream().mapToLong(MetricsRow::step).max().orElse(0);
        return rows.stream()
                .filter(r -> 4 * r.step() > 3 * last)
                .flatMap(r -> Stream.ofNullable(r.values().get(name)))
                .mapToDouble(Double::doubleValue)
                .average();
    }

    private Optional<Warning> dropped(Warnings limits) {
        return rows.stream()
                .filter(r -> r.values().containsKey(DROPPED))
                .findFirst()
                .flatMap(r -> limits.dropped(
                        r.values().getOrDefault(DROPPED, 0.0).longValue(),
                        r.values().getOrDefault(EXAMPLES, 0.0).longValue(),
                        "they do not fit the model's context or its tokens (see the console)"));
    }
}
