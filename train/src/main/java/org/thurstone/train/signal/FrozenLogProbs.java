package org.thurstone.train.signal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.thurstone.model.Policy;
import org.thurstone.model.TokenTree;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.SafeTensors;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;
import org.thurstone.tensor.Workers;
import org.thurstone.train.example.MicroBatches;
import org.thurstone.train.example.TrainingExample;

/**
 * The log-probabilities of a data set under a policy that is not trained (a reference, the last iterate): computed once, kept in the run,
 * and looked up in every step after that.
 */
public final class FrozenLogProbs {

    /** (n, T): log-probabilities of the same tokens under the reference policy. */
    public static final TableSignal REFERENCE =
            new TableSignal("reference", "the reference policy's log-probabilities", true);

    /** (n, T): under a second reference, where a method keeps the last iterate in addition to the first policy, or two references. */
    public static final TableSignal SECOND_REFERENCE =
            new TableSignal("second-reference", "a second reference policy's log-probabilities", true);

    private static final String VALUES = "log_probs";
    private static final String KEY = "key";

    /** As exact as the policy gave them: a float a token for transformers, a double for exact policies. */
    private sealed interface Values {
        record Singles(float[] of) implements Values {}

        record Doubles(double[] of) implements Values {}

        /** A copy of some, in double. */
        default double[] range(int start, int count) {
            double[] range = new double[count];
            for (int i = 0; i < count; i++) {
                range[i] = switch (this) {
                    case Singles(float[] of) -> of[start + i];
                    case Doubles(double[] of) -> of[start + i];
                };
            }
            return range;
        }

        static Values of(Tensor tensor) {
            return tensor.type() == DType.FLOAT64 ? new Doubles(tensor.toDoubles()) : new Singles(tensor.toFloats());
        }

        default Tensor tensor() {
            return switch (this) {
                case Singles(float[] of) -> Tensor.of(of, of.length);
                case Doubles(double[] of) -> Tensor.of(of, of.length);
            };
        }
    }

    private final String key;
    private final Values values;
    private final Map<String, Integer> starts;
    private final Map<String, Integer> counts;

    private FrozenLogProbs(String key, Values values, List<? extends TrainingExample> examples) {
        this.key = key;
        this.values = values;
        this.starts = new HashMap<>();
        this.counts = new HashMap<>();
        int at = 0;
        for (TrainingExample e : examples) {
            starts.put(e.id(), at);
            counts.put(e.id(), e.scoredCount());
            at += e.scoredCount();
        }
    }

    /**
     * Runs the policy over the examples.
     *
     * @param name of the policy, so that figures of another one are not mistaken for these: a hash of its checkpoint, say
     * @param tokensPerPass tokens, padding included, of a forward pass
     */
    public static FrozenLogProbs compute(
            Policy policy, String name, List<? extends TrainingExample> examples, int tokensPerPass) {
        Map<String, Values> parts = new ConcurrentHashMap<>();
        Workers.each(MicroBatches.of(examples, tokensPerPass), pass -> run(policy, pass, parts));
        boolean exact = parts.values().stream().anyMatch(Values.Doubles.class::isInstance);
        return new FrozenLogProbs(key(name, examples), joined(parts, examples, exact), examples);
    }

    private static void run(Policy policy, List<? extends TrainingExample> pass, Map<String, Values> into) {
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            List<TokenTree> trees =
                    pass.stream().flatMap(e -> e.trees().stream()).toList();
            Tensor logProbs = policy.forward(trees, false).logProbs();
            long at = 0;
            for (TrainingExample e : pass) {
                into.put(e.id(), Values.of(logProbs.narrow(0, at, e.scoredCount())));
                at += e.scoredCount();
            }
        }
    }

    /**
     * Numbers that came from elsewhere, such as an advantage for each token.
     *
     * @param name of where they came from
     * @param values for each example one number for each scored token, by tree, segment, position
     */
    public static FrozenLogProbs of(String name, List<? extends TrainingExample> examples, List<double[]> values) {
        Map<String, Values> parts = new HashMap<>();
        for (int i = 0; i < examples.size(); i++) {
            TrainingExample e = examples.get(i);
            if (values.get(i).length != e.scoredCount()) {
                throw new IllegalArgumentException("example " + e.id() + " has " + e.scoredCount()
                        + " scored tokens, and was given " + values.get(i).length + " numbers");
            }
            parts.put(e.id(), new Values.Doubles(values.get(i)));
        }
        return new FrozenLogProbs(key(name, examples), joined(parts, examples, true), examples);
    }

    private static Values joined(Map<String, Values> parts, List<? extends TrainingExample> examples, boolean exact) {
        double[] doubles = new double[exact ? scored(examples) : 0];
        float[] singles = new float[exact ? 0 : scored(examples)];
        int at = 0;
        for (TrainingExample e : examples) {
            Values part = Objects.requireNonNull(parts.get(e.id()));
            int count = e.scoredCount();
            switch (part) {
                case Values.Doubles(double[] of) -> System.arraycopy(of, 0, doubles, at, count);
                case Values.Singles(float[] of) -> System.arraycopy(of, 0, singles, at, count);
            }
            at += count;
        }
        return exact ? new Values.Doubles(doubles) : new Values.Singles(singles);
    }

    /** Log-probabilities of an example's scored tokens, by tree, segment and position; 0 for samples that were added since. */
    public double[] of(TrainingExample example) {
        int start = start(example);
        int known = Math.min(example.scoredCount(), counts.getOrDefault(example.id(), 0));
        return Arrays.copyOf(values.range(start, known), example.scoredCount());
    }

    /** Whether there are figures for an example with as many scored tokens. */
    public boolean has(TrainingExample example) {
        return Integer.valueOf(example.scoredCount()).equals(counts.get(example.id()));
    }

    private int start(TrainingExample example) {
        Integer start = starts.get(example.id());
        if (start == null) {
            throw new IllegalArgumentException("there are no frozen log-probabilities of example " + example.id());
        }
        return start;
    }

    /** Writes the figures, with the key that says what they are of. */
    public void save(Path file) {
        try (Scope scope = Scope.open()) {
            SafeTensors.write(file, Map.of(VALUES, values.tensor()), Map.of(KEY, key));
        }
    }

    /** Reads figures of this policy and these examples; nothing if there is no such file or it is of others. */
    public static Optional<FrozenLogProbs> load(Path file, String name, List<? extends TrainingExample> examples) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String key = key(name, examples);
        try (SafeTensors tensors = SafeTensors.open(file);
                Scope scope = Scope.open()) {
            if (!key.equals(tensors.metadata().get(KEY))) {
                return Optional.empty();
            }
            tensors.checkSound();
            return Optional.of(new FrozenLogProbs(key, Values.of(tensors.tensor(VALUES)), examples));
        }
    }

    private static int scored(List<? extends TrainingExample> examples) {
        return examples.stream().mapToInt(TrainingExample::scoredCount).sum();
    }

    /** SHA-256 of the policy's name and, in order, the examples' ids, tokens, branches and which tokens are scored. */
    public static String key(String name, List<? extends TrainingExample> examples) {
        MessageDigest digest = sha256();
        text(digest, name);
        for (TrainingExample e : examples) {
            text(digest, e.id());
            for (TokenTree tree : e.trees()) {
                for (TokenTree.Segment s : tree.segments()) {
                    ByteBuffer buffer = ByteBuffer.allocate(4 * (2 + s.tokens().length));
                    buffer.putInt(s.parent()).putInt(s.tokens().length);
                    for (int token : s.tokens()) {
                        buffer.putInt(token);
                    }
                    digest.update(buffer.array());
                    digest.update(s.scored().toByteArray());
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    public static String key(List<String> parts) {
        MessageDigest digest = sha256();
        new ArrayList<>(parts).forEach(p -> text(digest, p));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void text(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
