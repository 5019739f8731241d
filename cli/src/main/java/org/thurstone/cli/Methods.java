package org.thurstone.cli;

import org.thurstone.feedback.FeedbackMethods;
import org.thurstone.lab.LabMethods;
import org.thurstone.model.ModelMethods;
import org.thurstone.rank.RankMethods;
import org.thurstone.recipe.Catalogue;
import org.thurstone.train.TrainMethods;
import org.thurstone.train.online.method.OnlineMethods;
import org.thurstone.worlds.WorldsMethods;

/**
 * All that recipes can name: the lists of every module, put together in this one place, and what jars on the class path add. A new module
 * adds its list here; a new method adds itself to its module's list.
 */
public final class Methods {

    private Methods() {}

    /** Reading it loads no native code: records are described, not made. */
    public static Catalogue catalogue() {
        return house().plusInstalled();
    }

    /** Without what other jars add. */
    static Catalogue house() {
        return Catalogue.of(TrainMethods.all())
                .plus(OnlineMethods.all())
                .plus(ModelMethods.all())
                .plus(FeedbackMethods.all())
                .plus(WorldsMethods.all())
                .plus(RankMethods.all())
                .plus(LabMethods.all());
    }
}
