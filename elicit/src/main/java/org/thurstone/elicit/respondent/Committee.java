package org.thurstone.elicit.respondent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentSource;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * Asks several respondents each question, and combines their weighted answers. Preferences and verdicts are voted on; ratings are averaged, so
 * members should use the same scale; orders are averaged by place.
 *
 * <p>Members that fail or abstain are left out of a vote as long as the others have more than half of the weight. A mean without one of the members
 * would be on a different scale, so for ratings and orders all members must answer. Members of the same name are asked separately; otherwise their
 * random answers would be the same.
 *
 * @param members at least one
 * @param label how preferences and verdicts are combined: by weighted vote ({@code vote}) or by weighted mean ({@code soft})
 * @param ties the answer if no side has the largest weight: {@code tie} or {@code abstain}
 */
@Method(
        name = "committee",
        kind = "respondent",
        summary = "several respondents, whose answers are weighted and combined")
public record Committee(
        List<Member> members,
        @Default("soft") Label label,
        @Default("tie") Ties ties) implements RespondentSource {

    /**
     * One respondent.
     *
     * @param weight of its answers, above 0
     */
    public record Member(
            RespondentSource respondent, @Default("1") double weight) {
        public Member {
            if (!(weight > 0) || Double.isInfinite(weight)) {
                throw new IllegalArgumentException("weight " + weight + " is not a finite number above 0");
            }
        }
    }

    public Committee {
        members = List.copyOf(members);
        if (members.isEmpty()) {
            throw new IllegalArgumentException("members is empty: a committee has at least one");
        }
    }

    @Override
    public List<RespondentSource> sources() {
        return members.stream().map(Member::respondent).toList();
    }

    @Override
    public Respondent open(Opening opening) {
        List<Panel.Seat> seats = new ArrayList<>();
        Map<String, Integer> names = new HashMap<>();
        for (Member member : members) {
            Respondent respondent = member.respondent.open(opening);
            int number = names.merge(respondent.identity().name(), 1, Integer::sum);
            seats.add(new Panel.Seat(respondent, member.weight, number == 1 ? "" : "member " + number));
        }
        String weights = members.stream().map(m -> "" + m.weight).collect(Collectors.joining(","));
        String settings = "weights=%s label=%s ties=%s".formatted(weights, label, ties);
        List<Respondent> respondents = seats.stream().map(Panel.Seat::member).toList();
        return new Panel(Composite.identity("committee", settings, respondents), seats, new Votes(label, ties), false);
    }
}
