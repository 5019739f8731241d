package org.thurstone.lab.replication;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.thurstone.lab.Ablation;
import org.thurstone.lab.Description;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.lab.replication.RetrievalJudge.ReadPair;
import org.thurstone.lab.replication.RetrievalPair.Scenario;
import org.thurstone.recipe.Method;
import org.thurstone.statistics.Correlation;
import org.thurstone.statistics.Estimate;

/** RAG-RewardBench's runner on generated pairs, with judges whose skill in each scenario is known. */
@Method(
        name = "retrieval-judges",
        kind = "replication",
        papers = "2412.13746",
        source = "arXiv:2412.13746",
        summary =
                "RAG-RewardBench's scenarios measure a judge's skill in multi-hop reasoning, citation, abstention and "
                        + "conflict, which its skill in general does not show")
public record RetrievalJudges() implements Replication {

    private static final Scenario[] SCENARIOS = Scenario.values();
    private static final String GENERAL = "general";
    private static final String LACKING = "all but ";
    private static final String COVERED = "intervals that contain the skill";
    private static final String BY_SCENARIOS = "order by the four scenarios";
    private static final String BY_GENERAL = "order by the general subset";

    @Override
    public Description about() {
        return new Description("""
            Judges and reward models that are good in general have limitations with retrieved documents. Four scenarios, scored as the share of pairs in which the better
            answer has the higher score, measure them: multi-hop reasoning, fine-grained citation, appropriate abstention, and robustness to conflicting documents.""", """
            Generated pairs in the benchmark's format, 300 per subset: a question in which country a made-up person is, five or six documents, and two answers, one of
            which is better for one reason: it is about the person asked about (the general subset); it follows two documents; it cites them; it abstains if, and only
            if, they do not lead to a country; it follows the almanac against the satire. A judge has a rule per subset, which reads the texts, applies it in a share q of
            pairs, and scores by chance otherwise: its known skill is (1 + q)/2. One judge has q = 0.9 in general and 0 elsewhere, four have 0.9 but for one
            scenario, and 12 per seed have random q. Three shortcuts read no meaning: the longer answer, more names that the documents have, and abstention. The runner
            reads the judges' scores from files.""", """
            The paper has 1,485 pairs from 18 data sets and language models, also a harmless subset, and compares 45 reward models with people's preferences. Here the skill
            of each judge is known, so that what the benchmark measures can be compared with it; which limitations real reward models have is not tested.""");
    }

    /** The mean over the four scenarios with documents. */
    private static double documents(IntToDoubleFunction of) {
        return IntStream.range(1, SCENARIOS.length).mapToDouble(of).average().orElseThrow();
    }

    private static <T> double[] each(List<T> all, ToDoubleFunction<T> figure) {
        return all.stream().mapToDouble(figure).toArray();
    }

    @Override
    public Findings experiment(Trial trial) {
        SequencedMap<String, double[]> skilled = new LinkedHashMap<>();
        skilled.put(GENERAL, RetrievalJudge.shares(rule -> rule == 0));
        IntStream.range(1, SCENARIOS.length)
                .forEach(s -> skilled.put(LACKING + SCENARIOS[s].subset(), RetrievalJudge.shares(rule -> rule != s)));
        SequencedMap<String, RetrievalJudge> shortcuts = new LinkedHashMap<>();
        shortcuts.put("the longer answer", RetrievalJudge.shortcut((pair, answer) -> answer.length()));
        shortcuts.put("more names", RetrievalJudge.shortcut(RetrievalPair::names));
        shortcuts.put("abstention", RetrievalJudge.shortcut((pair, answer) -> answer.startsWith("The") ? 1 : 0));
        Sweep shares = Sweep.counting(SCENARIOS.length);
        Sweep order = Sweep.once();
        trial.each(trial.of(20, 7), "benchmarks", random -> {
            List<ReadPair> pairs = Stream.of(SCENARIOS)
                    .flatMap(s -> IntStream.range(0, trial.of(300, 120)).mapToObj(i -> RetrievalPair.random(s, random)))
                    .map(ReadPair::of)
                    .toList();
            SequencedMap<String, double[]> judges = new LinkedHashMap<>(skilled);
            for (int j = 0; j < trial.of(12, 2); j++) {
                judges.put("random " + j, random.doubles(SCENARIOS.length).toArray());
            }
            int covered = 0;
            List<List<Estimate>> measured = new ArrayList<>();
            for (Map.Entry<String, double[]> judge : judges.entrySet()) {
                boolean itself = trial.ablation() == Ablation.ITSELF;
                double[] applied = itself ? judge.getValue() : new double[SCENARIOS.length];
                measured.add(RetrievalJudge.skilled(applied).benchmark(pairs, random));
                for (int s = 0; s < SCENARIOS.length; s++) {
                    Estimate share = measured.getLast().get(s);
                    double skill = (1 + judge.getValue()[s]) / 2;
                    covered += share.low() <= skill && skill <= share.high() ? 1 : 0;
                    if (skilled.containsKey(judge.getKey())) shares.add(judge.getKey(), s, share.mean());
                }
            }
            order.add(COVERED, (double) covered / (judges.size() * SCENARIOS.length));
            shortcuts.forEach((name, judge) -> shares.add(name, each(judge.benchmark(pairs, random), Estimate::mean)));
            List<List<Estimate>> drawn = measured.subList(skilled.size(), measured.size());
            List<double[]> truth = List.copyOf(judges.values()).subList(skilled.size(), judges.size());
            double[] skills = each(truth, q -> documents(s -> q[s]));
            order.add(
                    BY_SCENARIOS,
                    Correlation.tauA(
                            skills, each(drawn, m -> documents(s -> m.get(s).mean()))));
            order.add(
                    BY_GENERAL,
                    Correlation.tauA(skills, each(drawn, m -> m.getFirst().mean())));
        });
        return Findings.of(
                        shares.table("share of pairs in order", "subset", 3, s -> SCENARIOS[(int) s].subset()),
                        order.table(
                                "intervals, and Kendall's τ of random judges with their skill in the scenarios",
                                "",
                                3,
                                x -> "all judges"))
                .core(
                        "at least 93 % of the reported 95 % intervals contain the judge's known skill",
                        order.end(COVERED).mean() >= 0.93)
                .core(
                        "the judge that is good in general has more than 0.9 there, and less than 0.6 in each scenario",
                        shares.at(GENERAL, 0).above(0.9)
                                && shares.everywhere(
                                        s -> s == 0 || shares.at(GENERAL, s).below(0.6)))
                .core(
                        "a judge that lacks one rule has less than 0.6 in its scenario, and more than 0.9 elsewhere",
                        IntStream.range(1, SCENARIOS.length)
                                .allMatch(lacks -> shares.everywhere(s -> {
                                    Measured share = shares.at(LACKING + SCENARIOS[lacks].subset(), s);
                                    return s == lacks ? share.below(0.6) : share.above(0.9);
                                })))
                .also(
                        "no shortcut has more than 0.6 in any subset",
                        shortcuts.keySet().stream()
                                .allMatch(name -> shares.everywhere(
                                        s -> shares.at(name, s).below(0.6))))
                .also(
                        "the four scenarios order random judges by their skill: τ is above 0.8",
                        order.end(BY_SCENARIOS).above(0.8))
                .also(
                        "the general subset does not: τ is below 0.3",
                        order.end(BY_GENERAL).below(0.3));
    }
}
