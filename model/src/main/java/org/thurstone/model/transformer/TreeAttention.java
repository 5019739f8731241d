package org.thurstone.model.transformer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Tensor;

/**
 * Attention among the tokens of each tree, the only operation that depends on where a tree ends. It is computed in one of two ways: by one call per
 * tree on views, when trees are few and long; or by one call for all, padded to the longest, when they are many and short, so that calls would cost
 * more than padding. What is padded sees itself, so that no softmax is over nothing, and is dropped.
 *
 * <p>Query heads that share a key head become further rows of queries: (key heads, groups · tokens, width) against (key heads, tokens,
 * width). That spares the copies of keys and values, and libtorch's grouped attention is slower.
 */
final class TreeAttention implements AttentionFunction {

    /** Below this much padding, in multiplications saved, another call costs more. */
    private static final long CALL = 40_000;

    private final TransformerConfig config;
    private final TreeBatch batch;
    private final Device device;
    private final RotaryTables turns;
    private final Tensor positions;
    private final Map<Rotary, Rotary.Table> turned = new HashMap<>();
    /** By window, then by call. */
    private final Map<Integer, List<Optional<Tensor>>> masks = new HashMap<>();

    private final boolean padded;
    private final boolean even;
    private final int longest;
    private final Optional<Tensor> pad;
    private final Optional<Tensor> unpad;

    TreeAttention(TransformerConfig config, TreeBatch batch, RotaryTables turns, Device device) {
        this(config, batch, turns, device, paddingIsCheaper(batch.sizes()));
    }

    /** @param padded whether all trees go through one call, padded to the longest */
    TreeAttention(TransformerConfig config, TreeBatch batch, RotaryTables turns, Device device, boolean padded) {
        this.config = config;
        this.batch = batch;
        this.turns = turns;
        this.device = device;
        this.positions = Tensor.of(batch.positions(), batch.positions().length).to(device);
        this.longest = Arrays.stream(batch.sizes()).max().orElse(0);
        this.even = Arrays.stream(batch.sizes()).allMatch(s -> s == longest);
        this.padded = padded;
        this.pad = padded && !even ? Optional.of(pads()) : Optional.empty();
        this.unpad = padded && !even ? Optional.of(unpads()) : Optional.empty();
        // Made now, while the scope of the whole pass is open: layers run in scopes of their own.
        for (TransformerConfig.Attention kind : config.layers()) {
            masks.computeIfAbsent(window(kind), this::masks);
            kind.rotary()
                    .ifPresent(r -> turned.computeIfAbsent(r, x -> turns.of(x).at(positions)));
        }
    }

    private static boolean paddingIsCheaper(int[] sizes) {
        long longest = Arrays.stream(sizes).max().orElse(0);
        long real = Arrays.stream(sizes).mapToLong(s -> (long) s * s).sum();
        long wasted = sizes.length * longest * longest - real;
        return wasted <= CALL * (sizes.length - 1);
    }

    @Override
    public Rotary.Table turns(Rotary rotary) {
        return turned.computeIfAbsent(rotary, r -> turns.of(r).at(positions));
    }

    /** A window that is never left is none. */
    private int window(TransformerConfig.Attention kind) {
        int deepest = Arrays.stream(batch.positions()).max().orElse(0);
        int window = kind.window().orElse(Integer.MAX_VALUE);
        return window > deepest ? Integer.MAX_VALUE : window;
    }

    @Override
    public Tensor attend(int layer, Tensor query, Tensor key, Tensor value) {
        TransformerConfig.Attention kind = config.layers().get(layer);
        List<Optional<Tensor>> seen = masks.computeIfAbsent(window(kind), this::masks);
        if (padded) {
            Tensor out = call(kind, seen.getFirst(), pad(query), pad(key), pad(value), batch.sizes().length, longest);
            return unpad.isPresent() ? out.indexSelect(0, unpad.get()) : out;
        }
        long[] sizes = Arrays.stream(batch.sizes()).asLongStream().toArray();
        List<Tensor> queries = query.split(0, sizes);
        List<Tensor> keys = key.split(0, sizes);
        List<Tensor> values = value.split(0, sizes);
        List<Tensor> outs = new ArrayList<>();
        for (int t = 0; t < sizes.length; t++) {
            outs.add(call(kind, seen.get(t), queries.get(t), keys.get(t), values.get(t), 1, sizes[t]));
        }
        return Tensor.cat(outs, 0);
    }

    private Tensor pad(Tensor x) {
        return pad.isPresent() ? x.indexSelect(0, pad.get()) : x;
    }

    /** Trees of equal (padded) size: (trees · size, heads, width) to (trees · size, heads · width). */
    private Tensor call(
            TransformerConfig.Attention kind,
            Optional<Tensor> mask,
            Tensor query,
            Tensor key,
            Tensor value,
            long trees,
            long size) {
        long width = config.headWidth();
        long keys = config.keyHeads();
        long groups = config.groups();
        Tensor k = key.reshape(trees, size, keys, width).transpose(1, 2);
        Tensor v = value.reshape(trees, size, keys, width).transpose(1, 2);
        if (mask.isEmpty()) {
            Tensor q = query.reshape(trees, size, keys * groups, width).transpose(1, 2);
            return ScaledDotProduct.causal(q, k, v, kind).transpose(1, 2).reshape(trees * size, keys * groups * width);
        }
        Tensor q = query.reshape(trees, size, keys, groups, width)
                .permute(0, 2, 3, 1, 4)
                .reshape(trees, keys, groups * size, width);
        return ScaledDotProduct.all(q, k, v, mask, kind)
                .reshape(trees, keys, groups, size, width)
                .permute(0, 3, 1, 2, 4)
                .reshape(trees * size, keys * groups * width);
    }

    // ---- made once a batch ----

    /** For each padded place the token that fills it; the first token fills unused places. */
    private Tensor pads() {
        int[] places = new int[batch.sizes().length * longest];
        int at = 0;
        for (int t = 0; t < batch.sizes().length; t++) {
            for (int i = 0; i < batch.sizes()[t]; i++) {
                places[t * longest + i] = at++;
            }
        }
        return Tensor.of(places, places.length).to(device);
    }

    private Tensor unpads() {
        int[] places = new int[batch.tokens().length];
        int at = 0;
        for (int t = 0; t < batch.sizes().length; t++) {
            for (int i = 0; i < batch.sizes()[t]; i++) {
                places[at++] = t * longest + i;
            }
        }
        return Tensor.of(places, places.length).to(device);
    }

    /** For each call (trees, 1, groups · size, size), true where a key is seen; empty where all before it are. */
    private List<Optional<Tensor>> masks(int window) {
        boolean plain = window == Integer.MAX_VALUE && batch.paths() && !softCapped();
        List<Optional<Tensor>> made = new ArrayList<>();
        if (padded) {
            // Causal attention needs no mask even where paths are padded: padding comes last.
            made.add(plain ? Optional.empty() : Optional.of(mask(0, batch.sizes().length, longest, window)));
        } else {
            for (int t = 0; t < batch.sizes().length; t++) {
                made.add(plain ? Optional.empty() : Optional.of(mask(t, 1, batch.sizes()[t], window)));
            }
        }
        return made;
    }

    private boolean softCapped() {
        return config.layers().stream().anyMatch(k -> k.softCap().isPresent());
    }

    private Tensor mask(int first, int trees, int size, int window) {
        boolean[] seen = new boolean[trees * size * size];
        for (int t = 0; t < trees; t++) {
            int from = t * size * size;
            batch.see(first + t, seen, from, size, window);
            for (int i = batch.sizes()[first + t]; i < size; i++) {
                seen[from + i * size + i] = true;
            }
        }
        return Tensor.of(seen, trees, 1, size, size)
                .to(device)
                .unsqueeze(2)
                .expand(trees, 1, config.groups(), size, size)
                .reshape(trees, 1, (long) config.groups() * size, size);
    }
}
