package org.thurstone.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkersTest {

    private final int before = Workers.count();

    @AfterEach
    void asBefore() {
        Workers.count(before);
    }

    @Test
    void everyPartIsDoneOnceSideBySideWithOneThreadAnOperation() {
        Workers.count(3);
        Torch.threads(2);
        int parts = 50;
        AtomicIntegerArray times = new AtomicIntegerArray(parts);
        CountDownLatch together = new CountDownLatch(3);
        Workers.each(IntStream.range(0, parts).boxed().toList(), i -> {
            times.incrementAndGet(i);
            assertThat(Torch.threads()).isEqualTo(1);
            together.countDown();
            try {
                together.await(); // never returns where fewer than three work at a time
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        for (int i = 0; i < parts; i++) {
            assertThat(times.get(i)).isEqualTo(1);
        }
        assertThat(Torch.threads()).isEqualTo(2);
    }

    @Test
    void aFailureEndsTheWorkAndIsThrown() {
        Workers.count(2);
        AtomicInteger begun = new AtomicInteger();
        assertThatThrownBy(() -> Workers.each(IntStream.range(0, 10_000).boxed().toList(), i -> {
                    begun.incrementAndGet();
                    if (i == 3) {
                        throw new IllegalArgumentException("part " + i);
                    }
                    Thread.yield();
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("part 3");
        assertThat(begun.get()).isLessThan(10_000);
        assertThatThrownBy(() -> Workers.count(0)).hasMessageContaining("at least one");
    }

    @Test
    void singleWorkerOrPartRunsOnTheCallingThread() {
        Workers.count(4);
        Thread caller = Thread.currentThread();
        Workers.each(List.of(1), i -> assertThat(Thread.currentThread()).isSameAs(caller));
        Workers.each(List.of(), i -> assertThat(i).isNull());
        Workers.count(1);
        Workers.each(List.of(1, 2, 3), i -> assertThat(Thread.currentThread()).isSameAs(caller));
    }
}
