package org.thurstone.train.loss.score;

import java.util.Optional;
import java.util.Set;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.ListBatch;
import org.thurstone.train.loss.PairBatch;
import org.thurstone.train.loss.Sequences;
import org.thurstone.train.loss.SpecialData;
import org.thurstone.train.signal.Signal;

/** The score of a completion, which increases with its probability under the policy. */
public interface Score {

    /**
     * The score of each completion on its own.
     *
     * @return (n)
     */
    Tensor of(Sequences completions);

    /** The scores of both sides of pairs; overridden where one side's depends on the other. */
    default PairScores of(PairBatch pairs) {
        return new PairScores(of(pairs.chosen()), of(pairs.rejected()));
    }

    /**
     * The scores of lists; overridden where one completion's depends on the others.
     *
     * @return (n, K)
     */
    default Tensor of(ListBatch lists) {
        return lists.asLists(of(lists.completions()));
    }

    /** Data that it is about and that no loop makes, with the score to use instead. */
    default Optional<SpecialData> specialData() {
        return Optional.empty();
    }

    default Set<Signal> signals() {
        return Set.of();
    }
}
