package org.thurstone.endpoint;

import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.thurstone.elicit.Cost;

/**
 * What is left of the caps on calls. A call reserves the most that it may cost before it is sent, so that calls at the same time do not exceed a cap
 * together.
 */
final class Budget {

    private final Cap cap;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition settled = lock.newCondition();
    private double amount;
    private long tokens;
    private long calls;
    private int open;

    /**
     * @param spent so far
     * @param attempts so far
     */
    Budget(Cap cap, Cost spent, long attempts) {
        this.cap = cap;
        this.amount = spent.amount();
        this.tokens = spent.inputTokens() + spent.outputTokens();
        this.calls = attempts;
    }

    /**
     * Reserves a call. Waits for calls that are in flight, if what they leave of their reservations may be enough.
     *
     * @return why there can be no further call; empty if it is reserved
     */
    Optional<String> reserve(Cost most) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                if (cap.calls().isPresent() && calls + 1 > cap.calls().getAsLong()) {
                    return Optional.of("the cap of " + cap.calls().getAsLong() + " calls is reached");
                }
                Optional<String> reached = reached(most);
                if (reached.isEmpty()) {
                    calls++;
                    amount += most.amount();
                    tokens += most.inputTokens() + most.outputTokens();
                    open++;
                    return Optional.empty();
                }
                if (open == 0) {
                    return reached;
                }
                settled.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private Optional<String> reached(Cost most) {
        if (cap.cost().isPresent() && amount + most.amount() > cap.cost().getAsDouble() + 1e-12) {
            return Optional.of("the cap of %s on cost is reached: %s is spent, and the next call may cost %s"
                    .formatted(cap.cost().getAsDouble(), rounded(amount), rounded(most.amount())));
        }
        long next = most.inputTokens() + most.outputTokens();
        if (cap.tokens().isPresent() && tokens + next > cap.tokens().getAsLong()) {
            return Optional.of("the cap of %d tokens is reached: %d are used, and the next call may take %d"
                    .formatted(cap.tokens().getAsLong(), tokens, next));
        }
        return Optional.empty();
    }

    private static double rounded(double amount) {
        return Math.round(amount * 1e6) / 1e6;
    }

    /** Replaces what was reserved for a call by what it cost. */
    void settle(Cost most, Cost actual) {
        lock.lock();
        try {
            amount += actual.amount() - most.amount();
            tokens += actual.inputTokens() + actual.outputTokens() - most.inputTokens() - most.outputTokens();
            open--;
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
