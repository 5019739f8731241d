package org.thurstone.train.online;

import java.util.List;
import org.thurstone.model.Policy;

/** The iterates of a policy so far: the start first, the one that the present iteration began with last. */
public interface PolicyHistory {

    /** The number of iterates, at least 1. */
    int size();

    /** One of them, open as long as the history is; iterates that are not requested need not be loaded. */
    Policy get(int iterate);

    /** Iterates that are there already. */
    static PolicyHistory of(Policy... iterates) {
        List<Policy> all = List.of(iterates);
        return new PolicyHistory() {
            @Override
            public int size() {
                return all.size();
            }

            @Override
            public Policy get(int iterate) {
                return all.get(iterate);
            }
        };
    }
}
