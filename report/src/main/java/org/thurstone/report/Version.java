package org.thurstone.report;

import java.util.Optional;

/** The version of Thurstone. */
public final class Version {

    private Version() {}

    /** The version in the jar; {@code (not packaged)} if classes are in a directory. */
    public static String current() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }
}
