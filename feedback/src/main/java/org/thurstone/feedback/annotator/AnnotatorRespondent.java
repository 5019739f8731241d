package org.thurstone.feedback.annotator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.thurstone.data.Completion;
import org.thurstone.data.CrashPoint;
import org.thurstone.data.Preference;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Elicitation;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.Scores;
import org.thurstone.feedback.CandidatePair;

/** An annotator who answers from a judge's scores, as a respondent. */
public record AnnotatorRespondent(Annotator annotator, Respondent judge, Identity identity) implements Respondent {

    @Override
    public Set<Question.Form> forms() {
        return Set.of(Question.Form.PAIR);
    }

    @Override
    public void ask(List<Presentation> asked, Elicitation elicitation) {
        List<Presentation> rated = new ArrayList<>();
        asked.forEach(p -> p.shown().forEach(c -> rated.add(rate(p, c))));
        Map<Presentation, Answer> scores =
                elicitation.ask(judge, rated.stream().distinct().toList());
        for (Presentation p : asked) {
            Completion left = p.shown().get(0);
            Completion right = p.shown().get(1);
            OptionalDouble ofLeft = Scores.of(scores.get(rate(p, left)));
            OptionalDouble ofRight = Scores.of(scores.get(rate(p, right)));
            if (ofLeft.isEmpty() || ofRight.isEmpty()) {
                elicitation.fail(p, judge.identity().name() + " gave no score");
                continue;
            }
            CrashPoint.RESPONDENT.reached();
            boolean order = ofLeft.getAsDouble() >= ofRight.getAsDouble();
            CandidatePair pair = order
                    ? new CandidatePair(p.question().prompt(), left, right, ofLeft.getAsDouble(), ofRight.getAsDouble())
                    : new CandidatePair(
                            p.question().prompt(), right, left, ofRight.getAsDouble(), ofLeft.getAsDouble());
            Preference preference = annotator.annotate(pair, elicitation.random(p));
            elicitation.answer(p, new Judgement.Preferred(order ? preference : preference.swapped()));
        }
    }

    private static Presentation rate(Presentation pair, Completion completion) {
        return Presentation.of(Question.rate(pair.question().prompt(), completion));
    }
}
