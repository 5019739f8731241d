package org.thurstone.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.thurstone.tensor.Parameters;
import org.thurstone.tensor.Tensor;

/**
 * All parameters and states that training changes.
 *
 * @param heads by name: what the losses need to learn in addition to the policy
 */
record TrainedParameters(Parameters policy, SequencedMap<String, Parameters> heads) {

    private List<Parameters> all() {
        List<Parameters> all = new ArrayList<>(List.of(policy));
        all.addAll(heads.values());
        return all;
    }

    /** The parameters that require gradients, the policy's first. */
    List<Tensor> tensors() {
        return all().stream().flatMap(p -> p.trained().stream()).toList();
    }

    /** The same by name; heads' names begin with theirs and a slash. */
    SequencedMap<String, Tensor> named() {
        SequencedMap<String, Tensor> named = new LinkedHashMap<>();
        put(named, "", policy);
        heads.forEach((name, p) -> put(named, name + "/", p));
        return named;
    }

    private static void put(SequencedMap<String, Tensor> named, String prefix, Parameters parameters) {
        parameters.all().forEach((name, tensor) -> {
            if (tensor.requiresGrad()) {
                named.put(prefix + name, tensor);
            }
        });
    }

    void dropGrads() {
        all().forEach(Parameters::dropGrads);
    }

    /**
     * Scales the gradients of each part on its own, so that a head that learns fast does not hold up the policy.
     *
     * @return the norm of the policy's before; a head's where that is not finite
     */
    double clip(double maxNorm) {
        double policyNorm = policy.clip(maxNorm);
        for (Parameters head : heads.values()) {
            double norm = head.clip(maxNorm);
            if (!Double.isFinite(norm)) {
                return norm;
            }
        }
        return policyNorm;
    }
}
