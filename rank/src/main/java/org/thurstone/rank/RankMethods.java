package org.thurstone.rank;

import java.util.List;
import org.thurstone.rank.orders.PlackettLuce;
import org.thurstone.rank.pairs.BradleyTerry;
import org.thurstone.rank.pairs.DecayedBradleyTerry;
import org.thurstone.rank.pairs.ThurstoneMosteller;

/** Every method of this module that recipes and the command line know by name. A new one is added here. */
public final class RankMethods {

    private RankMethods() {}

    /** Records that are annotated with {@link org.thurstone.recipe.Method}. */
    public static List<Class<? extends Record>> all() {
        return List.of(BradleyTerry.class, DecayedBradleyTerry.class, ThurstoneMosteller.class, PlackettLuce.class);
    }
}
