package org.thurstone.lab;

import java.util.Set;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.example.ExampleKind;
import org.thurstone.train.loss.Batch;
import org.thurstone.train.loss.DemonstrationBatch;
import org.thurstone.train.loss.ListBatch;
import org.thurstone.train.loss.PairBatch;
import org.thurstone.train.loss.PairLoss;
import org.thurstone.train.loss.SingleBatch;
import org.thurstone.train.signal.Signal;

/** A loss that is always 0, with gradient 0. It accepts every kind of example. */
record ZeroLoss() implements PairLoss {

    @Override
    public Tensor on(Batch batch) {
        return switch (batch) {
            case PairBatch pairs -> hard(pairs);
            case SingleBatch singles -> singles.completions().sum().mul(0);
            case ListBatch lists ->
                lists.asLists(lists.completions().sum()).mul(0).sum(1);
            case DemonstrationBatch shown -> shown.completions().sum().mul(0);
        };
    }

    @Override
    public Tensor hard(PairBatch batch) {
        return batch.chosen().sum().mul(0);
    }

    @Override
    public Set<ExampleKind> accepts() {
        return Set.of(ExampleKind.values());
    }

    @Override
    public Set<Signal> signals() {
        return Set.of();
    }
}
