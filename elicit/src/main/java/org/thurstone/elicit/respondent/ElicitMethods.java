package org.thurstone.elicit.respondent;

import java.util.List;

/** Every respondent of this module that recipes know by name; a new one is added here. */
public final class ElicitMethods {

    private ElicitMethods() {}

    public static List<Class<? extends Record>> all() {
        return List.of(
                SimulatedHuman.class,
                JudgeScores.class,
                BradleyTerry.class,
                FromFile.class,
                Noisy.class,
                BothOrders.class,
                GoldQuestions.class,
                Majority.class,
                Committee.class,
                Routed.class,
                Cached.class,
                Retrying.class,
                RateLimited.class,
                Capped.class,
                Timeout.class);
    }
}
