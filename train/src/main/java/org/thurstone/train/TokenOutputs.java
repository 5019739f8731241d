package org.thurstone.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.signal.TokenSignal;

/**
 * The outputs of forward passes for each scored token, by tree, segment, position; in double on the CPU.
 *
 * @param logProbs (scored)
 * @param more (scored) or (scored, size) each: what else the loss needs of these passes
 */
record TokenOutputs(Tensor logProbs, Map<TokenSignal, Tensor> more) {

    static Tensor exact(Tensor values) {
        return values.detach().to(Device.CPU).to(DType.FLOAT64);
    }

    /** Copies that gradients flow to. */
    TokenOutputs leaves(boolean learn) {
        Map<TokenSignal, Tensor> copies = new HashMap<>();
        more.forEach((signal, values) -> copies.put(signal, values.copy().requiresGrad(learn)));
        return new TokenOutputs(logProbs.copy().requiresGrad(learn), copies);
    }

    /** The same, to outlive a scope. */
    TokenOutputs kept(Scope scope) {
        more.values().forEach(scope::keep);
        return new TokenOutputs(scope.keep(logProbs), more);
    }

    static TokenOutputs joined(List<TokenOutputs> parts) {
        Map<TokenSignal, Tensor> all = new HashMap<>();
        for (TokenSignal signal : parts.getFirst().more.keySet()) {
            List<Tensor> values = new ArrayList<>();
            parts.forEach(p -> p.more.forEach((n, v) -> {
                if (n.equals(signal)) {
                    values.add(v);
                }
            }));
            all.put(signal, Tensor.cat(values, 0));
        }
        return new TokenOutputs(
                Tensor.cat(parts.stream().map(TokenOutputs::logProbs).toList(), 0), all);
    }

    /** The gradients that have flowed to these leaves. */
    Gradient gradient() {
        Map<TokenSignal, Tensor> gradients = new HashMap<>();
        more.forEach((signal, leaf) -> leaf.grad().ifPresent(g -> gradients.put(signal, g)));
        return new Gradient(logProbs.grad(), gradients);
    }

    /**
     * Gradients of a loss with respect to the outputs of passes.
     *
     * @param logProbs nothing if the loss does not depend on them
     */
    record Gradient(Optional<Tensor> logProbs, Map<TokenSignal, Tensor> more) {

        boolean isEmpty() {
            return logProbs.isEmpty() && more.isEmpty();
        }

        /** The gradient of one of several passes, as a copy that outlives the scope. */
        Gradient part(long from, long count) {
            Map<TokenSignal, Tensor> parts = new HashMap<>();
            more.forEach((signal, g) -> parts.put(signal, own(g, from, count)));
            return new Gradient(logProbs.map(g -> own(g, from, count)), parts);
        }

        private static Tensor own(Tensor gradient, long from, long count) {
            return gradient.narrow(0, from, count).copy().own();
        }

        void close() {
            logProbs.ifPresent(Tensor::close);
            more.values().forEach(Tensor::close);
        }
    }
}
