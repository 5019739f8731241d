package org.thurstone.worlds.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.thurstone.data.Completion;
import org.thurstone.data.Completions;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.data.UserError;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Inquiry;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.Scores;
import org.thurstone.model.sample.Generation;
import org.thurstone.train.online.Sample;
import org.thurstone.train.online.SamplePair;
import org.thurstone.train.online.SampleValues;

/** Values of an online method's samples, elicited from respondents. */
final class ElicitedSampleValues implements SampleValues {

    /** The number of samples that were scored and of pairs that were compared, including known ones. */
    record QuestionCounts(long scores, long comparisons) {}

    private final Inquiry inquiry;
    private final Optional<Respondent> judge;
    private final List<Respondent> others;
    private final Respondent annotator;
    private final double unfinishedPenalty;
    private Map<String, Prompt> prompts = Map.of();
    private String stage = "";
    private long scored;
    private long compared;

    /**
     * @param judge of the reward; methods that only compare do without
     * @param others judges of further rewards
     */
    ElicitedSampleValues(
            Inquiry inquiry,
            Optional<Respondent> judge,
            List<Respondent> others,
            Respondent annotator,
            double unfinishedPenalty) {
        this.inquiry = inquiry;
        this.judge = judge;
        this.others = List.copyOf(others);
        this.annotator = annotator;
        this.unfinishedPenalty = unfinishedPenalty;
    }

    /**
     * Gets ready for the next step.
     *
     * @param name of the step, as whose use of answers they are closed
     * @param step prompts by the ids that samples name
     */
    void next(String name, Map<String, Prompt> step) {
        this.stage = name;
        this.prompts = step;
    }

    /** Restores the counts of earlier steps. */
    void countFrom(QuestionCounts before) {
        scored = before.scores;
        compared = before.comparisons;
    }

    QuestionCounts asked() {
        return new QuestionCounts(scored, compared);
    }

    @Override
    public double[] rewards(List<Sample> samples) {
        Respondent by = judge.orElseThrow(() -> new UserError(
                "this method maximises a judge's scores, and the recipe names no judge: add one, or choose a"
                        + " method that compares"));
        double[] rewards = scores(by, samples);
        for (int i = 0; i < rewards.length; i++) {
            boolean cut = samples.get(i).generation().finish() == Generation.Finish.LENGTH;
            rewards[i] -= cut ? unfinishedPenalty : 0;
        }
        scored += rewards.length;
        return rewards;
    }

    private double[] scores(Respondent by, List<Sample> samples) {
        List<Completions> completions = samples.stream()
                .map(s -> new Completions(prompt(s), List.of(completion(s))))
                .toList();
        Map<Completions, List<OptionalDouble>> scores = Scores.of(inquiry, by, stage, completions);
        return completions.stream()
                .mapToDouble(
                        c -> Objects.requireNonNull(scores.get(c)).getFirst().orElseThrow(() -> unanswered(by)))
                .toArray();
    }

    /** A step cannot use a sample without a reward, and a default value would be an invented verdict. */
    private static UserError unanswered(Respondent by) {
        return new UserError(
                by.identity().name() + " left a sample of this step without an answer; an online method needs"
                        + " one for each. Start the run again to ask once more");
    }

    private Prompt prompt(Sample sample) {
        return Objects.requireNonNull(prompts.get(sample.prompt().id()));
    }

    private Completion completion(Sample sample) {
        return CompletionSampler.completion(prompt(sample), sample.generation());
    }

    @Override
    public double[] preferences(List<SamplePair> pairs) {
        compared += pairs.size();
        Map<SamplePair, Question> questions = new LinkedHashMap<>();
        for (SamplePair pair : pairs) {
            Completion left = completion(pair.left());
            Completion right = completion(pair.right());
            if (!left.text().plain().equals(right.text().plain())) {
                questions.put(pair, Question.pair(prompt(pair.left()), left, right));
            }
        }
        Map<Question, Answer> answers = questions.isEmpty()
                ? Map.of()
                : inquiry.ask(annotator, questions.values().stream().distinct().toList());
        inquiry.close(stage, annotator, List.copyOf(answers.keySet()));
        return pairs.stream()
                .mapToDouble(pair -> {
                    Question question = questions.get(pair);
                    // Equal texts are equally good, without a question.
                    return question == null ? 0.5 : preference(pair, question, answers);
                })
                .toArray();
    }

    private double preference(SamplePair pair, Question question, Map<Question, Answer> answers) {
        Answer answer = answers.get(question);
        if (answer == null || !(answer.judgement() instanceof Judgement.Preferred(Preference preference))) {
            throw unanswered(annotator);
        }
        return question.indexOf(completion(pair.left())) == 0 ? preference.probability() : 1 - preference.probability();
    }

    @Override
    public List<double[]> components(List<Sample> samples) {
        List<double[]> components = new ArrayList<>();
        components.add(rewards(samples));
        others.forEach(other -> components.add(scores(other, samples)));
        return components;
    }
}
