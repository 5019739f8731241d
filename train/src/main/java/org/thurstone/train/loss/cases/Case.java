package org.thurstone.train.loss.cases;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.thurstone.train.example.ExampleKind;
import org.thurstone.train.signal.CompletionSignal;
import org.thurstone.train.signal.CriticSignal;
import org.thurstone.train.signal.PromptSignal;
import org.thurstone.train.signal.Signal;
import org.thurstone.train.signal.TokenSignal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A line of {@code loss eval}, read strictly: unknown keys, missing numbers and invalid values are rejected with their path.
 *
 * @param examples at least one, all of a kind
 * @param completions further ones that some losses need
 * @param memory what the loss remembers, by its names
 * @param id given back with the answer
 */
record Case(
        ExampleKind kind,
        List<Example> examples,
        Map<CompletionSignal, List<Completion>> completions,
        Map<String, double[]> memory,
        Optional<JsonNode> id) {

    /** The values of a completion's tokens: those of the policy, and the signals that a loss may need. */
    record Completion(double[] policy, Map<TokenSignal, double[][]> extras, String path) {
        boolean has(TokenSignal signal) {
            return extras.containsKey(signal);
        }

        /** (T, size), where it has it. */
        double[][] extra(TokenSignal signal) {
            return Optional.ofNullable(extras.get(signal)).orElseThrow();
        }
    }

    /**
     * One example of any kind.
     *
     * @param completions chosen and rejected, one, or a list's
     * @param values a pair's probability, a single's label, a list's values
     * @param margin of a pair
     * @param samples completions that were drawn for its prompt
     * @param features what is known of its prompt
     */
    record Example(
            List<Completion> completions,
            double[] values,
            double weight,
            double margin,
            List<Completion> samples,
            Map<PromptSignal, double[]> features) {}

    private static final Map<String, ExampleKind> KINDS = new TreeMap<>(Map.of(
            "pairs", ExampleKind.PAIR,
            "singles", ExampleKind.SINGLE,
            "lists", ExampleKind.LIST,
            "demonstrations", ExampleKind.DEMONSTRATION));

    /** The loss of a line as it stands there: a name or an object. */
    static JsonNode loss(ObjectNode line) {
        return new Fields(line, "")
                .any("loss")
                .orElseThrow(() -> new IllegalArgumentException(
                        "loss is missing: a name such as \"dpo\", or an object such as {\"score\":"
                                + " \"log-ratio\", \"link\": \"hinge\"}"));
    }

    /**
     * Throws an IllegalArgumentException that says where in the line and what.
     *
     * @param signals that may be given
     */
    static Case read(ObjectNode line, Set<Signal> signals) {
        return new Reader(Signal.only(TokenSignal.class, signals), Signal.only(PromptSignal.class, signals))
                .read(line, Signal.only(CompletionSignal.class, signals));
    }

    private record Reader(List<TokenSignal> perToken, List<PromptSignal> perPrompt) {

        Case read(ObjectNode line, List<CompletionSignal> further) {
            Fields fields = new Fields(line, "");
            fields.any("loss");
            List<String> given = KINDS.keySet().stream().filter(fields::has).toList();
            if (given.size() != 1) {
                throw new IllegalArgumentException("expected one of " + String.join(", ", KINDS.keySet())
                        + ", and there " + (given.isEmpty() ? "is none" : "are " + String.join(" and ", given)));
            }
            ExampleKind kind = KINDS.getOrDefault(given.getFirst(), ExampleKind.PAIR);
            List<Example> examples = fields.list(given.getFirst()).stream()
                    .map(f -> example(kind, f))
                    .toList();
            Map<CompletionSignal, List<Completion>> completions = new HashMap<>();
            for (CompletionSignal signal : further) {
                if (fields.has(name(signal))) {
                    completions.put(
                            signal,
                            fields.list(name(signal)).stream().map(this::bare).toList());
                }
            }
            Map<String, double[]> memory = new TreeMap<>();
            fields.object("memory").ifPresent(m -> m.names().forEach(name -> memory.put(name, m.numbers(name))));
            Optional<JsonNode> id = fields.any("id");
            fields.nothingElse();
            return new Case(kind, examples, completions, memory, id);
        }

        private Example example(ExampleKind kind, Fields fields) {
            double weight = fields.number("weight").orElse(1);
            if (weight < 0) {
                throw new IllegalArgumentException(fields.path("weight") + " " + weight + " is below 0");
            }
            List<Completion> completions = new ArrayList<>();
            List<Double> values = new ArrayList<>();
            switch (kind) {
                case PAIR -> {
                    double probability = fields.number("probability").orElse(1);
                    if (!(probability >= 0 && probability <= 1)) {
                        throw new IllegalArgumentException(
                                fields.path("probability") + " " + probability + " is outside 0…1");
                    }
                    values.add(probability);
                    for (String side : List.of("chosen", "rejected")) {
                        completions.add(bare(fields.object(side)
                                .orElseThrow(() -> new IllegalArgumentException(fields.path(side)
                                        + " is missing: {\"policy\": [a log-probability per token, …], …}"))));
                    }
                }
                case SINGLE -> {
                    completions.add(completion(fields));
                    values.add(label(fields));
                }
                case DEMONSTRATION -> completions.add(completion(fields));
                case LIST -> {
                    for (Fields f : fields.list("completions")) {
                        completions.add(completion(f));
                        values.add(f.number("value")
                                .orElseThrow(() -> new IllegalArgumentException(f.path("value")
                                        + " is missing: how good this completion is, higher is better")));
                        f.nothingElse();
                    }
                }
            }
            double margin = kind == ExampleKind.PAIR ? fields.number("margin").orElse(0) : 0;
            List<Completion> samples = fields.has("samples")
                    ? fields.list("samples").stream().map(this::bare).toList()
                    : List.of();
            Map<PromptSignal, double[]> features = new HashMap<>();
            perPrompt.forEach(signal -> fields.vector(name(signal)).ifPresent(v -> features.put(signal, v)));
            fields.nothingElse();
            return new Example(
                    completions, values.stream().mapToDouble(v -> v).toArray(), weight, margin, samples, features);
        }

        private static double label(Fields fields) {
            Optional<Boolean> flag = fields.flag("label");
            OptionalDouble number = flag.isPresent() ? OptionalDouble.empty() : fields.number("label");
            return flag.map(yes -> yes ? 1.0 : 0.0)
                    .orElseGet(() -> number.orElseThrow(() -> new IllegalArgumentException(fields.path("label")
                            + " is missing: true for a desirable completion, false for an"
                            + " undesirable one, or a number")));
        }

        private Completion bare(Fields fields) {
            Completion completion = completion(fields);
            fields.nothingElse();
            return completion;
        }

        private Completion completion(Fields fields) {
            double[] policy = fields.numbers("policy");
            if (policy.length == 0) {
                throw new IllegalArgumentException(
                        fields.path("policy") + " is empty: a completion has at least one token");
            }
            Map<TokenSignal, double[][]> extras = new HashMap<>();
            for (TokenSignal signal : perToken) {
                String name = name(signal);
                String other = name.replace('_', '-');
                String key = fields.has(name) ? name : other;
                if (fields.has(key)) {
                    double[][] values = fields.vectors(key);
                    if (values.length != policy.length) {
                        throw new IllegalArgumentException(fields.path(key) + " has " + values.length
                                + " entries and policy " + policy.length + ": one per token");
                    }
                    extras.put(signal, values);
                }
            }
            return new Completion(policy, extras, fields.path(""));
        }
    }

    /** As a field of a completion. A critic's is in the plural: {@code value} is the label of a whole completion. */
    static String name(Signal signal) {
        return signal.equals(CriticSignal.VALUE) ? "values" : signal.name().replace('-', '_');
    }
}
