package org.thurstone.serve;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.thurstone.model.Forward;
import org.thurstone.model.Policy;
import org.thurstone.model.TokenTree;
import org.thurstone.model.sample.Candidates;
import org.thurstone.model.sample.SampledToken;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Torch;

/**
 * Log-probabilities of given tokens, by a forward pass over all of them, as {@code thurstone score} computes them. Nothing of an earlier request is used.
 * Passes run one after the other, on a thread of their own.
 */
final class PromptScorer implements AutoCloseable {

    /** Rows of the whole distribution that are computed at a time. */
    private static final int ROWS = 128;

    private final Policy policy;
    private final ExecutorService thread;

    PromptScorer(Policy policy) {
        this.policy = policy;
        int threads = Torch.threads();
        this.thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("scoring").daemon().factory());
        thread.execute(() -> Torch.threads(threads));
    }

    /**
     * All tokens of a prompt but the first, which nothing predicts.
     *
     * @param top how many of the most likely tokens come with each
     */
    List<SampledToken> prompt(int[] tokens, int top) {
        BitSet scored = new BitSet();
        scored.set(1, tokens.length);
        if (tokens.length < 2) {
            return List.of();
        }
        TokenTree tree = new TokenTree(List.of(new TokenTree.Segment(-1, tokens, scored)));
        return run(() -> scored(tree, tokens, top));
    }

    private List<SampledToken> scored(TokenTree tree, int[] tokens, int top) {
        try (Gradients off = Gradients.off();
                Scope scope = Scope.open()) {
            Forward pass = policy.forward(List.of(tree), false);
            float[] logProbs = floats(pass);
            List<List<SampledToken.Candidate>> most = new ArrayList<>();
            for (int from = 0; top > 0 && from < logProbs.length; from += ROWS) {
                try (Scope rows = Scope.open()) {
                    most.addAll(Candidates.of(pass.distribution(from, Math.min(ROWS, logProbs.length - from)), top));
                }
            }
            List<SampledToken> result = new ArrayList<>();
            for (int i = 0; i < logProbs.length; i++) {
                int id = tokens[i + 1];
                List<SampledToken.Candidate> own =
                        top > 0 ? Candidates.with(most.get(i), top, id, logProbs[i]) : List.of();
                result.add(new SampledToken(id, logProbs[i], own));
            }
            return result;
        }
    }

    /** The scored tokens of a tree, in order. */
    float[] tree(TokenTree tree) {
        return run(() -> {
            try (Gradients off = Gradients.off();
                    Scope scope = Scope.open()) {
                return floats(policy.forward(List.of(tree), false));
            }
        });
    }

    private static float[] floats(Forward pass) {
        double[] values = pass.logProbs().toDoubles();
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private <T> T run(Callable<T> work) {
        try {
            return thread.submit(work).get();
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (RejectedExecutionException e) {
            throw ApiException.closing();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.closing();
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
