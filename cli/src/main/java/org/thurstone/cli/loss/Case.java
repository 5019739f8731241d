package org.thurstone.cli.loss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.thurstone.train.example.ExampleKind;
import org.thurstone.train.signal.Signal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a line of {@code loss eval} says, read strictly: an unknown key, a number too few or a value that is none is refused with its path.
 *
 * @param loss as it stands: a name or an object
 * @param examples at least one, all of a kind
 * @param mismatched completions of other prompts after these ones
 * @param memory what the loss remembers, by its names
 * @param id given back with the answer
 */
record Case(
        JsonNode loss,
        ExampleKind kind,
        List<Example> examples,
        List<Completion> mismatched,
        Map<String, double[]> memory,
        Optional<JsonNode> id) {

    /** The values of a completion's tokens: those of the policy, and what a loss may need beside them. */
    record Completion(double[] policy, Map<Signal, double[][]> extras, String path) {
        boolean has(Signal signal) {
            return extras.containsKey(signal);
        }

        /** (T, size), where it has it. */
        double[][] extra(Signal signal) {
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
     * @param facts what is known of its prompt
     */
    record Example(
            List<Completion> completions,
            double[] values,
            double weight,
            double margin,
            List<Completion> samples,
            Map<Signal, double[]> facts) {}

    private static final Map<String, ExampleKind> KINDS = new TreeMap<>(Map.of(
            "pairs", ExampleKind.PAIR,
            "singles", ExampleKind.SINGLE,
            "lists", ExampleKind.LIST,
            "demonstrations", ExampleKind.DEMONSTRATION));

    /** Signals that are a value for each token. */
    private static final List<Signal> PER_TOKEN = Arrays.stream(Signal.values())
            .filter(n -> n != Signal.MISMATCHED && !n.aboutPrompts())
            .toList();

    /** Throws an IllegalArgumentException that says where in the line and what. */
    static Case read(ObjectNode line) {
        Fields fields = new Fields(line, "");
        JsonNode loss = fields.any("loss")
                .orElseThrow(() -> new IllegalArgumentException(
                        "loss is missing: a name such as \"dpo\", or an object such as {\"score\":"
                                + " \"log-ratio\", \"link\": \"hinge\"}"));
        List<String> given = KINDS.keySet().stream().filter(fields::has).toList();
        if (given.size() != 1) {
            throw new IllegalArgumentException("expected one of " + String.join(", ", KINDS.keySet()) + ", and there "
                    + (given.isEmpty() ? "is none" : "are " + String.join(" and ", given)));
        }
        ExampleKind kind = KINDS.getOrDefault(given.getFirst(), ExampleKind.PAIR);
        List<Example> examples = fields.list(given.getFirst()).stream()
                .map(f -> example(kind, f))
                .toList();
        List<Completion> mismatched = fields.has("mismatched")
                ? fields.list("mismatched").stream().map(Case::bare).toList()
                : List.of();
        Map<String, double[]> memory = new TreeMap<>();
        fields.object("memory").ifPresent(m -> m.names().forEach(name -> memory.put(name, m.numbers(name))));
        Optional<JsonNode> id = fields.any("id");
        fields.nothingElse();
        return new Case(loss, kind, examples, mismatched, memory, id);
    }

    private static Example example(ExampleKind kind, Fields fields) {
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
                                    + " is missing: {\"policy\": [a log-probability a token, …], …}"))));
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
                            .orElseThrow(() -> new IllegalArgumentException(
                                    f.path("value") + " is missing: how good this completion is, higher is better")));
                    f.nothingElse();
                }
            }
        }
        double margin = kind == ExampleKind.PAIR ? fields.number("margin").orElse(0) : 0;
        List<Completion> samples = fields.has("samples")
                ? fields.list("samples").stream().map(Case::bare).toList()
                : List.of();
        Map<Signal, double[]> facts = new TreeMap<>();
        Arrays.stream(Signal.values())
                .filter(Signal::aboutPrompts)
                .forEach(signal -> fields.vector(name(signal)).ifPresent(v -> facts.put(signal, v)));
        fields.nothingElse();
        return new Example(completions, values.stream().mapToDouble(v -> v).toArray(), weight, margin, samples, facts);
    }

    private static double label(Fields fields) {
        Optional<Boolean> flag = fields.flag("label");
        OptionalDouble number = flag.isPresent() ? OptionalDouble.empty() : fields.number("label");
        return flag.map(yes -> yes ? 1.0 : 0.0)
                .orElseGet(() -> number.orElseThrow(() -> new IllegalArgumentException(fields.path("label")
                        + " is missing: true for a desirable completion, false for an undesirable one, or a number")));
    }

    private static Completion bare(Fields fields) {
        Completion completion = completion(fields);
        fields.nothingElse();
        return completion;
    }

    private static Completion completion(Fields fields) {
        double[] policy = fields.numbers("policy");
        if (policy.length == 0) {
            throw new IllegalArgumentException(
                    fields.path("policy") + " is empty: a completion has at least one token");
        }
        Map<Signal, double[][]> extras = new TreeMap<>();
        for (Signal signal : PER_TOKEN) {
            String name = name(signal);
            String other = name.replace('_', '-');
            String key = fields.has(name) ? name : other;
            if (fields.has(key)) {
                double[][] values = fields.vectors(key);
                if (values.length != policy.length) {
                    throw new IllegalArgumentException(fields.path(key) + " has " + values.length
                            + " entries and policy " + policy.length + ": one a token");
                }
                extras.put(signal, values);
            }
        }
        return new Completion(policy, extras, fields.path(""));
    }

    /** As a field of a completion. A critic's is in the plural: {@code value} is what somebody said of a whole completion. */
    static String name(Signal signal) {
        return signal == Signal.VALUE ? "values" : signal.name().toLowerCase(Locale.ROOT);
    }
}
