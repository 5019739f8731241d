package org.thurstone.model.text;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.thurstone.data.Example;
import org.thurstone.model.TokenTree;

/** The result of encoding an example: a tree to train on, or the reason why there is none. */
public sealed interface Encoded {

    /**
     * @param trees one for each prompt: the prompt as the root, one leaf for each completion, in order
     * @param notes what the user should know, such as that a completion was cut; the same note may occur more than once
     */
    record Included(String promptId, List<TokenTree> trees, List<String> notes) implements Encoded {
        public Included {
            trees = List.copyOf(trees);
            notes = List.copyOf(notes);
        }

        /** Other trees of the same example. */
        public Included withTrees(List<TokenTree> others) {
            return new Included(promptId, others, notes);
        }

        /** The tree of an example with one prompt. */
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

    /** A data set's examples, in order, and the dropped ones with their reasons. */
    record Rows<E extends Example>(List<Row<E>> kept, List<Dropped> dropped, Map<String, Integer> notes) {
        public Rows {
            kept = List.copyOf(kept);
            dropped = List.copyOf(dropped);
            notes = Collections.unmodifiableMap(new TreeMap<>(notes));
        }
    }
}
