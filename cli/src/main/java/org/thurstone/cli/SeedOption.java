package org.thurstone.cli;

import picocli.CommandLine.Option;

/** The option {@code --seed} for commands that draw to mix in. */
final class SeedOption {

    /** The same words in the help of every command. */
    static final String DESCRIPTION = "Random seed (default: 1).";

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = DESCRIPTION)
    private long seed = 1;

    long seed() {
        return seed;
    }
}
