package org.thurstone.model.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurstone.model.TokenTree;
import org.thurstone.model.bench.RandomModel;
import org.thurstone.model.sample.SamplingQueue.Request;
import org.thurstone.model.sample.SamplingQueue.Ticket;
import org.thurstone.model.transformer.Transformer;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Workers;

@Timeout(60)
class SamplingQueueTest {

    private final int workers = Workers.count();

    @AfterEach
    void restoreWorkers() {
        Workers.count(workers);
    }

    private static SplittableGenerator seed(long seed) {
        return RandomGeneratorFactory.<SplittableGenerator>of("L64X128MixRandom")
                .create(seed);
    }

    /** Token i goes to any of 0 … 5 at random, with 0 the end. */
    private static ChainPolicy wandering(int context) {
        float[][] logits = new float[6][6];
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                logits[i][j] = (float) Math.sin(3 * i + 7 * j);
            }
        }
        return new ChainPolicy(logits, context);
    }

    private static final BitSet ZERO = BitSet.valueOf(new long[] {1});

    private static SamplingQueue queue(ChainPolicy policy, int slots, int bound) {
        return new SamplingQueue(policy, ZERO, Detokenizer.NONE, slots, bound);
    }

    /** Keeps what it hears, and lets a test wait for it. */
    private static class Heard implements AnswerListener {
        final Map<Integer, List<SampledToken>> tokens = new TreeMap<>();
        final Map<Integer, Generation> finished = new TreeMap<>();
        final Map<Integer, Throwable> failed = new TreeMap<>();

        @Override
        public synchronized void token(int answer, SampledToken token) {
            tokens.computeIfAbsent(answer, x -> new ArrayList<>()).add(token);
            notifyAll();
        }

        @Override
        public synchronized void finished(int answer, Generation generation) {
            finished.put(answer, generation);
            notifyAll();
        }

        @Override
        public synchronized void failed(int answer, Throwable reason) {
            failed.put(answer, reason);
            notifyAll();
        }

        synchronized Heard awaitEnd(int answers) {
            try {
                while (finished.size() + failed.size() < answers) {
                    wait();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return this;
        }

        List<String> shown() {
            return finished.values().stream()
                    .map(g -> Arrays.toString(g.tokens()) + Arrays.toString(g.logProbs()) + g.finish())
                    .toList();
        }
    }

    /** Holds up the sampling thread at its first token, until the test lets it go. */
    private static final class Blocking extends Heard {
        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public void token(int answer, SampledToken token) {
            super.token(answer, token);
            reached.countDown();
            waitFor(goOn);
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Request asking(int first, int n, Sampling sampling) {
        return new Request(new int[] {first}, n, sampling, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aRequestGetsTheAnswersOfTheSamplerWhateverIsSampledWithIt(int count) {
        Workers.count(count);
        List<Sampling> settings = List.of(
                Sampling.of(1, 9),
                Sampling.greedy(7),
                Sampling.of(0.7, 30).with(s -> s.topK = OptionalInt.of(3)),
                Sampling.of(1, 12).with(s -> s.stopTokens = List.of(4)));
        List<Heard> heard = new ArrayList<>();
        try (SamplingQueue queue = queue(wandering(40), 5, 1_000)) {
            for (int i = 0; i < 24; i++) {
                Heard each = new Heard();
                heard.add(each);
                queue.submit(asking(1 + i % 5, 1 + i % 7, settings.get(i % 4)), seed(i), each);
            }
            for (int i = 0; i < 24; i++) {
                heard.get(i).awaitEnd(1 + i % 7);
            }
            assertThat(queue.running()).isZero();
            assertThat(queue.waiting()).isZero();
        }
        for (int i = 0; i < 24; i++) {
            List<Generation> alone = new Sampler(wandering(40), settings.get(i % 4), ZERO, Detokenizer.NONE, 64)
                    .sample(List.of(new int[] {1 + i % 5}), 1 + i % 7, seed(i))
                    .getFirst()
                    .generations();
            Heard same = new Heard();
            for (int a = 0; a < alone.size(); a++) {
                same.finished(a, alone.get(a));
            }
            assertThat(heard.get(i).shown()).as("request " + i).isEqualTo(same.shown());
            for (int a = 0; a < alone.size(); a++) {
                assertThat(heard.get(i).tokens.get(a).stream().mapToInt(SampledToken::id))
                        .containsExactly(
                                Arrays.stream(alone.get(a).tokens()).boxed().toArray(Integer[]::new));
            }
        }
    }

    @Test
    void anAnswerDependsOnItsIndexAndNotOnHowManyAreAskedFor() {
        try (SamplingQueue queue = queue(wandering(40), 4, 100)) {
            Heard five = new Heard();
            Heard two = new Heard();
            queue.submit(asking(1, 5, Sampling.of(1, 20)), seed(3), five);
            queue.submit(asking(1, 2, Sampling.of(1, 20)), seed(3), two);
            five.awaitEnd(5);
            two.awaitEnd(2);
            assertThat(five.shown().subList(0, 2)).isEqualTo(two.shown());
            assertThat(five.shown().stream().distinct().count()).isGreaterThan(2);
        }
    }

    @Test
    void aCancelledRequestLeavesItsSlotBeforeTheNextTokenAndDisturbsNoOther() {
        Workers.count(1);
        float[][] forever = new float[6][6];
        ChainPolicy policy = new ChainPolicy(forever, 100_000);
        try (SamplingQueue queue = new SamplingQueue(policy, new BitSet(), Detokenizer.NONE, 2, 10)) {
            Blocking blocked = new Blocking();
            Ticket ticket = queue.submit(asking(1, 1, Sampling.of(1, 90_000)), seed(1), blocked)
                    .orElseThrow();
            waitFor(blocked.reached);
            Heard other = new Heard();
            Heard second = new Heard();
            queue.submit(asking(2, 1, Sampling.of(1, 50)), seed(2), other);
            Ticket waits = queue.submit(asking(2, 1, Sampling.of(1, 50)), seed(2), second)
                    .orElseThrow();
            waits.cancel();
            assertThat(queue.waiting()).isEqualTo(1);
            ticket.cancel();
            blocked.goOn.countDown();
            other.awaitEnd(1);
            assertThat(blocked.tokens.get(0)).hasSize(1);
            assertThat(blocked.finished).isEmpty();
            assertThat(blocked.failed).isEmpty();
            assertThat(second.tokens).isEmpty();
            assertThat(queue.running()).isZero();
            Heard alone = new Heard();
            queue.submit(asking(2, 1, Sampling.of(1, 50)), seed(2), alone);
            assertThat(other.shown()).isEqualTo(alone.awaitEnd(1).shown());
            ticket.cancel();
        }
    }

    @Test
    void aFaultOfOneRequestIsItsOwn() {
        float[][] logits = new float[6][6];
        Arrays.fill(logits[5], Float.NaN);
        List<Throwable> uncaught = new ArrayList<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
        try (SamplingQueue queue = new SamplingQueue(new ChainPolicy(logits, 50), ZERO, Detokenizer.NONE, 4, 50)) {
            Blocking first = new Blocking();
            queue.submit(asking(1, 1, Sampling.of(1, 1)), seed(1), first);
            waitFor(first.reached);
            Heard damaged = new Heard();
            Heard unknown = new Heard();
            Heard fine = new Heard();
            queue.submit(asking(5, 2, Sampling.greedy(3)), seed(1), damaged);
            queue.submit(asking(1, 1, Sampling.greedy(4)), seed(1), new AnswerListener() {
                @Override
                public void finished(int answer, Generation generation) {
                    throw new IllegalStateException("the client is gone");
                }

                @Override
                public void failed(int answer, Throwable reason) {}
            });
            queue.submit(asking(1, 1, Sampling.greedy(4)), seed(1), fine);
            first.goOn.countDown();
            fine.awaitEnd(1);
            damaged.awaitEnd(2);
            // The policy has no token 77: reading that prompt fails.
            queue.submit(asking(77, 1, Sampling.of(1, 1)), seed(1), unknown);
            unknown.awaitEnd(1);
            Heard after = new Heard();
            queue.submit(asking(1, 1, Sampling.greedy(4)), seed(1), after);
            assertThat(after.awaitEnd(1).shown()).isEqualTo(fine.shown());
            assertThat(damaged.failed).hasSize(2);
            assertThat(damaged.failed.get(1)).hasMessageContaining("no distribution");
            assertThat(unknown.failed.get(0)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(queue.running()).isZero();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        assertThat(uncaught).singleElement().satisfies(e -> assertThat(e).hasMessage("the client is gone"));
    }

    @Test
    void onlySoManyAnswersWaitAndWhatWaitsFailsWhenTheQueueIsClosed() {
        Workers.count(1);
        SamplingQueue queue = queue(wandering(40), 2, 3);
        Blocking running = new Blocking();
        Heard waiting = new Heard();
        queue.submit(asking(1, 2, Sampling.of(1, 30)), seed(1), running);
        waitFor(running.reached);
        assertThat(queue.running()).isEqualTo(2);
        assertThat(queue.submit(asking(1, 3, Sampling.of(1, 30)), seed(1), waiting))
                .isPresent();
        assertThat(queue.waiting()).isEqualTo(3);
        assertThat(queue.submit(asking(1, 1, Sampling.of(1, 30)), seed(1), new Heard()))
                .isEmpty();
        Thread closing = Thread.ofPlatform().start(queue::close);
        waiting.awaitEnd(3);
        running.goOn.countDown();
        running.awaitEnd(2);
        assertThat(waiting.failed.values()).allMatch(CancellationException.class::isInstance);
        assertThat(running.failed).isNotEmpty();
        try {
            closing.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertThat(queue.submit(asking(1, 1, Sampling.of(1, 30)), seed(1), new Heard()))
                .isEmpty();
        queue.close();
    }

    @Test
    void aRequestOfMoreAnswersThanSlotsIsTakenWhereNothingElseIsThere() {
        try (SamplingQueue queue = queue(wandering(40), 2, 0)) {
            Heard heard = new Heard();
            assertThat(queue.submit(asking(1, 9, Sampling.of(1, 10)), seed(1), heard))
                    .isPresent();
            assertThat(heard.awaitEnd(9).finished).hasSize(9);
        }
    }

    @Test
    void theMostLikelyTokensAreInOrderAndHoldTheDrawnOneWithItsOwnNumber() {
        try (SamplingQueue queue = queue(wandering(40), 4, 100)) {
            Heard heard = new Heard();
            Heard few = new Heard();
            Heard greedy = new Heard();
            queue.submit(new Request(new int[] {1}, 1, Sampling.of(0.5, 20), 99), seed(1), heard);
            queue.submit(new Request(new int[] {1}, 1, Sampling.of(0.5, 20), 2), seed(1), few);
            queue.submit(new Request(new int[] {1}, 1, Sampling.greedy(20), 1), seed(1), greedy);
            for (SampledToken token : heard.awaitEnd(1).tokens.get(0)) {
                assertThat(token.top()).hasSize(6).contains(new SampledToken.Candidate(token.id(), token.logProb()));
                assertThat(token.top().stream()
                                .mapToDouble(SampledToken.Candidate::logProb)
                                .map(Math::exp)
                                .sum())
                        .isCloseTo(1, within(1e-6));
                assertThat(token.top()).isSortedAccordingTo((a, b) -> Float.compare(b.logProb(), a.logProb()));
            }
            for (int i = 0; i < few.awaitEnd(1).tokens.get(0).size(); i++) {
                assertThat(few.tokens.get(0).get(i).top())
                        .isEqualTo(heard.tokens.get(0).get(i).top().subList(0, 2));
            }
            assertThat(greedy.awaitEnd(1).tokens.get(0))
                    .allMatch(t -> t.top().equals(List.of(new SampledToken.Candidate(t.id(), t.logProb()))));
        }
    }

    @Test
    void aPromptWithoutRoomAndSenselessCountsAreRefused() {
        try (SamplingQueue queue = queue(wandering(2), 2, 0)) {
            Request full = new Request(new int[] {1, 2}, 1, Sampling.of(1, 3), 0);
            assertThatThrownBy(() -> queue.submit(full, seed(1), new Heard()))
                    .hasMessageContaining("2 tokens", "context of 2");
        }
        assertThatThrownBy(() -> new Request(new int[0], 1, Sampling.of(1, 3), 0))
                .hasMessageContaining("without tokens");
        assertThatThrownBy(() -> asking(1, 0, Sampling.of(1, 3))).hasMessageContaining("one answer");
        assertThatThrownBy(() -> new Request(new int[1], 1, Sampling.of(1, 3), -1))
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> queue(wandering(2), 0, 0)).hasMessageContaining("slot");
    }

    @Test
    void answersOutgrowTheRoomThatThereWasAndSlotsAreHandedOn() {
        Workers.count(1);
        try (Transformer model = new RandomModel(50).make(seed(7), Device.CPU)) {
            int[] prompt = IntStream.range(0, 270).map(i -> 3 + i * i % 40).toArray();
            int[] other = {5, 6, 7};
            Heard grown = new Heard();
            Heard handedOn = new Heard();
            try (SamplingQueue queue = new SamplingQueue(model, new BitSet(), Detokenizer.NONE, 2, 10)) {
                // One answer passes the first 256 tokens while it runs; the prompts behind it take over its slot.
                queue.submit(new Request(Arrays.copyOf(prompt, 250), 1, Sampling.of(1, 10), 0), seed(1), grown);
                queue.submit(new Request(prompt, 1, Sampling.of(1, 4), 0), seed(2), new Heard());
                queue.submit(new Request(other, 2, Sampling.of(1, 8), 0), seed(3), handedOn);
                handedOn.awaitEnd(2);
                grown.awaitEnd(1);
            }
            check(model, Arrays.copyOf(prompt, 250), grown);
            check(model, other, handedOn);
        }
    }

    /** The log-probabilities are those of one pass over prompt and answers. */
    private static void check(Transformer model, int[] prompt, Heard heard) {
        double[] whole = model.forward(
                        List.of(TokenTree.of(
                                prompt,
                                heard.finished.values().stream()
                                        .map(Generation::tokens)
                                        .toArray(int[][]::new))),
                        false)
                .logProbs()
                .toDoubles();
        double[] sampled = heard.finished.values().stream()
                .flatMapToDouble(g -> IntStream.range(0, g.logProbs().length).mapToDouble(i -> g.logProbs()[i]))
                .toArray();
        assertThat(sampled).hasSize(whole.length).containsExactly(whole, within(1e-4));
    }
}
