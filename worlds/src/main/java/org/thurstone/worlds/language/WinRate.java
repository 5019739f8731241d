package org.thurstone.worlds.language;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.data.Completion;
import org.thurstone.data.Preference;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Inquiry;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.loop.Progress;
import org.thurstone.model.hub.LanguageModel;
import org.thurstone.model.sample.Sampling;
import org.thurstone.statistics.Estimate;
import org.thurstone.worlds.language.CompletionSampler.Sampled;

/**
 * The win rate of a policy against the initial policy on held-out prompts, by the annotator. The initial policy's completions are
 * the same in every iteration.
 *
 * @param pairs held-out prompts that are compared on, the first of them; at least 1
 * @param random of the initial policy's completions, the same at each call
 */
record WinRate(Inquiry inquiry, Respondent annotator, int pairs, Supplier<SplittableGenerator> random) {

    /**
     * Asks, and waits for the answers.
     *
     * @param sampled a completion of the policy to each held-out prompt
     * @param start the initial policy
     * @param stage that uses the answers
     * @return the mean of preferences, a tie being 0.5, with its 95 % interval over the pairs that were answered
     * @throws org.thurstone.elicit.Parked if too few are answered
     */
    Estimate of(List<Sampled> sampled, LanguageModel start, String stage, Sampling with, Progress progress) {
        List<Sampled> mine = sampled.subList(0, Math.min(pairs, sampled.size()));
        List<Sampled> initial = CompletionSampler.sample(
                start, mine.stream().map(Sampled::prompt).toList(), 1, with, random.get(), progress);
        Map<Integer, Question> questions = new LinkedHashMap<>();
        double[] wins = new double[mine.size()];
        int known = 0;
        for (int i = 0; i < mine.size(); i++) {
            Completion policy = mine.get(i).completions().getFirst();
            Completion first = initial.get(i).completions().getFirst();
            if (policy.text().plain().equals(first.text().plain())) {
                // Equal texts are equally good, without a question.
                wins[known++] = 0.5;
            } else {
                questions.put(i, Question.pair(mine.get(i).prompt(), policy, first));
            }
        }
        Map<Question, Answer> answers = questions.isEmpty()
                ? Map.of()
                : inquiry.ask(annotator, questions.values().stream().distinct().toList());
        inquiry.close(stage, annotator, List.copyOf(questions.values()));
        for (Map.Entry<Integer, Question> each : questions.entrySet()) {
            Answer answer = answers.get(each.getValue());
            if (answer != null && answer.judgement() instanceof Judgement.Preferred(Preference preference)) {
                Completion policy = mine.get(each.getKey()).completions().getFirst();
                double first = preference.probability();
                wins[known++] = each.getValue().indexOf(policy) == 0 ? first : 1 - first;
            }
        }
        double sum = 0;
        for (int i = 0; i < known; i++) {
            sum += wins[i];
        }
        return Estimate.ofShare(sum, known);
    }
}
