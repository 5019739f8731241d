package org.thurstone.train.loss.cases;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.thurstone.recipe.Recipe;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields of an object on the line, with its path for messages; records which fields have been read. */
final class Fields {
    private final ObjectNode node;
    private final String path;
    private final Set<String> asked = new TreeSet<>();

    Fields(ObjectNode node, String path) {
        this.node = node;
        this.path = path;
    }

    String path(String key) {
        return path.isEmpty() || key.isEmpty() ? path + key : path + "." + key;
    }

    boolean has(String key) {
        asked.add(key);
        return node.hasNonNull(key);
    }

    List<String> names() {
        return node.propertyNames().stream().toList();
    }

    Optional<JsonNode> any(String key) {
        return has(key) ? Optional.of(node.get(key)) : Optional.empty();
    }

    Optional<Fields> object(String key) {
        return any(key).map(n -> object(n, path(key)));
    }

    private static Fields object(JsonNode node, String path) {
        if (node instanceof ObjectNode fields) {
            return new Fields(fields, path);
        }
        throw new IllegalArgumentException(path + " is " + node + ", not an object {…}");
    }

    List<Fields> list(String key) {
        JsonNode list = any(key).orElseThrow(() -> new IllegalArgumentException(path(key) + " is missing"));
        if (!list.isArray() || list.isEmpty()) {
            throw new IllegalArgumentException(path(key) + " is not a list of at least one {…}");
        }
        List<Fields> all = new ArrayList<>();
        list.forEach(item -> all.add(object(item, path(key) + "[" + all.size() + "]")));
        return all;
    }

    OptionalDouble number(String key) {
        return any(key).map(n -> OptionalDouble.of(number(n, path(key)))).orElseGet(OptionalDouble::empty);
    }

    Optional<Boolean> flag(String key) {
        return any(key).filter(JsonNode::isBoolean).map(JsonNode::booleanValue);
    }

    double[] numbers(String key) {
        JsonNode list = any(key).orElseThrow(() ->
                new IllegalArgumentException(path(key) + " is missing: [a log-probability per token, …]"));
        if (!list.isArray()) {
            throw new IllegalArgumentException(path(key) + " is " + list + ", not a list of numbers");
        }
        double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(list.get(i), path(key) + "[" + i + "]");
        }
        return numbers;
    }

    /** A number on its own, or several. */
    Optional<double[]> vector(String key) {
        return any(key).map(n -> n.isArray() ? numbers(key) : new double[] {number(n, path(key))});
    }

    /** A number for each token, or a vector for each. */
    double[][] vectors(String key) {
        JsonNode list = any(key).orElseThrow();
        if (!list.isArray() || list.isEmpty() || !list.get(0).isArray()) {
            return Arrays.stream(numbers(key)).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
        }
        double[][] vectors = new double[list.size()][];
        for (int i = 0; i < vectors.length; i++) {
            String at = path(key) + "[" + i + "]";
            JsonNode vector = list.get(i);
            if (!vector.isArray() || vector.size() != list.get(0).size()) {
                throw new IllegalArgumentException(at + " is not a vector as long as the first, "
                        + list.get(0).size() + " numbers");
            }
            vectors[i] = new double[vector.size()];
            for (int j = 0; j < vectors[i].length; j++) {
                vectors[i][j] = number(vector.get(j), at + "[" + j + "]");
            }
        }
        return vectors;
    }

    private static double number(JsonNode node, String path) {
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw new IllegalArgumentException(path + " is " + node + ", not a finite number");
        }
        return node.doubleValue();
    }

    void nothingElse() {
        for (String key : names()) {
            if (!asked.contains(key)) {
                throw new IllegalArgumentException("unknown key \"" + key + "\"" + (path.isEmpty() ? "" : " in " + path)
                        + Recipe.hint(key, asked));
            }
        }
    }
}
