package org.thurstone.lab;

import java.util.List;
import org.thurstone.lab.replication.Desiderata;
import org.thurstone.lab.replication.DeterministicPreferences;
import org.thurstone.lab.replication.ExtragradientRate;
import org.thurstone.lab.replication.FlippedLabels;
import org.thurstone.lab.replication.HardExploration;
import org.thurstone.lab.replication.NashByRegression;
import org.thurstone.lab.replication.NashMixture;
import org.thurstone.lab.replication.OneSided;
import org.thurstone.lab.replication.OptimisticRate;
import org.thurstone.lab.replication.ThumbRegression;
import org.thurstone.lab.replication.VoteRegression;

/** What this module adds to the catalogue: its replications. A new one is added here. */
public final class LabMethods {

    private LabMethods() {}

    public static List<Class<? extends Record>> all() {
        return List.of(
                Desiderata.class,
                DeterministicPreferences.class,
                ExtragradientRate.class,
                FlippedLabels.class,
                HardExploration.class,
                NashByRegression.class,
                NashMixture.class,
                OneSided.class,
                OptimisticRate.class,
                ThumbRegression.class,
                VoteRegression.class);
    }
}
