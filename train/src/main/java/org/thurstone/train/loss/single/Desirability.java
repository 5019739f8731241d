package org.thurstone.train.loss.single;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.example.TrainingSingle;
import org.thurstone.train.signal.EmbeddedPrompts;

/** The probability that completions of a prompt are desirable, by a classifier of prompt embeddings, for {@link Bco}. */
final class Desirability {

    /** Prompts of each kind that the classifier is fitted to; more do not make it better. */
    private static final int FITTED = 1024;

    private Desirability() {}

    /** As many of each kind, so that a prompt that says nothing has ½. */
    static Map<String, double[]> of(EmbeddedPrompts prompts) {
        List<float[]> desirable = new ArrayList<>();
        List<float[]> undesirable = new ArrayList<>();
        for (TrainingExample e : prompts.training()) {
            float[] vector = prompts.vectors().getOrDefault(e.id(), new float[0]);
            boolean good = e instanceof TrainingSingle single && single.value() >= 0.5;
            (good ? desirable : undesirable).add(vector);
        }
        Collections.shuffle(desirable, prompts.random());
        Collections.shuffle(undesirable, prompts.random());
        int each = Math.min(FITTED, Math.min(desirable.size(), undesirable.size()));
        ToDoubleFunction<float[]> probability =
                prompts.classifier(desirable.subList(0, each), undesirable.subList(0, each));
        Map<String, double[]> shares = new HashMap<>();
        prompts.vectors().forEach((id, vector) -> shares.put(id, new double[] {probability.applyAsDouble(vector)}));
        return shares;
    }
}
