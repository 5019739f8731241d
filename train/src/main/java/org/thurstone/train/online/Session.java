package org.thurstone.train.online;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.data.UserError;
import org.thurstone.model.Policy;
import org.thurstone.train.LossTerm;
import org.thurstone.train.Snapshot;
import org.thurstone.train.StepMetrics;
import org.thurstone.train.Trainer;
import org.thurstone.train.TrainingInputs;
import org.thurstone.train.TrainingObserver;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.example.TrainingPair;
import org.thurstone.train.example.TrainingSingle;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.Memory;
import org.thurstone.train.signal.CriticSignal;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.PromptFeatures;
import org.thurstone.train.signal.TableSignal;

/** One step of an online method: sampling, values and update. */
public final class Session {

    private final Online online;
    private final Policies policies;
    private final List<EncodedPrompt> prompts;
    private final long step;
    private final SplittableGenerator random;
    private final SequencedFigures figures = new SequencedFigures();

    Session(Online online, Policies policies, List<EncodedPrompt> prompts, long step, SplittableGenerator random) {
        this.online = online;
        this.policies = policies;
        this.prompts = List.copyOf(prompts);
        this.step = step;
        this.random = random;
    }

    /** Sums that become means. */
    private static final class SequencedFigures {
        private final Map<String, double[]> sums = new LinkedHashMap<>();

        void add(String name, double value) {
            double[] sum = sums.computeIfAbsent(name, n -> new double[2]);
            sum[0] += value;
            sum[1]++;
        }

        Map<String, Double> means() {
            Map<String, Double> means = new LinkedHashMap<>();
            sums.forEach((name, sum) -> means.put(name, sum[0] / sum[1]));
            return means;
        }
    }

    public Policies policies() {
        return policies;
    }

    public List<EncodedPrompt> prompts() {
        return prompts;
    }

    // ---- draw ----

    /** Groups with a sample of each source. */
    public List<Group> draw(Source... sources) {
        return drawAny(List.of(List.of(sources)));
    }

    /** Groups of {@code n} samples of one source. */
    public List<Group> draw(Source source, int n) {
        return drawAny(List.of(Collections.nCopies(n, source)));
    }

    /** Groups from one of several groupings per prompt, each as likely. */
    public List<Group> drawAny(List<? extends List<? extends Source>> groupings) {
        List<Group> groups = online.source().draw(policies, prompts, groupings, random.split());
        groups.forEach(g -> g.samples().forEach(a -> note("length", a.tokens().length)));
        return groups;
    }

    /**
     * The groups with a completion that came with the prompt in front of their samples.
     *
     * @param which of those that came, from 0
     * @param wanted what it is, for the message where there is none
     */
    public List<Group> before(List<Group> groups, int which, String wanted) {
        return groups.stream()
                .map(g -> {
                    if (g.prompt().given().size() <= which) {
                        throw new UserError("this method needs " + wanted + " for each prompt, and prompt "
                                + g.prompt().id() + " comes without: give data that has it");
                    }
                    List<Sample> samples = new ArrayList<>();
                    samples.add(new Sample(g.prompt(), g.prompt().given().get(which)));
                    samples.addAll(g.samples());
                    return new Group(g.prompt(), samples, g.weight());
                })
                .toList();
    }

    // ---- judge ----

    /** The reward of each sample of each group. */
    public double[][] rewards(List<Group> groups) {
        double[] flat = online.values()
                .rewards(groups.stream().flatMap(g -> g.samples().stream()).toList());
        double[][] rewards = new double[groups.size()][];
        int at = 0;
        for (int g = 0; g < rewards.length; g++) {
            rewards[g] = Arrays.copyOfRange(flat, at, at + groups.get(g).size());
            at += rewards[g].length;
            for (double r : rewards[g]) {
                note("reward", r * groups.get(g).weight());
            }
        }
        return rewards;
    }

    /** All rewards of each sample, by component; the first is the one to be raised. */
    public List<double[]> components(List<Group> groups) {
        return online.values()
                .components(groups.stream().flatMap(g -> g.samples().stream()).toList());
    }

    /** For each group the probability that sample i is better than sample j. */
    public double[] preferences(List<Group> groups, int i, int j) {
        return online.values()
                .preferences(groups.stream()
                        .map(g -> new SamplePair(g.samples().get(i), g.samples().get(j)))
                        .toList());
    }

    /**
     * For each sample of each group how often it wins against the others of its group.
     *
     * @param self whether it also meets itself, and ties: a mean over all of the group, as in SPPO, and not over the others
     */
    public double[][] winRates(List<Group> groups, boolean self) {
        return WinRates.within(online.values(), groups, self);
    }

    /**
     * For each sample of each group how often it wins against samples of a source as it is now.
     *
     * @param n opponents that are drawn for each prompt
     */
    public double[][] winRates(List<Group> groups, Source opponent, int n) {
        return WinRates.against(online.values(), groups, draw(opponent, n));
    }

    // ---- make examples ----

    /** Samples i and j of each group as a pair with its label; the likelier winner comes first. */
    public List<TrainingPair> pairs(List<Group> groups, int i, int j, double[] probability) {
        List<TrainingPair> pairs = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            pairs.add(pair(g, groups.get(g), i, j, probability[g]));
        }
        return pairs;
    }

    /** Samples i and j of one group, the g-th, as a pair. */
    public TrainingPair pair(int g, Group group, int i, int j, double probability) {
        boolean first = probability >= 0.5;
        return new TrainingPair(
                group.prompt().id() + " " + g + ": " + i + ", " + j,
                List.of(first ? group.tree(i, j) : group.tree(j, i)),
                first ? probability : 1 - probability,
                group.weight(),
                OptionalDouble.empty(),
                Optional.empty());
    }

    /** All samples of each group one by one, each with its value. */
    public List<TrainingSingle> singles(List<Group> groups, double[][] values) {
        List<TrainingSingle> singles = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            for (int i = 0; i < groups.get(g).size(); i++) {
                singles.add(single(g, groups.get(g), i, values[g][i]));
            }
        }
        return singles;
    }

    /** Sample i of each group, with its value. */
    public List<TrainingSingle> singles(List<Group> groups, int i, double[] values) {
        List<TrainingSingle> singles = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            singles.add(single(g, groups.get(g), i, values[g]));
        }
        return singles;
    }

    private static TrainingSingle single(int g, Group group, int i, double value) {
        return new TrainingSingle(group.prompt().id() + " " + g + ": " + i, group.tree(i), value, group.weight());
    }

    /** Log-probabilities of examples under a policy as it is now. */
    public FrozenLogProbs logProbs(Policy policy, List<? extends TrainingExample> examples) {
        return FrozenLogProbs.compute(
                policy, "drawn", examples, online.trainer().plan().settings().tokensPerPass());
    }

    /** The critic's values of what precedes each token, as they are now; for methods that need {@link CriticSignal#VALUE}. */
    public FrozenLogProbs values(List<? extends TrainingExample> examples) {
        return online.trainer().values(examples);
    }

    /** The log-probability of each whole example, all of its completions together. */
    public static double[] sums(FrozenLogProbs logProbs, List<? extends TrainingExample> examples) {
        return examples.stream()
                .mapToDouble(e -> Arrays.stream(logProbs.of(e)).sum())
                .toArray();
    }

    // ---- update ----

    /** Goes down a loss over examples; its reference, if it needs one that is not given, is the step's. */
    public void learn(Loss loss, List<? extends TrainingExample> examples) {
        learn(loss, examples, Map.of());
    }

    /** The same with log-probabilities that are there already. */
    public void learn(Loss loss, List<? extends TrainingExample> examples, Map<TableSignal, FrozenLogProbs> known) {
        learn(List.of(term(loss, examples, known)));
    }

    /** A loss over examples, as a summand of what is learned. */
    public LossTerm term(Loss loss, List<? extends TrainingExample> examples) {
        return term(loss, examples, Map.of());
    }

    /** The same with log-probabilities that are there already. */
    public LossTerm term(Loss loss, List<? extends TrainingExample> examples, Map<TableSignal, FrozenLogProbs> known) {
        Map<TableSignal, FrozenLogProbs> tables = new HashMap<>(known);
        boolean referenced = loss.signals().contains(FrozenLogProbs.REFERENCE);
        if (referenced && !known.containsKey(FrozenLogProbs.REFERENCE) && !examples.isEmpty()) {
            tables.put(FrozenLogProbs.REFERENCE, logProbs(policies.reference(), LossTerm.toFreeze(loss, examples)));
        }
        return new LossTerm(
                loss,
                examples,
                new TrainingInputs(tables, Optional.of(policies.reference()), Optional.empty(), PromptFeatures.NONE));
    }

    /**
     * Goes down a sum of losses: as many epochs as the settings say, in batches of as many examples of the first term; the others are cut into
     * as many parts.
     */
    public void learn(List<LossTerm> terms) {
        if (terms.stream().anyMatch(t -> t.examples().isEmpty())) {
            return; // no prompt left room for a sample, or none gave an example
        }
        Trainer trainer = online.trainer();
        terms.forEach(t -> t.check(trainer.policy()));
        boolean restarts = online.method().restarts();
        if (restarts) {
            trainer.freshOptimizer();
        }
        OnlineBatches batches =
                new OnlineBatches(terms, trainer.plan().settings(), restarts, step, online.steps(), random.split());
        trainer.run(batches, 0, new TrainingObserver() {
            @Override
            public void step(StepMetrics metrics) {
                note("loss", metrics.loss());
            }
        });
    }

    /** A copy of the present policy and optimiser; close it when it is no longer needed. */
    public Snapshot snapshot() {
        return online.trainer().snapshot();
    }

    /** Puts the policy, and its optimiser, back. */
    public void restore(Snapshot kept) {
        online.trainer().restore(kept);
    }

    /** The snapshot that was stored under a name in this step or an earlier one. */
    public Optional<Snapshot> stored(String name) {
        return online.snapshots().get(name);
    }

    /** Stores the present policy and optimiser under a name, replacing what was there; later steps, and a resumed run, find it. */
    public void store(String name) {
        online.snapshots().put(name, snapshot());
    }

    /** Numbers that are remembered from step to step. */
    public Memory memory() {
        return online.trainer().memory();
    }

    /** Notes a figure of this step; several under one name become their mean. */
    public void note(String name, double value) {
        figures.add(name, value);
    }

    Map<String, Double> figures() {
        return figures.means();
    }
}
