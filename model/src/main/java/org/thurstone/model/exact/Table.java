package org.thurstone.model.exact;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.thurstone.model.Decoding;
import org.thurstone.model.Forward;
import org.thurstone.model.ForwardRequest;
import org.thurstone.model.TokenTree;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

/** The common part of policies with (prompts, responses) logits. */
final class Table {

    private Table() {}

    /**
     * @param logits (prompts, responses), recorded for gradients where these are on
     * @param features (prompts · responses, size): what is known of a response to a prompt, which is its state
     */
    static Forward forward(
            Supplier<Tensor> logits, Supplier<Tensor> features, List<TokenTree> trees, ForwardRequest request) {
        try (Gradients gradients = request.training() ? Gradients.on() : Gradients.off()) {
            Tensor table = logits.get();
            long responses = table.size(1);
            List<Long> cells = new ArrayList<>();
            for (TokenTree tree : trees) {
                int[] trunk = tree.segments().getFirst().tokens();
                if (trunk.length != 1) {
                    throw new IllegalArgumentException("a prompt of this policy is one token, not " + trunk.length);
                }
                long prompt = within(trunk[0], table.size(0), "prompt");
                for (TokenTree.Segment s :
                        tree.segments().subList(1, tree.segments().size())) {
                    if (s.parent() != 0 || s.tokens().length != 1) {
                        throw new IllegalArgumentException("a response of this policy is one token after its prompt");
                    }
                    if (s.scored().get(0)) {
                        cells.add(prompt * responses + within(s.tokens()[0], responses, "response"));
                    }
                }
            }
            long[] flat = cells.stream().mapToLong(Long::longValue).toArray();
            return new TablePass(table, features, flat, request);
        }
    }

    /** (size, size): states of things that have nothing in common. */
    static Tensor oneHot(long size) {
        Tensor identity = Tensor.full(1, DType.FLOAT64, Device.CPU, size, size);
        return identity.tril(0).sub(identity.tril(-1));
    }

    /** One token can follow a prompt, and nothing can follow that. */
    static Decoding decode(Supplier<Tensor> logits) {
        return new Decoding() {
            @Override
            public Tensor start(List<int[]> prompts, List<int[]> slots) {
                Tensor table = logits.get();
                int[] rows = new int[prompts.size()];
                for (int i = 0; i < rows.length; i++) {
                    if (prompts.get(i).length != 1) {
                        throw new IllegalArgumentException(
                                "a prompt of this policy is one token, not " + prompts.get(i).length);
                    }
                    rows[i] = (int) within(prompts.get(i)[0], table.size(0), "prompt");
                }
                return table.indexSelect(0, Tensor.of(rows)).to(DType.FLOAT32);
            }

            @Override
            public Tensor step(int[] slots, int[] tokens) {
                throw new IllegalStateException("a response of this policy is one token: nothing follows it");
            }

            @Override
            public void grow(int capacity) {}

            @Override
            public void close() {}
        };
    }

    /** (responses): probabilities after a prompt. */
    static double[] distribution(Supplier<Tensor> logits, int prompt) {
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            Tensor table = logits.get();
            return table.select(0, within(prompt, table.size(0), "prompt"))
                    .softmax(-1)
                    .toDoubles();
        }
    }

    private static long within(int id, long count, String what) {
        if (id < 0 || id >= count) {
            throw new IllegalArgumentException("there is no " + what + " " + id + ": they are 0 … " + (count - 1));
        }
        return id;
    }
}
