package org.thurstone.tensor;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Threads for work that falls into independent parts, such as answers or forward passes. Each computes a part on its own, one thread an
 * operation: a small model's products are too short for two threads to share, but two of them side by side are not.
 */
public final class Workers {

    private static volatile int count = 1;

    private Workers() {}

    /** The number of parts that are computed at a time: 1, unless {@link Torch#tuneThreads} or {@link #count(int)} said otherwise. */
    public static int count() {
        return count;
    }

    /** @param workers at least 1 */
    public static void count(int workers) {
        if (workers < 1) {
            throw new IllegalArgumentException("there has to be at least one worker, not " + workers);
        }
        count = workers;
    }

    /**
     * Does the work of each part. Which worker takes which is left to chance, so it must not matter. Where one fails no further part is
     * begun, and what it threw is thrown here.
     *
     * @param work runs on several threads at a time; scopes, and whether gradients are recorded, are a thread's own
     */
    public static <A> void each(List<A> parts, Consumer<? super A> work) {
        int workers = Math.min(count, parts.size());
        if (workers < 2) {
            parts.forEach(work);
            return;
        }
        AtomicInteger next = new AtomicInteger();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Runnable worker = () -> {
            Torch.threads(1);
            try {
                for (int i = next.getAndIncrement(); i < parts.size(); i = next.getAndIncrement()) {
                    work.accept(parts.get(i));
                }
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
                next.set(parts.size());
            }
        };
        int threads = Torch.threads();
        List<Thread> others = IntStream.range(1, workers)
                .mapToObj(w -> Thread.ofPlatform().name("worker-" + w).start(worker))
                .toList();
        worker.run();
        others.forEach(Workers::join);
        Torch.threads(threads);
        switch (failure.get()) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> {}
        }
    }

    /** Waits to the end even where this thread is interrupted: what the others work on is closed after this. */
    private static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
