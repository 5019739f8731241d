package org.thurstone.train.loss.composed;

import java.util.Optional;
import java.util.Set;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.ListBatch;
import org.thurstone.train.loss.ListLoss;
import org.thurstone.train.loss.SpecialData;
import org.thurstone.train.signal.Signal;

/** A published loss over lists that is a composition under a name; {@link Preset} is the same for pairs. */
public interface ListPreset extends ListLoss {

    /** The composition that the name stands for. */
    Composed composition();

    @Override
    default Optional<SpecialData> specialData() {
        return composition().specialData();
    }

    @Override
    default Set<Signal> signals() {
        return composition().signals();
    }

    @Override
    default Tensor each(ListBatch batch) {
        return composition().on(batch);
    }
}
