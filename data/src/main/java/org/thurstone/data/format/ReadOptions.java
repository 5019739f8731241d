package org.thurstone.data.format;

import java.util.Optional;

/**
 * How a file is read.
 *
 * @param badShare the share of bad rows, in [0, 1], above which the file is refused
 * @param format the format of its rows; empty: found from the first of them
 */
public record ReadOptions(double badShare, Optional<RowFormat> format) {

    public static final ReadOptions DEFAULT = new ReadOptions(0.01, Optional.empty());

    public ReadOptions {
        if (!(badShare >= 0 && badShare <= 1)) {
            throw new IllegalArgumentException("the share of bad rows is " + badShare + ", not within 0…1");
        }
    }

    public ReadOptions withBadShare(double share) {
        return new ReadOptions(share, format);
    }

    public ReadOptions withFormat(RowFormat known) {
        return new ReadOptions(badShare, Optional.of(known));
    }
}
