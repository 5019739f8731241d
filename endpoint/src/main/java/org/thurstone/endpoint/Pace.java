package org.thurstone.endpoint;

import java.time.Duration;
import org.thurstone.elicit.respondent.Time;

/** Holds back calls until a server takes some again. */
final class Pace {

    private final Time time;
    private long free;

    Pace(Time time) {
        this.time = time;
        this.free = time.nanos();
    }

    /** No call begins before so much time has passed. */
    synchronized void holdFor(Duration wait) {
        long until = time.nanos() + wait.toNanos();
        if (until - free > 0) {
            free = until;
        }
    }

    /** Waits until calls may begin. */
    void await() {
        long left = left();
        while (left > 0) {
            time.sleep(Duration.ofNanos(left));
            left = left();
        }
    }

    private synchronized long left() {
        return free - time.nanos();
    }
}
