package org.thurstone.elicit.respondent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.thurstone.data.Comparison;
import org.thurstone.data.Example;
import org.thurstone.data.UserError;
import org.thurstone.data.format.Examples;
import org.thurstone.data.format.ReadOptions;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Elicitation;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentSource;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * Adds gold questions, whose answers are known, and excludes annotators who miss too many of them. Each annotator is
 * measured apart, by name, so of several people behind one respondent only the careless ones are left out: their answers become abstentions.
 * {@link GoldAccuracy} reports what each of them got right.
 *
 * <p>All gold questions are asked with the first questions, so what an annotator is measured by does not depend on the order or the batches of
 * the others. An answer waits until its annotator has answered a gold question, or none is left that could be.
 *
 * @param questions a file of comparisons, in any form that is read here; its preferences are the right answers
 * @param threshold the share of gold questions, in [0, 1], that an annotator must answer correctly; 0 only measures
 */
@Method(
        name = "gold",
        kind = "annotator",
        summary = "gold questions: annotators who miss too many of them are excluded")
public record GoldQuestions(
        RespondentSource respondent,
        Path questions,
        @Default("0.7") double threshold) implements RespondentSource {

    public GoldQuestions {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("threshold " + threshold + " must be in 0…1");
        }
    }

    @Override
    public List<RespondentSource> sources() {
        return List.of(respondent);
    }

    @Override
    public Set<Question.Form> mayAnswer() {
        return EnumSet.of(Question.Form.PAIR);
    }

    @Override
    public Respondent open(Opening opening) {
        return of(respondent.open(opening), read(questions, opening.notices()), threshold);
    }

    /**
     * Gold questions for a respondent that is open.
     *
     * @param gold the right answers, about the alternatives in their own order; pairs only
     */
    static Respondent of(Respondent member, Map<Question, Judgement> gold, double threshold) {
        List<Question> order = gold.keySet().stream()
                .sorted(Comparator.comparing(Question::id))
                .toList();
        StringBuilder all = new StringBuilder();
        order.forEach(q -> all.append(q.id()).append(' ').append(gold.get(q)).append('\n'));
        // The hash stands for all of it: keys are made of settings again and again.
        String hash = new Identity(GoldAccuracy.TRUTH, all.toString()).key();
        Recorded truth = new Recorded(new Identity(GoldAccuracy.TRUTH, hash), gold);
        Identity identity = Composite.identity("gold", "threshold=" + threshold + " " + hash, List.of(member));
        return new Measured(member, truth, order.stream().map(Presentation::of).toList(), threshold, identity);
    }

    private static Map<Question, Judgement> read(Path file, Consumer<String> notices) {
        Map<Question, Judgement> gold = new LinkedHashMap<>();
        for (Example example : Examples.readAll(file, ReadOptions.DEFAULT, notices)) {
            if (!(example instanceof Comparison c)) {
                throw new UserError(file + ": gold questions are comparisons, and this file holds others");
            }
            Question question = question(file, c);
            Judgement judgement = new Judgement.Preferred(
                    question.indexOf(c.left()) == 0
                            ? c.preference()
                            : c.preference().swapped());
            Judgement other = gold.putIfAbsent(question, judgement);
            if (other != null && !other.equals(judgement)) {
                throw new UserError(file + ": prompt \"" + c.prompt().id() + "\": one pair has two right answers");
            }
        }
        if (gold.isEmpty()) {
            throw new UserError(file + " has no comparisons: there are no gold questions in it");
        }
        return gold;
    }

    private static Question question(Path file, Comparison c) {
        try {
            return Question.pair(c.prompt(), c.left(), c.right());
        } catch (IllegalArgumentException e) {
            throw new UserError(file + ": " + e.getMessage(), e);
        }
    }

    private record Measured(
            Respondent member, Recorded truth, List<Presentation> gold, double threshold, Identity identity)
            implements Respondent {

        @Override
        public Set<Question.Form> forms() {
            return Set.of(Question.Form.PAIR);
        }

        @Override
        public List<Respondent> members() {
            return List.of(member);
        }

        @Override
        public void ask(List<Presentation> asked, Elicitation elicitation) {
            elicitation.ask(truth, gold);
            Set<Presentation> mixed = new LinkedHashSet<>(asked);
            mixed.addAll(gold);
            // By id: as good as shuffled, and the same in whatever order the questions came.
            List<Presentation> order = new ArrayList<>(mixed);
            order.sort(Comparator.comparing(Presentation::key));
            Map<Presentation, String> failed = new HashMap<>();
            Map<Presentation, Answer> answers = elicitation.ask(member, order, failed::put);
            Map<String, GoldAccuracy.Score> scores = new HashMap<>();
            boolean more = false;
            for (Presentation p : gold) {
                Answer answer = answers.get(p);
                Judgement right = truth.answers().get(p.question());
                if (answer != null && right != null) {
                    scores.merge(
                            answer.by().annotator(), GoldAccuracy.Score.of(answer, right), GoldAccuracy.Score::plus);
                }
                more |= answer == null && !failed.containsKey(p);
            }
            for (Presentation p : asked) {
                Answer answer = answers.get(p);
                GoldAccuracy.Score score = answer == null
                        ? GoldAccuracy.Score.NONE
                        : scores.getOrDefault(answer.by().annotator(), GoldAccuracy.Score.NONE);
                if (answer != null && score.answered() == 0 && more) {
                    continue;
                }
                if (answer != null && !answer.abstained() && score.answered() > 0 && score.share() < threshold) {
                    elicitation.answer(
                            p,
                            new Judgement.Abstained(
                                    "%s answered %d of %d gold questions correctly, less than the share of %s that is needed"
                                            .formatted(
                                                    answer.by().annotator(),
                                                    score.right(),
                                                    score.answered(),
                                                    threshold)));
                } else {
                    Composite.pass(List.of(p), answers, failed, elicitation);
                }
            }
        }
    }
}
