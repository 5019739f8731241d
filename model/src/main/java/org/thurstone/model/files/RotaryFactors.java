package org.thurstone.model.files;

import org.thurstone.tensor.DType;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.gguf.GgufFile;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Llama 3.1's scaling of rotary positions. The format keeps what each frequency is divided by, in a tensor, and Hugging Face the numbers that those
 * follow from: a factor, and the two bounds and the first context that all published models have.
 */
final class RotaryFactors {

    private static final String TENSOR = "rope_freqs.weight";
    private static final double LOW = 1;
    private static final double HIGH = 4;
    private static final int CONTEXT = 8192;
    private static final double TOLERANCE = 1e-4;

    private RotaryFactors() {}

    /** @throws org.thurstone.tensor.TensorFileError if the factors follow from other numbers */
    static ObjectNode of(GgufFile file, int headWidth, double theta) {
        float[] divisors;
        try (Scope scope = Scope.open()) {
            divisors = file.tensor(TENSOR).to(DType.FLOAT32).toFloats();
        }
        double factor = 1;
        for (float divisor : divisors) {
            factor = Math.max(factor, divisor);
        }
        for (int k = 0; k < divisors.length; k++) {
            double turns = CONTEXT * Math.pow(theta, -2.0 * k / headWidth) / (2 * Math.PI);
            double fast = Math.clamp((turns - LOW) / (HIGH - LOW), 0.0, 1.0);
            double expected = 1 / (fast + (1 - fast) / factor);
            if (Math.abs(divisors[k] - expected) > TOLERANCE * expected) {
                throw file.metadata()
                        .wrong(
                                TENSOR,
                                "divides frequency " + k + " by " + divisors[k] + ", and not by " + expected
                                        + " as Llama 3.1 does: other scalings of that kind cannot be read");
            }
        }
        return JsonMapper.shared()
                .createObjectNode()
                .put("rope_type", "llama3")
                .put("factor", factor)
                .put("low_freq_factor", LOW)
                .put("high_freq_factor", HIGH)
                .put("original_max_position_embeddings", CONTEXT);
    }
}
