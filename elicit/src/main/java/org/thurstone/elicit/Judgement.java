package org.thurstone.elicit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.thurstone.data.Completion;
import org.thurstone.data.Preference;

/** A judgement of the alternatives of a question. */
public sealed interface Judgement {

    /** The preference between two alternatives: a side, a tie, both bad, a grade, or a probability. Preferences of several pairs may be cyclic. */
    record Preferred(Preference preference) implements Judgement {}

    /**
     * A number for each alternative, larger is better.
     *
     * @param scores finite; empty where there is none
     */
    record Scored(List<OptionalDouble> scores) implements Judgement {
        public Scored {
            scores = List.copyOf(scores);
            for (OptionalDouble score : scores) {
                if (score.isPresent() && !Double.isFinite(score.getAsDouble())) {
                    throw new IllegalArgumentException("a score must be a finite number, not " + score.getAsDouble());
                }
            }
        }

        /** The score of a single alternative. */
        public static Scored of(double score) {
            return new Scored(List.of(OptionalDouble.of(score)));
        }
    }

    /**
     * An order.
     *
     * @param places of each alternative, 0 the best; equal places are ties
     */
    record Ordered(List<Integer> places) implements Judgement {
        public Ordered {
            places = List.copyOf(places);
            if (places.stream().anyMatch(place -> place < 0)) {
                throw new IllegalArgumentException("places are at least 0; got " + places);
            }
        }
    }

    /**
     * A better version of an alternative.
     *
     * @param of its index
     */
    record Edited(int of, Completion better) implements Judgement {}

    /** A completion that was written for the prompt. */
    record Written(Completion completion) implements Judgement {}

    /** No judgement, and why. */
    record Abstained(String reason) implements Judgement {}

    /** Whether this can answer a question of a form about so many alternatives. */
    default boolean answers(Question.Form form, int alternatives) {
        return switch (this) {
            case Preferred p -> form == Question.Form.PAIR;
            case Scored(List<OptionalDouble> scores) ->
                (form == Question.Form.RATE || form == Question.Form.VERIFY) && scores.size() == alternatives;
            case Ordered(List<Integer> places) -> form == Question.Form.RANK && places.size() == alternatives;
            case Edited(int of, Completion better) -> form == Question.Form.EDIT && of >= 0 && of < alternatives;
            case Written w -> form == Question.Form.WRITE;
            case Abstained a -> true;
        };
    }

    /**
     * The same judgement about the same alternatives in another order.
     *
     * @param order for each place in what is shown, the index in the requested order
     */
    default Judgement from(List<Integer> order) {
        return switch (this) {
            case Preferred(Preference p) -> order.getFirst() == 0 ? this : new Preferred(p.swapped());
            case Scored(List<OptionalDouble> scores) -> new Scored(scattered(scores, order));
            case Ordered(List<Integer> places) -> new Ordered(scattered(places, order));
            case Edited(int of, Completion better) -> new Edited(order.get(of), better);
            case Written w -> w;
            case Abstained a -> a;
        };
    }

    private static <T> List<T> scattered(List<T> values, List<Integer> order) {
        List<T> to = new ArrayList<>(Collections.nCopies(values.size(), values.getFirst()));
        for (int i = 0; i < order.size(); i++) {
            to.set(order.get(i), values.get(i));
        }
        return to;
    }
}
