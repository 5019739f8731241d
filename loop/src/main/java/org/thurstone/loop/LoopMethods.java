package org.thurstone.loop;

import java.util.List;
import org.thurstone.loop.augment.RewardAugmented;
import org.thurstone.loop.component.Component;
import org.thurstone.loop.control.BestOf;
import org.thurstone.loop.control.Rerun;
import org.thurstone.loop.control.Temperature;
import org.thurstone.loop.extrapolation.Nesterov;
import org.thurstone.loop.task.arithmetic.ArithmeticTask;
import org.thurstone.loop.task.stories.StoriesTask;

/** What recipes can name of this module. */
public final class LoopMethods {

    private LoopMethods() {}

    public static List<Class<? extends Record>> all() {
        return List.of(
                ArithmeticTask.class,
                StoriesTask.class,
                Rerun.class,
                BestOf.class,
                Temperature.class,
                Nesterov.class,
                RewardAugmented.class,
                Component.Words.class,
                Component.Judged.class);
    }
}
