package org.thurstone.worlds.language;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.thurstone.data.Completion;
import org.thurstone.data.Completions;
import org.thurstone.data.CrashPoint;
import org.thurstone.data.Prompt;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.feedback.ScoredCompletions;
import org.thurstone.feedback.annotator.Annotator;
import org.thurstone.feedback.judge.Judge;
import org.thurstone.model.sample.Generation;
import org.thurstone.train.online.Oracle;
import org.thurstone.train.online.Sample;
import org.thurstone.train.online.SamplePair;

/**
 * A judge and an annotator as an online method's oracle: scores are the judge's, and which of two answers is better is what the annotator
 * makes of them. Within a step an answer is scored once, however often it is asked about.
 */
final class JudgeOracle implements Oracle {

    /** What was asked of it. */
    record Asked(long scores, long comparisons) {}

    private final Judge judge;
    private final List<Judge> others;
    private final Annotator annotator;
    private final double unfinishedPenalty;
    private final IdentityHashMap<Sample, Double> scores = new IdentityHashMap<>();
    private Map<String, Prompt> prompts = Map.of();
    private RandomGenerator random;
    private long scored;
    private long compared;

    /**
     * @param others judges of rewards beside the first
     * @param random of the annotator, before the first step
     */
    JudgeOracle(
            Judge judge, List<Judge> others, Annotator annotator, double unfinishedPenalty, RandomGenerator random) {
        this.judge = judge;
        this.others = others;
        this.annotator = annotator;
        this.unfinishedPenalty = unfinishedPenalty;
        this.random = random;
    }

    /**
     * Gets ready for the next step.
     *
     * @param prompts by the ids of its questions
     * @param random of the annotator in this step
     */
    void next(Map<String, Prompt> prompts, RandomGenerator random) {
        this.prompts = prompts;
        this.random = random;
        scores.clear();
    }

    /** What was asked in all steps. */
    Asked asked() {
        return new Asked(scored, compared);
    }

    @Override
    public double[] rewards(List<Sample> answers) {
        score(answers);
        return answers.stream()
                .mapToDouble(a -> Objects.requireNonNull(scores.get(a)))
                .toArray();
    }

    private void score(List<Sample> answers) {
        IdentityHashMap<Sample, Boolean> fresh = new IdentityHashMap<>();
        List<Sample> unknown = answers.stream()
                .filter(a -> !scores.containsKey(a) && fresh.put(a, true) == null)
                .toList();
        double[] given = scores(judge, unknown);
        for (int i = 0; i < given.length; i++) {
            Sample a = unknown.get(i);
            boolean cut = a.generation().finish() == Generation.Finish.LENGTH;
            scores.put(a, given[i] - (cut ? unfinishedPenalty : 0));
        }
        scored += given.length;
    }

    /** In the order of answers, which are shown to the judge by question. */
    private double[] scores(Judge by, List<Sample> answers) {
        Map<String, List<Integer>> byQuestion = new LinkedHashMap<>();
        for (int i = 0; i < answers.size(); i++) {
            byQuestion
                    .computeIfAbsent(answers.get(i).prompt().id(), id -> new ArrayList<>())
                    .add(i);
        }
        CrashPoint.RESPONDENT.reached();
        List<ScoredCompletions> judged = by.scoreAll(byQuestion.entrySet().stream()
                .map(e -> {
                    Prompt prompt = prompt(e.getKey());
                    return new Completions(
                            prompt,
                            e.getValue().stream()
                                    .map(i -> completion(answers.get(i)))
                                    .toList());
                })
                .toList());
        double[] scores = new double[answers.size()];
        int question = 0;
        for (List<Integer> places : byQuestion.values()) {
            List<Double> of = judged.get(question++).scores();
            for (int k = 0; k < of.size(); k++) {
                scores[places.get(k)] = of.get(k);
            }
        }
        return scores;
    }

    private Prompt prompt(String question) {
        return Objects.requireNonNull(prompts.get(question));
    }

    private Completion completion(Sample answer) {
        return Answering.completion(prompt(answer.prompt().id()), answer.generation());
    }

    @Override
    public double[] preferences(List<SamplePair> matches) {
        score(matches.stream().flatMap(m -> Stream.of(m.left(), m.right())).toList());
        compared += matches.size();
        return matches.stream().mapToDouble(this::preference).toArray();
    }

    private double preference(SamplePair match) {
        Completion left = completion(match.left());
        Completion right = completion(match.right());
        if (left.text().plain().equals(right.text().plain())) {
            return 0.5;
        }
        double ofLeft = Objects.requireNonNull(scores.get(match.left()));
        double ofRight = Objects.requireNonNull(scores.get(match.right()));
        Prompt prompt = prompt(match.left().prompt().id());
        CrashPoint.RESPONDENT.reached();
        return ofLeft >= ofRight
                ? annotator
                        .annotate(new CandidatePair(prompt, left, right, ofLeft, ofRight), random)
                        .probability()
                : 1
                        - annotator
                                .annotate(new CandidatePair(prompt, right, left, ofRight, ofLeft), random)
                                .probability();
    }

    @Override
    public List<double[]> components(List<Sample> answers) {
        List<double[]> components = new ArrayList<>();
        components.add(rewards(answers));
        others.forEach(other -> components.add(scores(other, answers)));
        return components;
    }
}
