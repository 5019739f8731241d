package org.thurstone.worlds.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.data.Completion;
import org.thurstone.data.Completions;
import org.thurstone.data.Prompt;
import org.thurstone.data.UserError;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Inquiry;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Question;
import org.thurstone.endpoint.Chat;
import org.thurstone.endpoint.ChatRespondent;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.loop.World;
import org.thurstone.loop.evaluation.Evaluation;
import org.thurstone.worlds.language.task.Task;

/**
 * The world of a policy behind an endpoint. Its completions are answers in the run's ledger. It gives no log-probabilities and is not evaluated, since it
 * does not change.
 */
record EndpointWorld(Task task, Inquiry inquiry, ChatRespondent writer) implements World<Chat> {

    @Override
    public List<Prompt> prompts(long used, int count, Chat start, SplittableGenerator random) {
        return task.givenPrompts(used, count)
                .orElseThrow(
                        () -> new UserError(
                                "this task has its prompts from a model on this machine: take `task: {prompts: {train: FILE}}`"));
    }

    /** A prompt that comes again in a later iteration is answered anew: the occasion has a number that the iteration's seed decides. */
    @Override
    public List<Completions> propose(Chat policy, List<Prompt> prompts, int samples, SplittableGenerator random) {
        String occasion = Long.toHexString(random.nextLong()) + "/";
        List<Question> questions = new ArrayList<>();
        for (Prompt prompt : prompts) {
            for (int i = 0; i < samples; i++) {
                questions.add(Question.write(prompt, occasion + i));
            }
        }
        Map<Question, Answer> answers = inquiry.ask(writer, questions);
        List<Completions> all = new ArrayList<>();
        for (int p = 0; p < prompts.size(); p++) {
            List<Completion> written = new ArrayList<>();
            for (Question question : questions.subList(p * samples, (p + 1) * samples)) {
                Answer answer = answers.get(question);
                if (answer != null && answer.judgement() instanceof Judgement.Written(Completion completion)) {
                    written.add(completion);
                }
            }
            all.add(new Completions(prompts.get(p), written));
        }
        return all;
    }

    @Override
    public double[] differences(Chat policy, List<CandidatePair> pairs) {
        throw new UserError("a model behind an endpoint gives no log-probabilities of pairs");
    }

    @Override
    public Evaluation evaluate(Chat policy, Optional<Chat> start, SplittableGenerator random) {
        throw new UserError("a model behind an endpoint is not evaluated: it does not change");
    }
}
