package org.thurstone.serve;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.thurstone.model.sample.Generation;
import tools.jackson.databind.node.ObjectNode;

/**
 * What every part of an answer begins with.
 *
 * @param id one per answer, the same in all of its parts
 * @param created seconds since 1970
 */
record ReplyHead(String id, long created, String model) {

    /** JSON has no infinity: what stands for the logarithm of zero. */
    private static final double ZERO = -9999.0;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 12;

    static ReplyHead of(String prefix, long created, String model) {
        return new ReplyHead(random(prefix), created, model);
    }

    static String random(String prefix) {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return prefix + HexFormat.of().formatHex(bytes);
    }

    ObjectNode object(String kind) {
        return Fields.JSON
                .createObjectNode()
                .put("id", id)
                .put("object", kind)
                .put("created", created)
                .put("model", model);
    }

    /** Every token that was sampled counts, end tokens and what was behind a stop string included. */
    static void usage(ObjectNode body, int promptTokens, List<Generation> generations) {
        int sampled = generations.stream().mapToInt(g -> g.tokens().length).sum();
        body.putObject("usage")
                .put("prompt_tokens", promptTokens)
                .put("completion_tokens", sampled)
                .put("total_tokens", promptTokens + sampled);
    }

    static float finite(float logProb) {
        return Float.isFinite(logProb) ? logProb : (float) ZERO;
    }
}
