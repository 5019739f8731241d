package org.thurstone.worlds.language;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.thurstone.train.TrainingInputs;
import org.thurstone.train.example.ExampleKind;
import org.thurstone.train.loss.Draws;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.signal.PromptSignal;
import org.thurstone.train.signal.Signal;

/** Which losses an iterative run has data for: it makes comparisons, and demonstrations and rated completions of them. */
final class LoopLosses {

    private static final Set<ExampleKind> MADE =
            EnumSet.of(ExampleKind.PAIR, ExampleKind.DEMONSTRATION, ExampleKind.SINGLE);

    private LoopLosses() {}

    /** @throws IllegalArgumentException if a run cannot feed the loss; says what to use instead */
    static void check(Loss loss) {
        if (loss.accepts().stream().noneMatch(MADE::contains)) {
            throw new IllegalArgumentException("loss '" + loss.name()
                    + "' takes ranked or scored lists, and `run` makes comparisons: use `train` on such data, or a loss"
                    + " for pairs, such as dpo");
        }
        missing(loss).ifPresent(what -> {
            throw new IllegalArgumentException("loss '" + loss.name() + "' needs " + what
                    + ", which `run` does not provide: use `train`, or another loss, such as dpo");
        });
    }

    private static Optional<String> missing(Loss loss) {
        Optional<String> facts = Signal.only(PromptSignal.class, loss.signals()).stream()
                .findFirst()
                .map(Signal::words);
        Optional<String> rationales = TrainingInputs.dataSamples(loss)
                .filter(draws -> draws.from() == Draws.From.RATIONALE)
                .map(draws -> draws.from().words());
        return facts.or(() -> rationales)
                .or(() ->
                        TrainingInputs.referenceNeeded(loss) ? Optional.of("a live reference model") : Optional.empty())
                .or(() -> TrainingInputs.ownSamples(loss)
                        .or(() -> TrainingInputs.referenceSamples(loss))
                        .map(draws -> draws.from().completions()));
    }
}
