package org.thurstone.model.transformer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.PackedMatrix;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

/**
 * A network with packed copies of its matrices, for passes without gradients. The copies have the weights' values at the time when they were
 * made, adapters worked in.
 */
final class PackedNetwork implements AutoCloseable {

    /** Rows at a time when answers grow by a token each. */
    private static final int STEP_ROWS = 16;

    private static final int MOST_STEP_ROWS = 64;

    /** Rows at a time when prompts are read. */
    private static final int READ_ROWS = 128;

    private static final int MOST_READ_ROWS = 256;

    /**
     * Numbers that a processor computes at once, at most. Rows of activations are filled up to multiples of it: the last numbers of a tensor that do
     * not fill a vector go through other functions, which round differently.
     */
    private static final int VECTOR = 64;

    private final Network network;
    private final List<Map<Role, PackedMatrix>> matrices;
    private final PackedMatrix head;
    private final RowCounts stepRows;
    private final List<Layer> stepping;
    private final List<Layer> reading;

    PackedNetwork(Network network) {
        this.network = network;
        long inner = Math.ceilDiv(network.config().inner(), VECTOR) * (long) VECTOR;
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            this.matrices = network.layers().stream()
                    .map(l -> l.weights().pack(inner, STEP_ROWS))
                    .toList();
        }
        this.head = network.head().pack(STEP_ROWS);
        List<PackedMatrix> inLayers =
                matrices.stream().flatMap(m -> m.values().stream()).toList();
        this.stepRows = RowCounts.agreeing(
                Stream.concat(inLayers.stream(), Stream.of(head)).toList(), STEP_ROWS, MOST_STEP_ROWS);
        this.stepping = layers(stepRows);
        this.reading = layers(RowCounts.agreeing(inLayers, READ_ROWS, MOST_READ_ROWS));
    }

    /** Whether a network can be packed where it is. */
    static boolean possible(Network network) {
        return PackedMatrix.available(network.types().products(), network.device());
    }

    private List<Layer> layers(RowCounts rows) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < matrices.size(); i++) {
            Weights dense = network.layers().get(i).weights();
            layers.add(new Layer(network.config(), i, dense.packed(matrices.get(i), rows)));
        }
        return layers;
    }

    Network network() {
        return network;
    }

    /** The layers for single new tokens; see {@link #stepRows}. */
    List<Layer> stepping() {
        return stepping;
    }

    /** The layers for whole prompts. */
    List<Layer> reading() {
        return reading;
    }

    /** The numbers of rows at which the stepping layers and the head give a row the same bits. */
    RowCounts stepRows() {
        return stepRows;
    }

    /** (rows, width), after the last layer, to (rows, vocabulary). */
    Tensor logits(Tensor x) {
        Tensor product =
                new PackedProjection(head, stepRows).apply(network.finalNorm().apply(x));
        return network.head().capped(product);
    }

    @Override
    public void close() {
        matrices.forEach(m -> m.values().forEach(PackedMatrix::close));
        head.close();
    }
}
