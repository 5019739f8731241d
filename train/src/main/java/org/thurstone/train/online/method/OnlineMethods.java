package org.thurstone.train.online.method;

import java.util.List;
import org.thurstone.train.online.Source;

/** Every online method, and every source of answers, that recipes know by name; a new one is added here. */
public final class OnlineMethods {

    private OnlineMethods() {}

    public static List<Class<? extends Record>> all() {
        return List.of(
                Bpo.class,
                Constrained.class,
                Cream.class,
                Dno.class,
                Egpo.class,
                Gpo.class,
                Grpo.class,
                Hypo.class,
                Inpo.class,
                IpoMd.class,
                NashMd.class,
                OnlineDpo.class,
                OnlineIpo.class,
                Onpo.class,
                Pairs.class,
                Pilaf.class,
                Ppo.class,
                Reinforce.class,
                Rloo.class,
                Spac.class,
                Spin.class,
                Spo.class,
                Sppo.class,
                Vpo.class,
                Xpo.class,
                Source.Own.class,
                Source.Reference.class,
                Source.Past.class,
                Source.Mixture.class,
                Source.Tilted.class);
    }
}
