package org.thurstone.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.thurstone.model.Decoding;
import org.thurstone.model.Forward;
import org.thurstone.model.Policy;
import org.thurstone.model.TokenTree;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Parameters;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

/** A policy whose next token depends on the one before it: small enough to check by hand, and it reads trees of any shape. */
final class Bigrams implements Policy {

    private final Parameters parameters = new Parameters();

    /** Tokens that {@link #forward} has read so far. */
    long read;

    private Bigrams(Tensor logits, boolean trained) {
        parameters.add("logits", logits, trained);
    }

    static Bigrams random(int vocabulary, long seed) {
        Random random = new Random(seed);
        double[] logits = random.doubles((long) vocabulary * vocabulary).toArray();
        try (Scope scope = Scope.open()) {
            return new Bigrams(Tensor.of(logits, vocabulary, vocabulary), true);
        }
    }

    Tensor logits() {
        return parameters.get("logits");
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public int vocabulary() {
        return (int) logits().size(0);
    }

    @Override
    public int context() {
        return 64;
    }

    @Override
    public Forward forward(List<TokenTree> trees, boolean training) {
        try (Gradients mode = training ? Gradients.on() : Gradients.off()) {
            List<Long> cells = new ArrayList<>();
            for (TokenTree tree : trees) {
                read += tree.size();
                for (TokenTree.Segment s : tree.segments()) {
                    for (int t = 0; t < s.tokens().length; t++) {
                        if (s.scored().get(t)) {
                            int before = t > 0
                                    ? s.tokens()[t - 1]
                                    : last(tree.segments().get(s.parent()));
                            cells.add((long) before * vocabulary() + s.tokens()[t]);
                        }
                    }
                }
            }
            Tensor graph = logits().logSoftmax(-1)
                    .reshape(-1)
                    .indexSelect(0, Tensor.of(cells.stream().mapToLong(c -> c).toArray(), cells.size()));
            return new Forward() {
                @Override
                public Tensor logProbs() {
                    return graph.detach();
                }

                @Override
                public void backward(Tensor gradient) {
                    graph.backward(gradient);
                }
            };
        }
    }

    private static int last(TokenTree.Segment segment) {
        return segment.tokens()[segment.tokens().length - 1];
    }

    @Override
    public Decoding decode(int slots, int capacity) {
        throw new UnsupportedOperationException("nothing is sampled here");
    }

    @Override
    public Bigrams snapshot() {
        try (Scope scope = Scope.open()) {
            return new Bigrams(logits().detach().copy(), false);
        }
    }

    @Override
    public void close() {
        parameters.close();
    }
}
