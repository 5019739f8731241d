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
 * A log-linear policy over responses with features, in double: p(y|x) ∝ exp(φ(x, y)·θ), the policy class of most theory. Trees are those of
 * {@link TabularPolicy}. Its hidden state is the prompt, one-hot, before the response, and φ(x, y) after it.
 */
public final class LogLinearPolicy implements Policy {

    /** The name of its one parameter. */
    public static final String THETA = "theta";

    /** (prompts, responses, features): fixed, and the policy's own. */
    private final Tensor features;

    private final Parameters parameters = new Parameters();

    private LogLinearPolicy(Tensor features, Tensor theta, boolean trained) {
        this.features = features.own();
        this.parameters.add(THETA, theta, trained);
    }

    /**
     * @param features φ: (prompts, responses, features)
     * @param theta θ at the start: (features)
     */
    public static LogLinearPolicy of(double[][][] features, double[] theta) {
        if (features.length == 0) {
            throw new IllegalArgumentException("a policy needs at least one prompt and one response");
        }
        int responses = features[0].length;
        int width = theta.length;
        double[] flat = new double[features.length * responses * width];
        for (int x = 0; x < features.length; x++) {
            if (features[x].length != responses) {
                throw new IllegalArgumentException(
                        "prompt " + x + " has " + features[x].length + " responses, the first " + responses);
            }
            for (int y = 0; y < responses; y++) {
                if (features[x][y].length != width) {
                    throw new IllegalArgumentException("response " + y + " to prompt " + x + " has "
                            + features[x][y].length + " features, theta " + width);
                }
                System.arraycopy(features[x][y], 0, flat, (x * responses + y) * width, width);
            }
        }
        try (Scope scope = Scope.open()) {
            return new LogLinearPolicy(Tensor.of(flat, features.length, responses, width), Tensor.of(theta), true);
        }
    }

    private Tensor logits() {
        return features.matmul(parameters.get(THETA));
    }

    /** (responses): the exact probabilities of the responses to a prompt. */
    public double[] distribution(int prompt) {
        return Table.distribution(this::logits, prompt);
    }

    public int prompts() {
        return (int) features.size(0);
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
        return (int) features.size(1);
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
        return Table.forward(this::logits, () -> features.reshape(-1, features.size(2)), trees, request);
    }

    @Override
    public int stateSize(State state) {
        return state == State.AFTER ? (int) features.size(2) : prompts();
    }

    @Override
    public Decoding decode(int slots, int capacity) {
        return Table.decode(this::logits);
    }

    @Override
    public LogLinearPolicy snapshot() {
        try (Scope scope = Scope.open()) {
            return new LogLinearPolicy(
                    features.copy(), parameters.get(THETA).detach().copy(), false);
        }
    }

    @Override
    public void close() {
        parameters.close();
        features.close();
    }
}
