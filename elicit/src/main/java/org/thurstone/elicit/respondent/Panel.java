package org.thurstone.elicit.respondent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Elicitation;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;

/**
 * Combines several answers to each question into one. A question is answered once every seat has answered, failed or abstained; those that
 * failed or abstained are left out, as long as the others have more than half of the weight.
 *
 * @param oneScale whether scores and orders of different seats can stand in for one another; if not, one that is missing leaves none
 */
record Panel(Identity identity, List<Seat> seats, Votes votes, boolean oneScale) implements Respondent {

    /**
     * One answer.
     *
     * @param weight of it, above 0
     * @param occasion on which it is asked for; empty for that of the question. The order shown, and what is drawn, differ by occasion
     */
    record Seat(Respondent member, double weight, String occasion) {

        Presentation asked(Presentation p) {
            Question question = p.question();
            return occasion.isEmpty()
                    ? p
                    : Presentation.of(question.on(Composite.occasion(question.occasion(), occasion)));
        }
    }

    @Override
    public List<Respondent> members() {
        return seats.stream().map(Seat::member).distinct().toList();
    }

    @Override
    public Set<Question.Form> forms() {
        Set<Question.Form> forms = new HashSet<>(Votes.FORMS);
        seats.forEach(seat -> forms.retainAll(seat.member.forms()));
        return forms;
    }

    @Override
    public void ask(List<Presentation> asked, Elicitation elicitation) {
        List<Map<Presentation, Answer>> answers = new ArrayList<>();
        List<Map<Presentation, String>> failures = new ArrayList<>();
        for (Seat seat : seats) {
            Map<Presentation, String> failed = new HashMap<>();
            answers.add(
                    elicitation.ask(seat.member, asked.stream().map(seat::asked).toList(), failed::put));
            failures.add(failed);
        }
        for (Presentation p : asked) {
            settle(p, answers, failures, elicitation);
        }
    }

    private void settle(
            Presentation p,
            List<Map<Presentation, Answer>> answers,
            List<Map<Presentation, String>> failures,
            Elicitation elicitation) {
        List<Answer> given = new ArrayList<>();
        List<Votes.Vote> counted = new ArrayList<>();
        List<String> abstained = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        double weight = 0;
        double all = 0;
        for (int i = 0; i < seats.size(); i++) {
            Seat seat = seats.get(i);
            all += seat.weight;
            Answer answer = answers.get(i).get(seat.asked(p));
            String reason = failures.get(i).get(seat.asked(p));
            if (answer != null && answer.judgement() instanceof Judgement.Abstained(String why)) {
                abstained.add(why);
            } else if (answer != null) {
                given.add(answer);
                counted.add(new Votes.Vote(answer.judgement(), seat.weight));
                weight += seat.weight;
            } else if (reason != null) {
                failed.add(reason);
            } else {
                return;
            }
        }
        boolean complete = given.size() == seats.size();
        boolean preference = p.question().form() == Question.Form.PAIR;
        if (complete || ((oneScale || preference) && weight > all / 2)) {
            Composite.say(p, votes.count(p.question().form(), counted), given, elicitation);
        } else if (failed.isEmpty()) {
            elicitation.answer(p, new Judgement.Abstained(abstained.getFirst()));
        } else {
            elicitation.fail(p, failed.getFirst());
        }
    }
}
