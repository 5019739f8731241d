package org.thurstone.model.sample;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.thurstone.model.Decoding;
import org.thurstone.model.Forward;
import org.thurstone.model.Policy;
import org.thurstone.model.TokenTree;
import org.thurstone.tensor.Parameters;
import org.thurstone.tensor.Tensor;

/** A Markov chain: the next token depends on the last one alone. Counts the prompts that it reads. */
final class ChainPolicy implements Policy {

    private final float[][] logits;
    private final int context;
    final List<int[]> read = new CopyOnWriteArrayList<>();
    int mostAtOnce;

    ChainPolicy(float[][] logits, int context) {
        this.logits = logits;
        this.context = context;
    }

    private Tensor rows(int[] last) {
        float[] flat = new float[last.length * logits.length];
        for (int i = 0; i < last.length; i++) {
            System.arraycopy(logits[last[i]], 0, flat, i * logits.length, logits.length);
        }
        return Tensor.of(flat, last.length, logits.length);
    }

    @Override
    public Decoding decode(int slots, int capacity) {
        int[] length = new int[slots];
        int[] most = {capacity};
        return new Decoding() {
            @Override
            public Tensor start(List<int[]> prompts, List<int[]> into) {
                read.addAll(prompts);
                for (int i = 0; i < prompts.size(); i++) {
                    for (int slot : into.get(i)) {
                        length[slot] = prompts.get(i).length;
                    }
                }
                return rows(prompts.stream().mapToInt(p -> p[p.length - 1]).toArray());
            }

            @Override
            public Tensor step(int[] active, int[] tokens) {
                mostAtOnce = Math.max(mostAtOnce, active.length);
                for (int slot : active) {
                    if (++length[slot] > most[0]) {
                        throw new IllegalStateException("slot " + slot + " is over capacity");
                    }
                }
                return rows(tokens);
            }

            @Override
            public void grow(int more) {
                most[0] = Math.max(most[0], more);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Forward forward(List<TokenTree> trees, boolean training) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Parameters parameters() {
        return new Parameters();
    }

    @Override
    public int vocabulary() {
        return logits.length;
    }

    @Override
    public int context() {
        return context;
    }

    @Override
    public Policy snapshot() {
        return this;
    }

    @Override
    public void close() {}
}
