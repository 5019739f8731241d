package org.thurstone.model.transformer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.thurstone.model.Decoding;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;

/**
 * Decoding by a packed network. The logits of an answer are the same to the last bit whichever other answers are computed with it: products
 * have numbers of rows that agree ({@link RowCounts}), attention goes over exactly the tokens that an answer sees
 * ({@link SteadyAttention}), and each prompt attends in a call of its own.
 */
final class SteadyDecoding implements Decoding {

    /** Tokens of prompts that are read together: what lies between two products of so many rows stays in the processor's cache. */
    private static final int READ_TOGETHER = 256;

    private final PackedCopies.Copy copy;
    private final PackedNetwork packed;
    private final Network network;
    private final KeyValueCache cache;

    /** @param copy closed with this */
    SteadyDecoding(PackedCopies.Copy copy, int slots, int capacity) {
        this.copy = copy;
        this.packed = copy.packed();
        this.network = packed.network();
        this.cache = new KeyValueCache(network, slots, capacity);
    }

    @Override
    public Tensor start(List<int[]> prompts, List<int[]> slots) {
        List<Tensor> parts = new ArrayList<>();
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            for (int from = 0; from < prompts.size(); ) {
                int to = from + 1;
                int tokens = prompts.get(from).length;
                while (to < prompts.size() && tokens + prompts.get(to).length <= READ_TOGETHER) {
                    tokens += prompts.get(to++).length;
                }
                try (Scope some = Scope.open()) {
                    parts.add(some.keep(read(prompts.subList(from, to), slots.subList(from, to))));
                }
                from = to;
            }
            return scope.keep(parts.size() == 1 ? parts.getFirst() : Tensor.cat(parts, 0));
        }
    }

    /** The logits after each of some prompts. */
    private Tensor read(List<int[]> prompts, List<int[]> slots) {
        TreeBatch batch = TreeBatch.ofPaths(prompts, network.config());
        cache.begin(prompts, slots);
        TreeAttention among = network.attentionByTree(batch);
        Tensor x = network.embed(batch.tokens(), batch.positions());
        x = Layer.through(packed.reading(), x, new FillingAttention(among, batch, slots, cache));
        return packed.logits(x.indexSelect(0, network.indices(batch.ends())));
    }

    @Override
    public Tensor step(int[] slots, int[] tokens) {
        cache.checkRoom(slots);
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            // By length, so that answers of a like length lie together.
            int[] order = IntStream.range(0, slots.length)
                    .boxed()
                    .sorted(Comparator.comparingInt((Integer i) -> cache.length(slots[i]))
                            .thenComparingInt(i -> slots[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            List<Tensor> parts = new ArrayList<>();
            int most = packed.stepRows().largest();
            for (int from = 0; from < order.length; from += most) {
                parts.add(some(Arrays.copyOfRange(order, from, Math.min(order.length, from + most)), slots, tokens));
            }
            Tensor logits = parts.size() == 1 ? parts.getFirst() : Tensor.cat(parts, 0);
            cache.advance(slots);
            return scope.keep(inOrder(order) ? logits : logits.indexSelect(0, network.indices(inverse(order))));
        }
    }

    /** The logits of some of the slots. */
    private Tensor some(int[] order, int[] slots, int[] tokens) {
        int[] into = Arrays.stream(order).map(i -> slots[i]).toArray();
        int[] last = Arrays.stream(order).map(i -> tokens[i]).toArray();
        int[] places = Arrays.stream(into).map(cache::length).toArray();
        int rows = packed.stepRows().next(into.length);
        Tensor x = RowCounts.padded(network.embed(last, places), rows);
        x = Layer.through(packed.stepping(), x, new SteadyAttention(network, cache, into, rows));
        Tensor logits = packed.logits(x);
        return rows == into.length ? logits : logits.narrow(0, 0, into.length);
    }

    private static boolean inOrder(int[] order) {
        return IntStream.range(0, order.length).allMatch(i -> order[i] == i);
    }

    private static int[] inverse(int[] order) {
        int[] inverse = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            inverse[order[i]] = i;
        }
        return inverse;
    }

    @Override
    public void grow(int capacity) {
        cache.grow(capacity);
    }

    @Override
    public void close() {
        cache.close();
        copy.close();
    }
}
