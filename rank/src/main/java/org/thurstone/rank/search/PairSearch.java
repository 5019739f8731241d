package org.thurstone.rank.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thurstone.data.Completion;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.data.UserError;
import org.thurstone.elicit.Answer;
import org.thurstone.elicit.Inquiry;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;

/**
 * PairS (arXiv:2403.16950): a merge sort whose comparisons are probabilities. Where one is certain its answer is followed; where it is near ½ both
 * answers are, and the most probable of the open orders are kept. Ranking takes about n·log₂ n pairs, and somewhat more with a beam.
 *
 * <p>Pairs are questions like any others: what the ledger has an answer to is not asked again, and a search that waits for people is taken up
 * where it was. A preference for a position is asked away by {@link org.thurstone.elicit.respondent.BothOrders}, for twice the calls.
 *
 * <p>On simulated judges whose answers were blurred pair by pair the beam agreed with the truth no better than plain merge sort did.
 *
 * @param beam how many orders are kept at most, at least 1; 1 is plain merge sort
 * @param doubt how near ½ a probability must be for both answers to be followed, in [0, ½]
 */
public record PairSearch(int beam, double doubt) {

    private static final double NEVER = 1e-9;

    public PairSearch {
        if (beam < 1) throw new IllegalArgumentException("beam is " + beam + ", not at least 1");
        if (!(doubt >= 0 && doubt <= 0.5))
            throw new IllegalArgumentException("doubt is " + doubt + ", not within 0 … 0.5");
    }

    /**
     * An order and what it cost.
     *
     * @param order the best first
     * @param logProbability the mean of the logarithms of the probabilities that it follows, in its last merge
     * @param pairs how many different pairs were asked
     */
    public record Found(List<Completion> order, double logProbability, int pairs) {}

    /**
     * Ranks completions of a prompt. Two that are equal tie, unasked.
     *
     * @param respondent answers pairs; a verdict is a probability of 1, ½ or 0
     * @throws org.thurstone.elicit.Parked if an answer is waited for
     * @throws UserError if the respondent leaves more pairs without an answer than the inquiry tolerates, which may be none of one pair
     */
    public Found rank(Prompt prompt, List<Completion> completions, Inquiry inquiry, Respondent respondent) {
        Pairs pairs = new Pairs(prompt, completions, inquiry, respondent);
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < completions.size(); i++) all.add(i);
        Open best = sorted(all, pairs);
        return new Found(best.order().stream().map(completions::get).toList(), best.mean(), pairs.known.size());
    }

    private Open sorted(List<Integer> part, Pairs pairs) {
        if (part.size() < 2) return new Open(part, 0, 0, 0, 0);
        int half = part.size() / 2;
        List<Integer> left = sorted(part.subList(0, half), pairs).order();
        List<Integer> right = sorted(part.subList(half, part.size()), pairs).order();
        List<Open> open = List.of(new Open(List.of(), 0, 0, 0, 0));
        for (int placed = 0; placed < part.size(); placed++) {
            List<Open> next = new ArrayList<>();
            for (Open each : open) extend(each, left, right, pairs, next);
            next.sort(Comparator.comparingDouble(Open::mean).reversed());
            open = next.size() > beam ? List.copyOf(next.subList(0, beam)) : next;
        }
        return open.getFirst();
    }

    private void extend(Open open, List<Integer> left, List<Integer> right, Pairs pairs, List<Open> into) {
        if (open.taken() == left.size()) {
            into.add(open.with(right.get(open.rest()), false, Double.NaN));
        } else if (open.rest() == right.size()) {
            into.add(open.with(left.get(open.taken()), true, Double.NaN));
        } else {
            int a = left.get(open.taken());
            int b = right.get(open.rest());
            double p = pairs.prefers(a, b);
            boolean both = beam > 1 && Math.abs(p - 0.5) <= doubt;
            if (p >= 0.5 || both) into.add(open.with(a, true, p));
            if (p < 0.5 || both) into.add(open.with(b, false, 1 - p));
        }
    }

    /**
     * An order that is being merged.
     *
     * @param taken how many of it came from the left part, and {@code rest} from the right
     * @param log the sum of the logarithms of {@code steps} probabilities
     */
    private record Open(List<Integer> order, int taken, int rest, double log, int steps) {

        double mean() {
            return steps == 0 ? 0 : log / steps;
        }

        Open with(int item, boolean fromLeft, double probability) {
            List<Integer> longer = new ArrayList<>(order);
            longer.add(item);
            boolean asked = !Double.isNaN(probability);
            return new Open(
                    longer,
                    taken + (fromLeft ? 1 : 0),
                    rest + (fromLeft ? 0 : 1),
                    log + (asked ? Math.log(Math.max(NEVER, probability)) : 0),
                    steps + (asked ? 1 : 0));
        }
    }

    /** Asks about pairs, and remembers what it was told. */
    private static final class Pairs {
        private final Prompt prompt;
        private final List<Completion> completions;
        private final Inquiry inquiry;
        private final Respondent respondent;
        private final Map<Long, Double> known = new HashMap<>();

        Pairs(Prompt prompt, List<Completion> completions, Inquiry inquiry, Respondent respondent) {
            this.prompt = prompt;
            this.completions = completions;
            this.inquiry = inquiry;
            this.respondent = respondent;
        }

        /** The probability that the first is the better one. */
        double prefers(int a, int b) {
            if (a > b) return 1 - prefers(b, a);
            if (completions.get(a).equals(completions.get(b))) return 0.5;
            return known.computeIfAbsent(((long) a << 32) | b, pair -> asked(completions.get(a), completions.get(b)));
        }

        private double asked(Completion one, Completion other) {
            Question question = Question.pair(prompt, one, other);
            Answer answer = inquiry.ask(respondent, List.of(question)).get(question);
            if (answer == null || !(answer.judgement() instanceof Judgement.Preferred(Preference preference))) {
                throw new UserError("a search cannot continue without an answer, and "
                        + respondent.identity().name() + " gave none to " + question);
            }
            double first = preference.probability();
            return question.indexOf(one) == 0 ? first : 1 - first;
        }
    }
}
