package org.thurstone.serve;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.thurstone.model.Decoding;
import org.thurstone.model.Forward;
import org.thurstone.model.Policy;
import org.thurstone.model.TokenTree;
import org.thurstone.tensor.Parameters;
import org.thurstone.tensor.Tensor;

/** A policy over bytes that says what a test tells it to, whatever the prompt. */
final class Scripted implements Policy {

    /** The logit of what is said; that of everything else is 0. */
    private static final float SURE = 40;

    private final int context;
    final List<int[]> read = new CopyOnWriteArrayList<>();
    volatile int[] script = {ByteModel.END};

    /** Steps that may be taken; unlimited unless a test holds the policy up. */
    volatile Semaphore steps = new Semaphore(Integer.MAX_VALUE / 2);

    /** The step that fails; none below 0. */
    volatile int failing = -1;

    volatile int stepsTaken;

    /** The logit of everything that is not said. */
    volatile float others;

    Scripted(int context) {
        this.context = context;
    }

    /** Says a text, and ends. */
    void says(String text) {
        says(text.getBytes(StandardCharsets.UTF_8), true);
    }

    void says(byte[] bytes, boolean end) {
        int[] tokens = new int[bytes.length + (end ? 1 : 0)];
        for (int i = 0; i < bytes.length; i++) {
            tokens[i] = bytes[i] & 0xff;
        }
        if (end) {
            tokens[bytes.length] = ByteModel.END;
        }
        script = tokens;
    }

    @Override
    public Decoding decode(int slots, int capacity) {
        int[] at = new int[slots];
        return new Decoding() {
            private Tensor logits(int[] positions) {
                float[] flat = new float[positions.length * ByteModel.VOCABULARY];
                Arrays.fill(flat, others);
                for (int i = 0; i < positions.length; i++) {
                    int[] said = script;
                    flat[i * ByteModel.VOCABULARY + said[Math.min(positions[i], said.length - 1)]] = SURE;
                }
                return Tensor.of(flat, positions.length, ByteModel.VOCABULARY);
            }

            @Override
            public Tensor start(List<int[]> prompts, List<int[]> into) {
                read.addAll(prompts);
                into.forEach(group -> Arrays.stream(group).forEach(slot -> at[slot] = 0));
                steps.acquireUninterruptibly();
                return logits(new int[prompts.size()]);
            }

            @Override
            public Tensor step(int[] active, int[] tokens) {
                steps.acquireUninterruptibly();
                stepsTaken++;
                int[] positions = new int[active.length];
                for (int i = 0; i < active.length; i++) {
                    positions[i] = ++at[active[i]];
                    if (positions[i] == failing) {
                        throw new IllegalStateException("the model broke");
                    }
                }
                return logits(positions);
            }

            @Override
            public void grow(int more) {}

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
        return ByteModel.VOCABULARY;
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

    /** The bytes of the last prompt that was read, special tokens as their numbers. */
    List<Integer> lastRead() {
        return new ArrayList<>(Arrays.stream(read.getLast()).boxed().toList());
    }
}
