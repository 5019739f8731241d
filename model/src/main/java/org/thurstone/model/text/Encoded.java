package org.thurstone.model.text;

import java.util.List;
import org.thurstone.data.Example;
import org.thurstone.model.TokenTree;

/** What became of an example: a tree to train on, or a reason why there is none. */
public sealed interface Encoded {

    /**
     * @param trees one for each prompt: the prompt as the root, one leaf for each completion, in order
     */
    record Included(String promptId, List<TokenTree> trees) implements Encoded {
        public Included {
            trees = List.copyOf(trees);
        }

        /** Of an example with one prompt. */
        public TokenTree tree() {
            if (trees.size() != 1) {
                throw new IllegalStateException("prompt " + promptId + " is one of " + trees.size());
            }
            return trees.getFirst();
        }
    }

    /**
     * @param reason for the list of dropped rows: lower case, no full stop
     */
    record Dropped(String promptId, String reason) implements Encoded {}

    /** An example and its trees. */
    record Row<E extends Example>(E example, List<TokenTree> trees) {}

    /** A data set's examples, in order, without the dropped ones, which are listed beside them. */
    record Rows<E extends Example>(List<Row<E>> kept, List<Dropped> dropped) {
        public Rows {
            kept = List.copyOf(kept);
            dropped = List.copyOf(dropped);
        }
    }
}
