package org.thurstone.worlds.language.baseline;

/** Something cheaper that might do as well. */
public sealed interface Baseline permits BestOf, Rerun, Temperature {

    /** What the report calls it. */
    String title();
}
