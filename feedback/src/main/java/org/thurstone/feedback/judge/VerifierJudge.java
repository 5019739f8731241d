package org.thurstone.feedback.judge;

import java.util.List;
import org.thurstone.data.Completion;
import org.thurstone.data.Prompt;
import org.thurstone.feedback.verifier.Verifier;

/** A verifier as a judge: 1 for a correct completion, 0 for any other. */
public record VerifierJudge(Verifier verifier) implements Judge {

    @Override
    public List<Double> score(Prompt prompt, List<Completion> completions) {
        return completions.stream()
                .map(completion -> verifier.verify(prompt, completion).correct() ? 1.0 : 0.0)
                .toList();
    }
}
