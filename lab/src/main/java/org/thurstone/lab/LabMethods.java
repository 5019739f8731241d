package org.thurstone.lab;

import java.util.List;
import org.thurstone.lab.replication.ExtragradientRate;
import org.thurstone.lab.replication.FlippedLabels;
import org.thurstone.lab.replication.NashByRegression;

/** What this module adds to the catalogue: its replications. A new one is added here. */
public final class LabMethods {

    private LabMethods() {}

    public static List<Class<? extends Record>> all() {
        return List.of(FlippedLabels.class, ExtragradientRate.class, NashByRegression.class);
    }
}
