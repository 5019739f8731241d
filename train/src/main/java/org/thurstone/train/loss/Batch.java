package org.thurstone.train.loss;

import org.thurstone.train.example.ExampleKind;

/** A batch of examples of one kind, as a loss receives it. */
public sealed interface Batch permits PairBatch, SingleBatch, ListBatch, DemonstrationBatch {

    ExampleKind kind();

    /** The number of examples, n. */
    long count();

    /** Which examples these are, and what is remembered of those before them. */
    Context context();

    /** The state that a loss carries from batch to batch. */
    default Memory memory() {
        return context().memory();
    }
}
