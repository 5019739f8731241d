package org.thurstone.model.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thurstone.model.TokenTree;
import org.thurstone.model.exact.TabularPolicy;
import org.thurstone.model.sample.Generation.Finish;
import org.thurstone.tensor.Workers;

class SamplerTest {

    private static final float NO = Float.NEGATIVE_INFINITY;

    private static SplittableGenerator seed(long seed) {
        return (SplittableGenerator)
                RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static BitSet ending(int... ids) {
        BitSet set = new BitSet();
        Arrays.stream(ids).forEach(set::set);
        return set;
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

    /** Token i is followed by i + 1, for sure. */
    private static ChainPolicy counting(int vocabulary, int context) {
        float[][] logits = new float[vocabulary][vocabulary];
        for (int i = 0; i < vocabulary; i++) {
            Arrays.fill(logits[i], NO);
            logits[i][(i + 1) % vocabulary] = 0;
        }
        return new ChainPolicy(logits, context);
    }

    private static final Detokenizer LETTERS = (prompt, answer) -> Arrays.stream(answer)
            .mapToObj(t -> String.valueOf((char) ('a' + t)))
            .collect(Collectors.joining());

    @Test
    void frequenciesFitTheExactDistribution() {
        double[][] logits = {{0, 1, -1, 0.5}, {2, 0, 0, -3}};
        try (TabularPolicy policy = TabularPolicy.of(logits)) {
            int n = 20_000;
            List<Generations> answers = new Sampler(policy, Sampling.of(1, 1), new BitSet(), Detokenizer.NONE, 5_000)
                    .sample(List.of(new int[] {0}, new int[] {1}), n, seed(7));
            for (int x = 0; x < 2; x++) {
                double[] p = policy.distribution(x);
                double[] seen = new double[4];
                answers.get(x).generations().forEach(g -> seen[g.tokens()[0]]++);
                double chiSquare = 0;
                for (int y = 0; y < 4; y++) {
                    chiSquare += Math.pow(seen[y] - n * p[y], 2) / (n * p[y]);
                }
                // The 99.9 % point of χ² with three degrees of freedom.
                assertThat(chiSquare).isLessThan(16.27);
            }
        }
    }

    @Test
    void logProbabilitiesAreThoseOfAForwardPass() {
        try (TabularPolicy policy = TabularPolicy.of(new double[][] {{0, 1, -1, 0.5}})) {
            List<Generation> drawn = new Sampler(policy, Sampling.of(2, 1), new BitSet(), Detokenizer.NONE, 4)
                    .sample(List.of(new int[] {0}), 32, seed(3))
                    .getFirst()
                    .generations();
            double[] exact = policy.forward(
                            drawn.stream()
                                    .map(g -> TokenTree.of(new int[] {0}, g.tokens()))
                                    .toList(),
                            false)
                    .logProbs()
                    .toDoubles();
            for (int i = 0; i < exact.length; i++) {
                assertThat(drawn.get(i).sumLogProb()).isCloseTo(exact[i], within(1e-6));
                assertThat(drawn.get(i).finish()).isEqualTo(Finish.LENGTH);
            }
        }
    }

    @Test
    void answersDoNotDependOnTheNumberOfSlotsOrWorkers() {
        List<int[]> prompts = IntStream.range(0, 7)
                .mapToObj(p -> new int[] {1 + p % 5, 1 + p % 3})
                .toList();
        Sampling sampling = Sampling.of(0.9, 5).with(s -> {
            s.topP = OptionalDouble.of(0.95);
            s.stopStrings = List.of("bc");
        });
        List<List<String>> runs = new ArrayList<>();
        int before = Workers.count();
        for (int workers : new int[] {1, 3}) {
            Workers.count(workers);
            for (int slots : new int[] {1, 3, 64}) {
                List<Generations> answers =
                        new Sampler(wandering(20), sampling, ending(0), LETTERS, slots).sample(prompts, 5, seed(11));
                runs.add(answers.stream()
                        .flatMap(a -> a.generations().stream())
                        .map(g -> Arrays.toString(g.tokens()) + Arrays.toString(g.logProbs()) + g.finish() + g.text())
                        .toList());
            }
        }
        Workers.count(before);
        assertThat(runs.get(0)).hasSize(35);
        assertThat(runs).containsOnly(runs.get(0));
        assertThat(runs.get(0).stream().distinct().count()).isGreaterThan(20);
        assertThat(String.join("", runs.get(0))).contains("EOS", "STOP", "LENGTH");
    }

    @Test
    void aPromptIsReadOnceWhereItsAnswersFitAQuarterOfTheSlots() {
        ChainPolicy policy = wandering(40);
        List<int[]> prompts =
                IntStream.range(0, 40).mapToObj(p -> new int[] {1 + p % 5}).toList();
        new Sampler(policy, Sampling.of(1, 30), ending(0), LETTERS, 32).sample(prompts, 8, seed(5));
        assertThat(policy.read).hasSize(40);
        assertThat(policy.mostAtOnce).isBetween(24, 32);
    }

    @Test
    void finishedAnswersMakeRoomAtOnceWhereEachPromptHasOne() {
        ChainPolicy policy = counting(100, 200);
        List<int[]> prompts = new ArrayList<>(List.of(new int[] {0}));
        IntStream.range(0, 20).forEach(i -> prompts.add(new int[] {95}));
        int[] steps = {0};
        new Sampler(policy, Sampling.greedy(99), ending(99), LETTERS, 2).sample(prompts, 1, seed(1), new Listener() {
            @Override
            public void progress(Progress progress) {
                steps[0]++;
            }
        });
        // One slot counts to 99 while the other produces twenty answers of four tokens each.
        assertThat(steps[0]).isBetween(98, 101);
    }

    @Test
    void endsAtEosAtStopTokensAtStopStringsAndWhereThereIsNoMoreRoom() {
        Generation eos = only(Sampling.greedy(50), ending(4), new int[] {0});
        assertThat(eos.tokens()).containsExactly(1, 2, 3, 4);
        assertThat(eos.finish()).isEqualTo(Finish.EOS);
        assertThat(eos.text()).isEqualTo("bcd");

        Generation token = only(Sampling.greedy(50).with(s -> s.stopTokens = List.of(3)), ending(4), new int[] {0});
        assertThat(token.tokens()).containsExactly(1, 2, 3);
        assertThat(token.finish()).isEqualTo(Finish.STOP);
        assertThat(token.text()).isEqualTo("bc");

        Generation string =
                only(Sampling.greedy(50).with(s -> s.stopStrings = List.of("zz", "hij")), ending(20), new int[] {0});
        assertThat(string.tokens()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(string.finish()).isEqualTo(Finish.STOP);
        assertThat(string.text()).isEqualTo("bcdefg");

        Generation length = only(Sampling.greedy(3), ending(20), new int[] {0});
        assertThat(length.tokens()).containsExactly(1, 2, 3);
        assertThat(length.finish()).isEqualTo(Finish.LENGTH);

        Generation context = only(Sampling.greedy(50), ending(40), new int[] {0, 1, 2, 3, 4, 5});
        assertThat(context.tokens()).hasSize(24).startsWith(6, 7);
        assertThat(context.finish()).isEqualTo(Finish.LENGTH);
    }

    private static Generation only(Sampling sampling, BitSet endings, int[] prompt) {
        return new Sampler(counting(60, 30), sampling, endings, LETTERS, 3)
                .sample(List.of(prompt), 1, seed(1))
                .getFirst()
                .generations()
                .getFirst();
    }

    @Test
    void aStopStringFarInIsFoundToo() {
        // The window that is looked at holds a few tokens; the string spans the border of two looks.
        Generation g = new Sampler(
                        counting(60, 100),
                        Sampling.greedy(59).with(s -> s.stopStrings = List.of("xyz")),
                        new BitSet(),
                        LETTERS,
                        1)
                .sample(List.of(new int[] {0}), 1, seed(1))
                .getFirst()
                .generations()
                .getFirst();
        assertThat(g.text()).isEqualTo("bcdefghijklmnopqrstuvw");
    }

    @Test
    void aPromptThatFillsTheContextIsWarnedAboutAndAnsweredWithNothing() {
        List<String> warnings = new ArrayList<>();
        List<Integer> order = new ArrayList<>();
        Listener listener = new Listener() {
            @Override
            public void warn(String message) {
                warnings.add(message);
            }

            @Override
            public void finished(Generations answers) {
                order.add(answers.prompt());
            }
        };
        List<Generations> answers = new Sampler(counting(60, 4), Sampling.greedy(5), ending(20), LETTERS, 2)
                .sample(List.of(new int[] {1}, new int[] {1, 2, 3, 4}), 2, seed(1), listener);
        assertThat(warnings).singleElement().asString().contains("prompt 1", "4 tokens", "context of 4");
        assertThat(answers.get(1).generations())
                .allSatisfy(g -> assertThat(g.tokens()).isEmpty());
        assertThat(answers.get(0).generations())
                .allSatisfy(g -> assertThat(g.tokens()).containsExactly(2, 3, 4));
        assertThat(order).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void noPromptsGiveNoAnswersAndWrongCountsAreRefused() {
        Sampler sampler = new Sampler(counting(9, 9), Sampling.greedy(5), ending(8), LETTERS, 2);
        assertThat(sampler.sample(List.of(), 3, seed(1))).isEmpty();
        assertThatThrownBy(() -> sampler.sample(List.of(new int[] {1}), 0, seed(1)))
                .hasMessageContaining("one answer");
        assertThatThrownBy(() -> sampler.sample(List.of(new int[0]), 1, seed(1)))
                .hasMessageContaining("no tokens");
        assertThatThrownBy(() -> new Sampler(counting(9, 9), Sampling.greedy(5), ending(8), LETTERS, 0))
                .hasMessageContaining("slot");
    }
}
