package org.thurstone.cli.fuzz;

/** What Jazzer calls, by name. */
public final class FuzzEntry {

    private static final Target TARGET = Target.valueOf(System.getProperty("fuzz.target"));

    private FuzzEntry() {}

    /** Reads one input. */
    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.check(input);
    }
}
