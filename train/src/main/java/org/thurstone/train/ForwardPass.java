package org.thurstone.train;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurstone.model.Forward;
import org.thurstone.model.ForwardRequest;
import org.thurstone.model.Policy;
import org.thurstone.model.State;
import org.thurstone.model.Statistic;
import org.thurstone.model.TokenTree;
import org.thurstone.tensor.Tensor;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.signal.FrozenLogProbs;
import org.thurstone.train.signal.Pass;
import org.thurstone.train.signal.PassGradients;
import org.thurstone.train.signal.PassReader;
import org.thurstone.train.signal.PassRequest;
import org.thurstone.train.signal.PassSignal;
import org.thurstone.train.signal.Signal;
import org.thurstone.train.signal.TokenSignal;

/**
 * One pass of the policy over trees, and of the reference and the heads as far as the loss needs them: its outputs are read once, and it receives
 * their gradient.
 */
final class ForwardPass {

    private final Pass pass;
    private final Map<TokenSignal, PassReader.SignalValues> readings = new LinkedHashMap<>();
    private final TokenOutputs outputs;

    /** @param learn whether {@link #backward} will be called */
    ForwardPass(
            Policy policy,
            SignalReaders readers,
            Loss loss,
            Optional<Policy> reference,
            List<TokenTree> trees,
            boolean learn) {
        LossRequirements needs = LossRequirements.of(loss);
        List<PassSignal> read = Signal.only(PassSignal.class, loss.signals());
        PassRequest request = read.stream().map(PassSignal::request).reduce(PassRequest.NOTHING, PassRequest::and);
        Optional<Forward> other = needs.liveReference()
                ? Optional.of(reference(reference.orElseThrow(), trees, request))
                : Optional.empty();
        this.pass = new Pass(trees, policy(policy, trees, request, other, learn), other, learn);
        Map<TokenSignal, Tensor> values = new HashMap<>();
        if (needs.freshReference()) {
            other.ifPresent(r -> values.put(FrozenLogProbs.REFERENCE, TokenOutputs.exact(r.logProbs())));
        }
        for (PassSignal signal : read) {
            PassReader.SignalValues reading = readers.get(signal).read(pass);
            readings.put(signal, reading);
            values.put(signal, TokenOutputs.exact(reading.values()));
        }
        this.outputs = new TokenOutputs(TokenOutputs.exact(pass.policy().logProbs()), values);
    }

    private static Forward reference(Policy reference, List<TokenTree> trees, PassRequest request) {
        return request.referenceStates().isEmpty()
                ? reference.forward(trees, false)
                : reference.forward(
                        trees,
                        ForwardRequest.of(false).with(request.referenceStates().toArray(State[]::new)));
    }

    private static Forward policy(
            Policy policy, List<TokenTree> trees, PassRequest request, Optional<Forward> reference, boolean learn) {
        ForwardRequest plain = ForwardRequest.of(learn);
        ForwardRequest full = reference
                .map(plain::against)
                .orElse(plain)
                .with(request.statistics().toArray(Statistic[]::new))
                .with(request.states().toArray(State[]::new));
        return full.plain() ? policy.forward(trees, learn) : policy.forward(trees, full);
    }

    /** What was read, outside of any graph. */
    TokenOutputs outputs() {
        return outputs;
    }

    /** Hands everyone the share of the gradient that is theirs. Once, within the scope in which this was read. */
    void backward(TokenOutputs.Gradient gradient) {
        PassGradients ofPolicy = new PassGradients(pass.policy());
        readings.forEach((signal, reading) ->
                Optional.ofNullable(gradient.more().get(signal)).ifPresent(g -> reading.backward(g, ofPolicy)));
        ofPolicy.backward(gradient.logProbs());
    }
}
