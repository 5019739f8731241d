package org.thurstone.rank.orders;

import java.util.ArrayList;
import java.util.List;
import org.thurstone.data.UserError;
import org.thurstone.rank.Rankings;
import org.thurstone.rank.certainty.Groups;

/**
 * An order as choices: an annotator who orders items chooses a block from those that are left, again and again, until nothing is left to choose from.
 * The last block of an open order is not a choice. Where items fall into groups that cannot be compared, a choice is one among the chosen's own
 * group: those of other groups that were left were never going to be chosen.
 *
 * @param from what there was to choose from, of which the chosen come first
 * @param chosen how many of them were chosen, as equals
 */
record Choice(int[] from, int chosen) {

    /** Sums over subsets of this size are the most that is reasonable. */
    private static final int LARGEST_TIE = 12;

    static List<Choice> of(Rankings.Ranking ranking, Groups groups) {
        List<Choice> choices = new ArrayList<>();
        List<List<Integer>> blocks = ranking.blocks();
        for (int k = 0; k < blocks.size(); k++) {
            boolean last = k == blocks.size() - 1;
            List<Integer> chosen = blocks.get(k);
            if (last && (ranking.open() || chosen.size() == 1)) {
                break;
            }
            if (chosen.size() > LARGEST_TIE) {
                throw new UserError("an order ties " + chosen.size() + " items, more than the " + LARGEST_TIE
                        + " that plackett-luce takes as a tie; if they were merely not ranked, leave them out of the"
                        + " order and read it with --unlisted below");
            }
            List<Integer> from = new ArrayList<>(chosen);
            blocks.subList(k + 1, blocks.size())
                    .forEach(block -> block.stream()
                            .filter(i -> groups.together(i, chosen.getFirst()))
                            .forEach(from::add));
            if (from.size() > 1) {
                choices.add(new Choice(from.stream().mapToInt(Integer::intValue).toArray(), chosen.size()));
            }
        }
        return choices;
    }
}
