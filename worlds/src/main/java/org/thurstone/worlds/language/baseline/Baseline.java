package org.thurstone.worlds.language.baseline;

/** A cheaper alternative that the run is compared with. */
public sealed interface Baseline permits BestOf, Rerun, Temperature {

    /** What the report calls it. */
    String title();
}
