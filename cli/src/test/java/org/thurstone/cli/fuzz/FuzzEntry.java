package org.thurstone.cli.fuzz;

/** What Jazzer calls, by name. */
public final class FuzzEntry {

    private static final Target TARGET = Target.valueOf(System.getProperty("fuzz.target"));

    private FuzzEntry() {}

    /** Loads what the first input would otherwise wait for: classes, the catalogue, native libraries. */
    public static void fuzzerInitialize() {
        TARGET.seeds().forEach(TARGET::check);
    }

    /** Reads one input. */
    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.check(input);
    }
}
