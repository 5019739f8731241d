package org.thurstone.worlds;

import java.util.List;
import org.thurstone.worlds.language.augment.RewardAugmented;
import org.thurstone.worlds.language.control.BestOf;
import org.thurstone.worlds.language.control.Rerun;
import org.thurstone.worlds.language.control.Temperature;
import org.thurstone.worlds.language.extrapolation.Nesterov;
import org.thurstone.worlds.language.task.arithmetic.ArithmeticTask;
import org.thurstone.worlds.language.task.stories.StoriesTask;

/** What recipes can name of this module. */
public final class WorldsMethods {

    private WorldsMethods() {}

    public static List<Class<? extends Record>> all() {
        return List.of(
                ArithmeticTask.class,
                StoriesTask.class,
                Rerun.class,
                BestOf.class,
                Temperature.class,
                Nesterov.class,
                RewardAugmented.class);
    }
}
