package org.thurstone.lab;

import java.util.List;

/** The first, third, fifth … replication in small. */
class SmokeEvenTest extends SmokeChecks {

    static List<String> names() {
        return names(0);
    }
}
