package org.thurstone.elicit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.thurstone.data.Completion;

/**
 * A question with the order in which its alternatives are shown. The order that a question is shown in by default is drawn from its id, so that it
 * is the same in every process and favours no alternative.
 *
 * @param order for each place in what is shown the index of an alternative; a permutation
 */
public record Presentation(Question question, List<Integer> order) {

    public Presentation {
        order = List.copyOf(order);
        List<Integer> sorted = order.stream().sorted().toList();
        for (int i = 0; i < sorted.size(); i++) {
            if (sorted.get(i) != i || sorted.size() != question.alternatives().size()) {
                throw new IllegalArgumentException("the order " + order + " does not show each of the "
                        + question.alternatives().size() + " alternatives once");
            }
        }
    }

    /** The question with its alternatives in the order drawn from its id. */
    public static Presentation of(Question question) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < question.alternatives().size(); i++) {
            order.add(i);
        }
        SplittableRandom random = new SplittableRandom(Long.parseUnsignedLong(question.id(), 0, 16, 16));
        for (int last = order.size() - 1; last > 0; last--) {
            Collections.swap(order, last, random.nextInt(last + 1));
        }
        return new Presentation(question, order);
    }

    /** A judgement about the alternatives in their own order, as an {@link Answer} has it, about them in the order shown. */
    public Judgement asShown(Judgement judgement) {
        List<Integer> places = new ArrayList<>(order);
        for (int place = 0; place < order.size(); place++) {
            places.set(order.get(place), place);
        }
        return judgement.from(places);
    }

    /** The same question, shown the other way round. */
    public Presentation reversed() {
        return new Presentation(question, order.reversed());
    }

    /** The alternatives as they are shown. */
    public List<Completion> shown() {
        return order.stream().map(question.alternatives()::get).toList();
    }

    /** What an entry of the ledger is found by, together with the respondent: {@code ID:0,1}. */
    public String key() {
        return key(question.id(), order);
    }

    /** The {@link #key()} of a question by its id, for readers that have no more of it. */
    public static String key(String id, List<Integer> order) {
        StringBuilder key = new StringBuilder(id).append(':');
        for (int i = 0; i < order.size(); i++) {
            key.append(i == 0 ? "" : ",").append(order.get(i));
        }
        return key.toString();
    }
}
