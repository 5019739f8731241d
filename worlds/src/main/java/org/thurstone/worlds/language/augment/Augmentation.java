package org.thurstone.worlds.language.augment;

import java.util.List;
import org.thurstone.data.Example;

/** Transforms training examples. Held-out examples are treated alike. */
public interface Augmentation {

    /**
     * What is learned from in the place of an example.
     *
     * @throws org.thurstone.data.UserError if the example lacks what is needed
     */
    List<Example> of(Example example);
}
