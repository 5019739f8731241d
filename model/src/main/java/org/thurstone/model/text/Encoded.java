package org.thurstone.model.text;

import java.util.List;
import org.thurstone.data.Example;
import org.thurstone.model.TokenTree;

/** What became of an example: a tree to train on, or a reason why there is none. */
public sealed interface Encoded {

    /**
     * @param tree the prompt as the root, one leaf for each completion, in order
     */
    record Kept(String promptId, TokenTree tree) implements Encoded {}

    /**
     * @param reason for the list of dropped rows: lower case, no full stop
     */
    record Dropped(String promptId, String reason) implements Encoded {}

    /** An example and its tree. */
    record Row<E extends Example>(E example, TokenTree tree) {}

    /** A data set's examples, in order, without the dropped ones, which are listed beside them. */
    record Rows<E extends Example>(List<Row<E>> kept, List<Dropped> dropped) {
        public Rows {
            kept = List.copyOf(kept);
            dropped = List.copyOf(dropped);
        }
    }
}
