package org.thurstone.lab;

import java.util.List;

/** The second, fourth, sixth … replication in small. */
class SmokeOddTest extends SmokeChecks {

    static List<String> names() {
        return names(1);
    }
}
