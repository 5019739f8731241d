package org.thurstone.rank.summary;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.thurstone.rank.agreement.Aggregation;
import org.thurstone.rank.agreement.Labels;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The labels of items by all methods, as rows. */
record ItemRows(AgreementStudy study) {

    private static final String TIE = "_tie";

    void rows(Consumer<ObjectNode> rows) {
        Labels labels = study.file().labels();
        int[][] counts = labels.counts();
        for (int i = 0; i < counts.length; i++) {
            ObjectNode row = JsonNodeFactory.instance.objectNode();
            row.put("item", labels.items().get(i));
            double[] posterior = study.skene().posterior()[i];
            for (Aggregation aggregation : study.aggregations()) {
                String key = aggregation.method().key();
                List<String> names = aggregation.labels(labels, i);
                row.put(key, names.size() == 1 ? names.getFirst() : null);
                if (names.size() > 1) {
                    names.forEach(row.putArray(key + TIE)::add);
                }
                if (aggregation.method() == Aggregation.Method.DAWID_SKENE) {
                    row.put("probability", posterior[aggregation.best()[i][0]]);
                }
            }
            ObjectNode votes = row.putObject("votes");
            ObjectNode probabilities = row.putObject("posterior");
            for (int c = 0; c < counts[i].length; c++) {
                if (counts[i][c] > 0) {
                    votes.put(labels.categories().get(c), counts[i][c]);
                }
                probabilities.put(labels.categories().get(c), posterior[c]);
            }
            rows.accept(row);
        }
    }

    String csv() {
        List<String> names = new ArrayList<>(List.of("item"));
        for (Aggregation aggregation : study.aggregations()) {
            names.add(aggregation.method().key());
            names.add(aggregation.method().key() + TIE);
            if (aggregation.method() == Aggregation.Method.DAWID_SKENE) {
                names.add("probability");
            }
        }
        List<String> categories = study.file().labels().categories();
        StringBuilder out = new StringBuilder();
        List<String> header = new ArrayList<>(names);
        categories.forEach(c -> header.add("votes." + c));
        categories.forEach(c -> header.add("posterior." + c));
        line(header, out);
        rows(row -> {
            List<String> cells = new ArrayList<>();
            names.forEach(name -> cells.add(cell(row.get(name))));
            categories.forEach(c ->
                    cells.add(row.get("votes").has(c) ? cell(row.get("votes").get(c)) : "0"));
            categories.forEach(c -> cells.add(cell(row.get("posterior").get(c))));
            line(cells, out);
        });
        return out.toString();
    }

    /** Tied labels share a cell. */
    private static String cell(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return "";
        }
        if (value.isArray()) {
            return value.valueStream().map(JsonNode::asString).collect(Collectors.joining(" | "));
        }
        return value.asString();
    }

    private static void line(List<String> cells, StringBuilder out) {
        out.append(cells.stream().map(ItemRows::quoted).collect(Collectors.joining(",")))
                .append('\n');
    }

    private static String quoted(String text) {
        return text.matches("(?s).*[\",\\n\\r].*") ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }
}
