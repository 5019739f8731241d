package org.thurstone.rank;

import java.util.List;
import org.thurstone.rank.choice.Borda;
import org.thurstone.rank.choice.Copeland;
import org.thurstone.rank.choice.Kemeny;
import org.thurstone.rank.choice.MaximalLottery;
import org.thurstone.rank.choice.Minimax;
import org.thurstone.rank.choice.RankCentrality;
import org.thurstone.rank.cycle.BladeChest;
import org.thurstone.rank.online.Elo;
import org.thurstone.rank.online.Glicko2;
import org.thurstone.rank.online.TrueSkill;
import org.thurstone.rank.orders.PlackettLuce;
import org.thurstone.rank.pairs.BradleyTerry;
import org.thurstone.rank.pairs.DecayedBradleyTerry;
import org.thurstone.rank.pairs.ThurstoneMosteller;
import org.thurstone.rank.robust.Curatron;

/** Every method of this module that recipes and the command line know by name. A new one is added here. */
public final class RankMethods {

    private RankMethods() {}

    /** Records that are annotated with {@link org.thurstone.recipe.Method}. */
    public static List<Class<? extends Record>> all() {
        return List.of(
                BradleyTerry.class,
                DecayedBradleyTerry.class,
                ThurstoneMosteller.class,
                PlackettLuce.class,
                Elo.class,
                Glicko2.class,
                TrueSkill.class,
                Borda.class,
                Copeland.class,
                Minimax.class,
                Kemeny.class,
                MaximalLottery.class,
                RankCentrality.class,
                BladeChest.class,
                Curatron.class);
    }
}
