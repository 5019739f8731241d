package org.thurstone.worlds.language.task;

import java.nio.file.Path;
import java.util.List;
import org.thurstone.data.Demonstration;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.train.TrainingSettings;
import org.thurstone.train.loss.Loss;

/** Gives tasks the model that they start from: from disk, or trained first. */
public interface StartingModels {

    /** A model from its directory, which the caller closes. */
    LanguageModel load(Path checkpoint);

    /**
     * Trains a model on demonstrations.
     *
     * @param stage what its figures are logged as
     */
    void imitate(
            LanguageModel model,
            List<Demonstration> demonstrations,
            Loss loss,
            TrainingSettings settings,
            String stage);
}
