package org.thurstone.elicit.respondent;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.thurstone.elicit.RespondentError;

/** A clock for respondents that wait; tests replace it, so that they need not wait. */
public interface Time {

    /** The time in nanoseconds since an arbitrary origin. */
    long nanos();

    void sleep(Duration duration);

    /** The time of day. */
    default Instant instant() {
        return Instant.now();
    }

    /** Takes a permit, if there is one within the limit. @return whether there was */
    boolean await(Semaphore permits, Duration limit);

    /** The machine's. */
    Time SYSTEM = new Time() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) {
            try {
                Thread.sleep(duration);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }

        @Override
        public boolean await(Semaphore permits, Duration limit) {
            try {
                return permits.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }

        private RespondentError interrupted(InterruptedException e) {
            Thread.currentThread().interrupt();
            return new RespondentError("interrupted while it waited for an answer", e);
        }
    };
}
