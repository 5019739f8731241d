package org.thurstone.rank.board;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.thurstone.rank.Battle;
import org.thurstone.rank.Battles;
import org.thurstone.rank.BattlesBuilder;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.Rankings;
import org.thurstone.rank.Tally;
import org.thurstone.rank.TallyCounter;
import org.thurstone.rank.Votes;
import tools.jackson.databind.JsonNode;

/** Votes as a part of a JSON document, in columns: counts of pairs, battles or orders. Numbers keep every digit. */
final class KeptVotes {

    /** Outcomes by their numbers in a file. */
    private static final List<Outcome> OUTCOMES = List.of(Outcome.LEFT, Outcome.RIGHT, Outcome.TIE, Outcome.BOTH_BAD);

    private static final List<Outcome> COUNTED = List.of(Outcome.LEFT, Outcome.RIGHT, Outcome.TIE);

    private KeptVotes() {}

    static Map<String, Object> document(Votes votes) {
        return switch (votes) {
            case Tally tally -> ofTally(tally);
            case Battles battles -> ofBattles(battles);
            case Rankings rankings -> ofRankings(rankings);
        };
    }

    private static Map<String, Object> ofTally(Tally tally) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("form", "counts");
        document.put("size", tally.size());
        document.put("items", tally.items());
        int cells = tally.cells();
        document.put("left", IntStream.range(0, cells).map(tally::left).toArray());
        document.put("right", IntStream.range(0, cells).map(tally::right).toArray());
        for (Outcome outcome : COUNTED) {
            document.put(
                    name(outcome),
                    IntStream.range(0, cells)
                            .mapToDouble(c -> tally.weight(outcome, c))
                            .toArray());
        }
        if (!tally.unweighted()) {
            for (Outcome outcome : COUNTED) {
                document.put(
                        name(outcome) + "_squares",
                        IntStream.range(0, cells)
                                .mapToDouble(c -> tally.squares(outcome, c))
                                .toArray());
            }
        }
        return document;
    }

    private static String name(Outcome outcome) {
        return switch (outcome) {
            case LEFT -> "left_wins";
            case RIGHT -> "right_wins";
            case TIE, BOTH_BAD -> "ties";
        };
    }

    private static Map<String, Object> ofBattles(Battles battles) {
        int n = battles.count();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("form", "battles");
        document.put("size", n);
        document.put("items", battles.items());
        document.put("annotators", battles.annotators());
        document.put("groups", battles.groups());
        document.put("covariates", battles.covariates());
        document.put("left", IntStream.range(0, n).map(battles::left).toArray());
        document.put("right", IntStream.range(0, n).map(battles::right).toArray());
        document.put(
                "outcome",
                IntStream.range(0, n)
                        .map(b -> OUTCOMES.indexOf(battles.outcome(b)))
                        .toArray());
        document.put(
                "weight", IntStream.range(0, n).mapToDouble(battles::weight).toArray());
        // NaN, where the time is unknown, is written as null.
        document.put("time", IntStream.range(0, n).mapToDouble(battles::time).toArray());
        document.put("annotator", IntStream.range(0, n).map(battles::annotator).toArray());
        document.put("group", IntStream.range(0, n).map(battles::group).toArray());
        if (battles.tournaments().size() > 1) {
            document.put("tournaments", battles.tournaments());
            document.put(
                    "tournament", IntStream.range(0, n).map(battles::tournament).toArray());
        }
        if (IntStream.range(0, n).anyMatch(b -> battles.margin(b) > 1)) {
            document.put("margin", IntStream.range(0, n).map(battles::margin).toArray());
        }
        int width = battles.covariates().size();
        document.put(
                "values",
                IntStream.range(0, n * width)
                        .mapToDouble(k -> battles.covariate(k / width, k % width))
                        .toArray());
        return document;
    }

    private static Map<String, Object> ofRankings(Rankings rankings) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("form", "orders");
        document.put("size", rankings.size());
        document.put("items", rankings.items());
        document.put("orders", rankings.all());
        return document;
    }

    /**
     * The votes of a document.
     *
     * @throws IllegalArgumentException if they are not as {@link #document} makes them; the message says what is wrong
     */
    static Votes read(JsonNode document) {
        String form = document.path("form").asString("");
        return switch (form) {
            case "counts" -> tally(document);
            case "battles" -> battles(document);
            case "orders" -> rankings(document);
            default -> throw new IllegalArgumentException("its votes have the unknown form \"" + form + "\"");
        };
    }

    private static Tally tally(JsonNode document) {
        List<String> items = texts(document, "items");
        int[] left = indexes(document, "left", items.size());
        int[] right = indexes(document, "right", items.size());
        same("right", right.length, left.length);
        TallyCounter counter = new TallyCounter();
        items.forEach(counter::item);
        long size = document.path("size").asLong(-1);
        if (size < 0) {
            throw new IllegalArgumentException("its votes have no \"size\"");
        }
        long rest = size;
        for (Outcome outcome : COUNTED) {
            String name = name(outcome);
            double[] weights = numbers(document, name);
            same(name, weights.length, left.length);
            double[] squares = document.has(name + "_squares") ? numbers(document, name + "_squares") : weights;
            same(name + "_squares", squares.length, left.length);
            for (int c = 0; c < left.length; c++) {
                if (weights[c] > 0) {
                    counter.add(left[c], right[c], outcome, weights[c], squares[c], rest);
                    rest = 0;
                } else if (weights[c] != 0) {
                    throw new IllegalArgumentException("\"" + name + "\" has a value that is not at least 0");
                }
            }
        }
        return counter.tally();
    }

    private static Battles battles(JsonNode document) {
        List<String> items = texts(document, "items");
        List<String> annotators = texts(document, "annotators");
        List<String> groups = texts(document, "groups");
        List<String> covariates = texts(document, "covariates");
        int[] left = indexes(document, "left", items.size());
        int[] right = indexes(document, "right", items.size());
        int[] outcome = indexes(document, "outcome", OUTCOMES.size());
        int[] annotator = indexes(document, "annotator", annotators.size());
        int[] group = indexes(document, "group", groups.size());
        double[] weight = numbers(document, "weight");
        double[] time = numbers(document, "time");
        double[] values = numbers(document, "values");
        int n = left.length;
        for (int length :
                List.of(right.length, outcome.length, annotator.length, group.length, weight.length, time.length)) {
            same("left", length, n);
        }
        same("values", values.length, n * covariates.size());
        List<String> tournaments = document.has("tournaments") ? texts(document, "tournaments") : List.of("");
        int[] tournament =
                document.has("tournaments") ? indexes(document, "tournament", tournaments.size()) : new int[n];
        same("tournament", tournament.length, n);
        int[] margin = document.has("margin") ? indexes(document, "margin", Integer.MAX_VALUE) : ones(n);
        same("margin", margin.length, n);
        BattlesBuilder builder = new BattlesBuilder(covariates);
        for (int b = 0; b < n; b++) {
            List<Double> of = new ArrayList<>();
            for (int k = 0; k < covariates.size(); k++) {
                of.add(values[b * covariates.size() + k]);
            }
            builder.add(new Battle(
                    items.get(left[b]),
                    items.get(right[b]),
                    OUTCOMES.get(outcome[b]),
                    weight[b],
                    time[b],
                    annotators.get(annotator[b]),
                    groups.get(group[b]),
                    of,
                    margin[b],
                    tournaments.get(tournament[b])));
        }
        return builder.battles();
    }

    private static int[] ones(int count) {
        int[] ones = new int[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static Rankings rankings(JsonNode document) {
        List<String> items = texts(document, "items");
        List<Rankings.Ranking> orders = new ArrayList<>();
        for (JsonNode order : document.path("orders")) {
            List<List<Integer>> blocks = new ArrayList<>();
            for (JsonNode block : order.path("blocks")) {
                blocks.add(Arrays.stream(indexes(order, block, items.size()))
                        .boxed()
                        .toList());
            }
            orders.add(new Rankings.Ranking(
                    blocks,
                    order.path("open").asBoolean(false),
                    order.path("weight").asDouble(1),
                    order.path("annotator").asString("")));
        }
        return new Rankings(items, orders);
    }

    private static int[] indexes(JsonNode order, JsonNode block, int below) {
        int[] indexes = new int[block.size()];
        for (int k = 0; k < indexes.length; k++) {
            indexes[k] = block.get(k).asInt(-1);
            if (indexes[k] < 0 || indexes[k] >= below) {
                throw new IllegalArgumentException("the order " + order + " names an item that there is not");
            }
        }
        return indexes;
    }

    private static JsonNode array(JsonNode document, String name) {
        JsonNode array = document.path(name);
        if (!array.isArray()) {
            throw new IllegalArgumentException("its votes have no \"" + name + "\"");
        }
        return array;
    }

    private static List<String> texts(JsonNode document, String name) {
        List<String> texts = new ArrayList<>();
        array(document, name).forEach(text -> texts.add(text.asString("")));
        return texts;
    }

    private static double[] numbers(JsonNode document, String name) {
        return values(array(document, name), node -> node.isNumber() ? node.doubleValue() : Double.NaN);
    }

    private static int[] indexes(JsonNode document, String name, int below) {
        int[] indexes = Arrays.stream(values(array(document, name), node -> node.asInt(-1)))
                .mapToInt(v -> (int) v)
                .toArray();
        if (Arrays.stream(indexes).anyMatch(i -> i < 0 || i >= below)) {
            throw new IllegalArgumentException("\"" + name + "\" has an index that is not in [0, " + below + ")");
        }
        return indexes;
    }

    private static double[] values(JsonNode array, ToDoubleFunction<JsonNode> value) {
        double[] values = new double[array.size()];
        for (int k = 0; k < values.length; k++) {
            values[k] = value.applyAsDouble(array.get(k));
        }
        return values;
    }

    private static void same(String name, int length, int expected) {
        if (length != expected) {
            throw new IllegalArgumentException("\"" + name + "\" has " + length + " values, not " + expected);
        }
    }
}
