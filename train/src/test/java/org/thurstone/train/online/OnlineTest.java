package org.thurstone.train.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.thurstone.train.online.Bandit.CIRCLE;
import static org.thurstone.train.online.Bandit.REFERENCE;
import static org.thurstone.train.online.Bandit.random;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.UserError;
import org.thurstone.model.exact.TabularPolicy;
import org.thurstone.train.LearningRate;
import org.thurstone.train.Trainer;
import org.thurstone.train.TrainingPlan;
import org.thurstone.train.TrainingSettings;
import org.thurstone.train.online.method.Constrained;
import org.thurstone.train.online.method.Cream;
import org.thurstone.train.online.method.Dno;
import org.thurstone.train.online.method.Egpo;
import org.thurstone.train.online.method.Grpo;
import org.thurstone.train.online.method.Hypo;
import org.thurstone.train.online.method.Inpo;
import org.thurstone.train.online.method.IpoMd;
import org.thurstone.train.online.method.NashMd;
import org.thurstone.train.online.method.OnlineDpo;
import org.thurstone.train.online.method.OnlineIpo;
import org.thurstone.train.online.method.Onpo;
import org.thurstone.train.online.method.Pilaf;
import org.thurstone.train.online.method.Ppo;
import org.thurstone.train.online.method.Reinforce;
import org.thurstone.train.online.method.Rloo;
import org.thurstone.train.online.method.Spin;
import org.thurstone.train.online.method.Spo;
import org.thurstone.train.online.method.Sppo;
import org.thurstone.train.online.method.Vpo;
import org.thurstone.train.online.method.Xpo;

/** Methods on sampled samples: they resume where they were, to the last bit, and get somewhere. */
class OnlineTest {

    private static final double[] REWARD = {0, 1, 0.2};

    private static final SampleValues VALUES = new SampleValues() {
        @Override
        public double[] rewards(List<Sample> samples) {
            return samples.stream().mapToDouble(a -> REWARD[a.tokens()[0]]).toArray();
        }

        @Override
        public double[] preferences(List<SamplePair> matches) {
            return Bandit.preferring(CIRCLE).preferences(matches);
        }

        @Override
        public List<double[]> components(List<Sample> samples) {
            return List.of(rewards(samples), rewards(samples));
        }
    };

    private static final List<OnlineMethod> ALL = List.of(
            new Constrained(
                    new Rloo(2, 0.1, 0.2, false), List.of(new Constrained.Bound(0.3, Constrained.Side.AT_MOST)), 0.3),
            new Cream(0.1, 3, true),
            new Dno(0.1, 3, 0.1, true, true),
            new Egpo(0.1, 2, new Source.Own()),
            new Grpo(3, true, 0.04, 0.2, 0.2, Grpo.Average.DAPO, 1),
            new Hypo(0.1, 0.1, 2),
            new Inpo(0.5, 0.2),
            new IpoMd(0.1, 0.25),
            new NashMd(0.1, 0.5),
            new OnlineDpo(0.1),
            new OnlineIpo(0.1),
            new Onpo(0.125),
            new Pilaf(0.1),
            new Ppo(2, 0.05, 1, 0.95, 0.2, 0.2, 0.1, true),
            new Reinforce(0.05, 1),
            new Rloo(3, 0.05, 0.2, true),
            new Spin(0.1, 0.3, new Source.PastIterate()),
            new Spo(new Rloo(3, 0.05, 0.2, false)),
            new Sppo(0.5, 3, false),
            new Vpo(0.1, 0.1, new Source.Reference()),
            new Xpo(0.1, 0.1));

    /** Three prompts with a demonstration and a worse completion each. */
    private static final List<EncodedPrompt> QUESTIONS = List.of(
            EncodedPrompt.of("a", 0).with("", 1).with("", 0),
            EncodedPrompt.of("b", 1).with("", 2).with("", 0),
            EncodedPrompt.of("c", 0).with("", 1).with("", 2));

    /** Two epochs in batches of four, the rate falling over ten steps. */
    private static final TrainingSettings SETTINGS = TrainingSettings.of(2, 4, 0.05, 0)
            .with(s -> {
                s.schedule = new LearningRate.Cosine(new LearningRate.Warmup.Steps(2), 0.1);
                s.tokensPerPass = 64;
            });

    private static final double[] START = {Math.log(.5), Math.log(.3), Math.log(.2), 0.1, -0.2, 0.3};

    private static TabularPolicy start() {
        return TabularPolicy.of(new double[][] {Arrays.copyOf(START, 3), Arrays.copyOfRange(START, 3, 6)});
    }

    private static Online online(OnlineMethod method, TabularPolicy policy) {
        return new Online(
                method,
                new Trainer(TrainingPlan.of(policy, method.signals(), Optional.empty(), SETTINGS)),
                Bandit.sampled(3),
                VALUES,
                10);
    }

    private static void step(
            Online online, TabularPolicy policy, TabularPolicy first, TabularPolicy second, int from, int to) {
        for (int t = from; t < to; t++) {
            online.step(new Policies(policy, first, PolicyHistory.of(first, second)), QUESTIONS, random(t));
        }
    }

    @Test
    void restoredMethodContinuesBitIdentically(@TempDir Path directory) throws Exception {
        for (OnlineMethod method : ALL) {
            Path saved = Files.createTempDirectory(directory, "state");
            try (TabularPolicy first = TabularPolicy.uniform(2, 3);
                    TabularPolicy second = TabularPolicy.of(new double[][] {{0, 1, 0}, {1, 0, 0.5}});
                    TabularPolicy whole = start();
                    TabularPolicy halfWay = start();
                    TabularPolicy resumed = start();
                    Online a = online(method, whole);
                    Online b = online(method, halfWay);
                    Online c = online(method, resumed)) {
                step(a, whole, first, second, 0, 4);
                step(b, halfWay, first, second, 0, 2);
                b.save(saved);
                c.restore(saved);
                assertThat(c.done()).isEqualTo(2);
                step(c, resumed, first, second, 2, 4);
                double[] ends = whole.parameters().get("logits").toDoubles();
                assertThat(resumed.parameters().get("logits").toDoubles())
                        .as("%s", method)
                        .isEqualTo(ends);
                assertThat(ends).as("%s has moved", method).isNotEqualTo(START);
            }
        }
    }

    @Test
    void anotherMethodsStateIsRefused(@TempDir Path directory) {
        try (TabularPolicy policy = start();
                Online mine = online(new OnlineDpo(0.1), policy);
                Online other = online(new OnlineDpo(0.2), policy)) {
            mine.save(directory);
            assertThatThrownBy(() -> other.restore(directory)).isInstanceOf(UserError.class);
        }
    }

    @Test
    void rewardsAreClimbedOnSamples() {
        for (OnlineMethod method : List.of(
                new Reinforce(0.05, 2),
                new Rloo(4, 0.05, 0.2, false),
                new Grpo(4, true, 0.01, 0.2, 0.2, Grpo.Average.GRPO, 1))) {
            try (TabularPolicy policy = start();
                    TabularPolicy reference = start();
                    Online online = online(method, policy)) {
                Map<String, List<Double>> seen = new HashMap<>();
                for (int t = 0; t < 60; t++) {
                    online.step(Policies.of(policy, reference), QUESTIONS, random(t))
                            .forEach((name, value) -> seen.computeIfAbsent(name, n -> new ArrayList<>())
                                    .add(value));
                }
                // At the start it is 0.3, and the mean reward of the three prompts less than 0.4.
                assertThat(policy.distribution(0)[1]).as("%s", method).isGreaterThan(0.6);
                List<Double> rewards = seen.getOrDefault("reward", List.of());
                double late = rewards.subList(45, 60).stream()
                        .mapToDouble(r -> r)
                        .average()
                        .orElseThrow();
                assertThat(late).as("%s", method).isGreaterThan(0.75);
            }
        }
    }

    @Test
    void samplesOfAMixtureHaveItsDistribution() {
        try (TabularPolicy policy = Bandit.policy(new double[] {.1, .3, .6});
                TabularPolicy reference = Bandit.policy(REFERENCE)) {
            Policies policies = Policies.of(policy, reference);
            for (Source source : List.of(
                    new Source.Own(), new Source.Mixture(0.3), new Source.Tilted(0.5), new Source.Tilted(-0.5))) {
                double[] exact = new ExactCompletions()
                        .draw(policies, List.of(EncodedPrompt.of("x", 0)), List.of(List.of(source)), random(1)).stream()
                                .mapToDouble(g -> g.weight() / 3)
                                .toArray();
                double[] counted = new double[3];
                int n = 20_000;
                for (Group g : Bandit.sampled(3)
                        .draw(
                                policies,
                                List.of(EncodedPrompt.of("x", 0)),
                                List.of(java.util.Collections.nCopies(n, source)),
                                random(2))) {
                    g.samples().forEach(a -> counted[a.tokens()[0]] += 1.0 / n);
                }
                // Four standard deviations of a share of 20,000.
                assertThat(counted).as("%s", source).containsExactly(exact, within(4 * 0.5 / Math.sqrt(n)));
            }
        }
    }

    @Test
    void missingPartsAreReported() {
        try (TabularPolicy policy = start();
                TabularPolicy reference = start();
                Online spin = online(new Spin(0.1, 0, new Source.Own()), policy)) {
            assertThatThrownBy(() ->
                            spin.step(Policies.of(policy, reference), List.of(EncodedPrompt.of("q7", 0)), random(1)))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("demonstration")
                    .hasMessageContaining("q7");
        }
        assertThatThrownBy(() -> new Rloo(1, 0, 0.2, false)).hasMessageContaining("samples 1");
        assertThatThrownBy(() -> new Constrained(new Rloo(2, 0, 0.2, false), List.of(), 1))
                .hasMessageContaining("bounds");
    }

    @Test
    void stepWithoutExamplesIsSkipped() {
        try (TabularPolicy policy = start();
                TabularPolicy reference = start()) {
            double[] before = policy.parameters().get("logits").toDoubles();
            for (OnlineMethod method : ALL) {
                try (Online online = online(method, policy)) {
                    online.step(Policies.of(policy, reference), List.of(), random(1));
                }
            }
            // All samples alike, all rewards alike: no advantage, no step.
            try (TabularPolicy sure = TabularPolicy.of(new double[][] {{0, 1000, 0}, {0, 1000, 0}});
                    Online online = online(new Grpo(3, true, 0, 0.2, 0.2, Grpo.Average.GRPO, 1), sure)) {
                online.step(Policies.of(sure, reference), QUESTIONS, random(1));
                assertThat(sure.parameters().get("logits").toDoubles())
                        .isEqualTo(new double[] {0, 1000, 0, 0, 1000, 0});
            }
            assertThat(policy.parameters().get("logits").toDoubles()).isEqualTo(before);
        }
    }

    @Test
    void creamBelievesAsFarAsTwoIteratesRankAlike() {
        // The iterates disagree about every two samples, so that C = 0: what the present one ranks last is chosen.
        try (TabularPolicy first = TabularPolicy.of(new double[][] {{0, 0, 0}});
                TabularPolicy before = TabularPolicy.of(new double[][] {{1, 0, -1}});
                TabularPolicy policy = TabularPolicy.of(new double[][] {{-1, 0, 1}});
                TabularPolicy present = TabularPolicy.of(new double[][] {{-1, 0, 1}});
                Online online = Bandit.online(
                        new Cream(0.5, 2, true), policy, new ExactCompletions(), VALUES, Bandit.settings(1, 1))) {
            double start = policy.distribution(0)[2];
            Map<String, Double> figures = online.step(
                    new Policies(policy, first, PolicyHistory.of(first, before, present)),
                    List.of(EncodedPrompt.of("x", 0)),
                    random(1));
            assertThat(policy.distribution(0)[2]).isLessThan(start);
            // Of nine groups three hold a sample twice: τ is 0 there and C one half.
            assertThat(figures.getOrDefault("consistency", -1.0)).isCloseTo(3 * 0.5 / 9, within(1e-12));
        }
    }
}
