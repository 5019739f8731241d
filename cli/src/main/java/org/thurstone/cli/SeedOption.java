package org.thurstone.cli;

import picocli.CommandLine.Option;

/** The option {@code --seed} for commands that draw to mix in. */
final class SeedOption {

    /** The description of {@code --seed} in the help of all commands. */
    static final String DESCRIPTION = "Random seed (default: 1).";

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = DESCRIPTION)
    private long seed = 1;

    long seed() {
        return seed;
    }
}
