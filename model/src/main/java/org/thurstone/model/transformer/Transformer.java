package org.thurstone.model.transformer;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.thurstone.model.Decoding;
import org.thurstone.model.Forward;
import org.thurstone.model.Policy;
import org.thurstone.model.TokenTree;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Parameters;

/** A decoder-only transformer as a policy. */
public final class Transformer implements Policy {

    /** The standard deviation of fresh weights, as in GPT-2 and after. */
    public static final double INITIAL_DEVIATION = 0.02;

    private final TransformerConfig config;
    private final Parameters parameters;
    private final boolean checkpointing;
    private final Network network;

    /**
     * @param parameters as {@link Blueprint#shapes} wants them; the transformer closes them
     * @param checkpointing whether training keeps only what goes into each layer and computes the rest again: less memory, a third more
     *     time
     */
    public Transformer(TransformerConfig config, Parameters parameters, boolean checkpointing) {
        this.config = config;
        this.parameters = parameters;
        this.checkpointing = checkpointing;
        this.network = new Network(config, parameters, name -> Optional.empty());
    }

    /** Fresh weights, to be trained from nothing. */
    public static Transformer initialise(TransformerConfig config, RandomGenerator random, DType type, Device device) {
        return new Transformer(config, Blueprint.random(config, INITIAL_DEVIATION, random, type, device), false);
    }

    public TransformerConfig config() {
        return config;
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public int vocabulary() {
        return config.vocabulary();
    }

    @Override
    public int context() {
        return config.context();
    }

    @Override
    public Forward forward(List<TokenTree> trees, boolean training) {
        return new TreePass(
                network, TreeBatch.of(trees, config.vocabulary(), config.context()), training, checkpointing);
    }

    @Override
    public Decoding decode(int slots, int capacity) {
        return new CachedDecoding(network, slots, capacity);
    }

    @Override
    public Policy snapshot() {
        Parameters copies = new Parameters();
        parameters
                .all()
                .forEach((name, tensor) -> copies.add(name, tensor.detach().copy(), false));
        return new Transformer(config, copies, checkpointing);
    }

    @Override
    public void close() {
        network.close();
        parameters.close();
    }
}
