package org.thurstone.report;

import java.util.Optional;

/** The version of Thurstone. */
public final class Version {

    private Version() {}

    /** As the jar says; {@code (not packaged)} where classes lie in a directory. */
    public static String current() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }
}
