package org.thurstone.model.exact;

import java.util.List;
import org.thurstone.model.Decoding;
import org.thurstone.model.Forward;
import org.thurstone.model.ForwardRequest;
import org.thurstone.model.Policy;
import org.thurstone.model.State;
import org.thurstone.model.TokenTree;
import org.thurstone.tensor.Parameters;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

/**
 * A free logit for every response to every prompt, in double: p(y|x) = softmax(logits[x])[y]. A tree is the token x with branches of one
 * token y; prompts and responses are numbered apart, each from 0. Its hidden states are one-hot: the prompt before the response, the pair of
 * both after it, so that a linear head on them is a table of its own.
 */
public final class TabularPolicy implements Policy {

    private static final String LOGITS = "logits";

    private final Parameters parameters;

    private TabularPolicy(Parameters parameters) {
        this.parameters = parameters;
    }

    /** Uniform. */
    public static TabularPolicy uniform(int prompts, int responses) {
        return of(new double[prompts][responses]);
    }

    /**
     * @param logits (prompts, responses), a row for each prompt
     */
    public static TabularPolicy of(double[][] logits) {
        try (Scope scope = Scope.open()) {
            return new TabularPolicy(holding(tensor(logits), true));
        }
    }

    private static Tensor tensor(double[][] rows) {
        if (rows.length == 0 || rows[0].length == 0) {
            throw new IllegalArgumentException("a policy needs at least one prompt and one response");
        }
        int width = rows[0].length;
        double[] flat = new double[rows.length * width];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != width) {
                throw new IllegalArgumentException(
                        "prompt " + i + " has " + rows[i].length + " logits, the first " + width);
            }
            System.arraycopy(rows[i], 0, flat, i * width, width);
        }
        return Tensor.of(flat, rows.length, width);
    }

    private static Parameters holding(Tensor logits, boolean trained) {
        Parameters parameters = new Parameters();
        parameters.add(LOGITS, logits, trained);
        return parameters;
    }

    private Tensor logits() {
        return parameters.get(LOGITS);
    }

    /** (responses): the exact probabilities of the responses to a prompt. */
    public double[] distribution(int prompt) {
        return Table.distribution(this::logits, prompt);
    }

    public int prompts() {
        return (int) logits().size(0);
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public int layerCount() {
        return 1;
    }

    /** The number of responses. */
    @Override
    public int vocabulary() {
        return (int) logits().size(1);
    }

    @Override
    public int context() {
        return 2;
    }

    @Override
    public Forward forward(List<TokenTree> trees, boolean training) {
        return forward(trees, ForwardRequest.of(training));
    }

    @Override
    public Forward forward(List<TokenTree> trees, ForwardRequest request) {
        return Table.forward(this::logits, () -> Table.oneHot((long) prompts() * vocabulary()), trees, request);
    }

    @Override
    public int stateSize(State state) {
        return state == State.AFTER ? prompts() * vocabulary() : prompts();
    }

    @Override
    public Decoding decode(int slots, int capacity) {
        return Table.decode(this::logits);
    }

    @Override
    public TabularPolicy snapshot() {
        try (Scope scope = Scope.open()) {
            return new TabularPolicy(holding(logits().detach().copy(), false));
        }
    }

    @Override
    public void close() {
        parameters.close();
    }
}
