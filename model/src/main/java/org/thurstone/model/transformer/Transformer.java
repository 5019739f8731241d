package org.thurstone.model.transformer;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.thurstone.model.Decoding;
import org.thurstone.model.Forward;
import org.thurstone.model.ForwardRequest;
import org.thurstone.model.Policy;
import org.thurstone.model.State;
import org.thurstone.model.TokenTree;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Parameters;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

/** A decoder-only transformer as a policy. */
public final class Transformer implements Policy {

    /** Parameters from which on packing the weights pays. Smaller models are over before a second thread has woken up. */
    private static final long PACKED = 4_000_000;

    private final TransformerConfig config;
    private final Parameters parameters;
    private final boolean owner;
    private final boolean checkpointing;
    private final Optional<Lora> lora;
    private final NumberTypes types;
    private final Network network;
    private final PackedCopies copies;

    /**
     * A model that computes in the type of its weights.
     *
     * @param parameters as {@link WeightShapes#shapes} needs them; the transformer closes them
     * @param checkpointing whether training keeps only what goes into each layer and computes the rest again: less memory, a third more
     *     time
     */
    public Transformer(TransformerConfig config, Parameters parameters, boolean checkpointing) {
        this(
                config,
                parameters,
                true,
                checkpointing,
                Optional.empty(),
                NumberTypes.of(parameters.get(config.names().embedding()).type()));
    }

    /**
     * A model that multiplies with its weights in one type and does everything else in float32, whatever type the weights have.
     *
     * @param products the type of the products: rows and weights are rounded to it, sums are not
     */
    public Transformer(TransformerConfig config, Parameters parameters, boolean checkpointing, DType products) {
        this(config, parameters, true, checkpointing, Optional.empty(), new NumberTypes(DType.FLOAT32, products));
    }

    private Transformer(
            TransformerConfig config,
            Parameters parameters,
            boolean owner,
            boolean checkpointing,
            Optional<Lora> lora,
            NumberTypes types) {
        this.config = config;
        this.parameters = parameters;
        this.owner = owner;
        this.checkpointing = checkpointing;
        this.lora = lora;
        this.types = types;
        this.network = new Network(config, parameters, this::adapter, types);
        this.copies = new PackedCopies(network, parameters);
    }

    private Optional<DenseProjection.Adapter> adapter(String projection) {
        return lora.filter(l -> parameters.has(Lora.down(projection)))
                .map(l -> new DenseProjection.Adapter(
                        parameters.get(Lora.down(projection)), parameters.get(Lora.up(projection)), l.scale()));
    }

    /**
     * Fresh weights, to be trained from nothing: normal with deviation √(2/(5·width)), "small init", arXiv:1910.05895. The customary 0.02 is
     * that of wide models; at width 144 it spends half of a short training on a plateau.
     */
    public static Transformer initialise(TransformerConfig config, RandomGenerator random, DType type, Device device) {
        double deviation = Math.sqrt(2.0 / (5 * config.width()));
        return new Transformer(config, WeightShapes.random(config, deviation, random, type, device), false);
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
        return forward(trees, ForwardRequest.of(training));
    }

    @Override
    public Forward forward(List<TokenTree> trees, ForwardRequest request) {
        if (request.training()) {
            copies.drop();
        }
        return new TreePass(
                network, TreeBatch.of(trees, config.vocabulary(), config.context()), request, checkpointing);
    }

    @Override
    public int stateSize(State state) {
        return config.width();
    }

    @Override
    public int layerCount() {
        return config.layers().size();
    }

    @Override
    public Decoding decode(int slots, int capacity) {
        if (slots < 1 || capacity < 1 || capacity > config.context()) {
            throw new IllegalArgumentException("a session of " + slots + " slots of " + capacity
                    + " tokens: there has to be at least one of each, and the model's context is " + config.context());
        }
        return parameters.count() >= PACKED && PackedNetwork.possible(network)
                ? steadyDecoding(slots, capacity)
                : new CachedDecoding(network, slots, capacity);
    }

    /** A session by packed weights, whatever the size of the model. */
    Decoding steadyDecoding(int slots, int capacity) {
        return new SteadyDecoding(copies.open(), slots, capacity);
    }

    @Override
    public Transformer snapshot() {
        Parameters copies = new Parameters();
        copy(copies, name -> true);
        return new Transformer(config, copies, true, checkpointing, lora, types);
    }

    private void copy(Parameters copies, Predicate<String> wanted) {
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            parameters.all().forEach((name, tensor) -> {
                if (wanted.test(name)) {
                    copies.add(name, tensor.detach().copy(), false);
                }
            });
        }
    }

    /** The adapter that is being trained, if there is one. */
    public Optional<Lora> lora() {
        return lora;
    }

    /**
     * This model with a fresh adapter. It takes the weights over, frozen: use the adapted model from now on, and close only that.
     *
     * @throws IllegalArgumentException if there is an adapter already, or a target is no projection of the model
     */
    public Transformer adapt(Lora adapter, RandomGenerator random) {
        if (lora.isPresent()) {
            throw new IllegalArgumentException(
                    "the model has an adapter already: merge it first (thurstone model merge DIR --output MERGED)");
        }
        adapter.shapes(config); // refuses what does not fit before anything is frozen
        parameters.all().values().forEach(t -> t.requiresGrad(false));
        adapter.attach(config, parameters, random, network.type(), network.device());
        copies.close();
        network.close();
        return new Transformer(config, parameters, true, checkpointing, Optional.of(adapter), types);
    }

    /**
     * This model without its adapter, on the same weights: the reference policy of a run that trains an adapter, at no memory. Closing it
     * leaves the weights alone.
     */
    public Transformer base() {
        return new Transformer(config, parameters, false, checkpointing, Optional.empty(), types);
    }

    /** A trainable copy with the adapter worked into the weights. */
    public Transformer merged() {
        Parameters copies = new Parameters();
        copy(copies, name -> !name.startsWith(Lora.PREFIX));
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            copies.all().forEach((name, weight) -> {
                String projection =
                        name.endsWith(".weight") ? name.substring(0, name.length() - ".weight".length()) : name;
                adapter(projection).ifPresent(a -> {
                    Tensor change = a.up().matmul(a.down()).mul(a.scale());
                    weight.add_(config.transposed() ? change.transpose(0, 1) : change);
                });
                weight.requiresGrad(true);
            });
        }
        return new Transformer(config, copies, true, checkpointing, Optional.empty(), types);
    }

    @Override
    public void close() {
        copies.close();
        network.close();
        if (owner) {
            parameters.close();
        }
    }
}
