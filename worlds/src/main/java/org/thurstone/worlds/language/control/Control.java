package org.thurstone.worlds.language.control;

/** Something cheaper that might do as well. */
public sealed interface Control permits BestOf, Rerun, Temperature {

    /** What the report calls it. */
    String title();
}
