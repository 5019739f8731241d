package org.thurstone.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Parses YAML into {@link Node}s. Duplicate keys and tags, which its parser accepts, are collected as problems. */
final class YamlReader {

    private static final Set<Tag> PLAIN_TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP, Tag.MERGE);

    /** An alias stands for all that its anchor has, which may be aliases again: a few lines can stand for more than any memory holds. */
    private static final int MOST = 100_000;

    private final String source;
    private int nodes;
    private final List<Problem> problems;
    private final List<org.snakeyaml.engine.v2.nodes.Node> open = new ArrayList<>();

    private YamlReader(String source, List<Problem> problems) {
        this.source = source;
        this.problems = problems;
    }

    /** The tree of a text; empty where there is nothing but comments. */
    static Optional<Node> read(String text, String source, List<Problem> problems) {
        YamlReader reader = new YamlReader(source, problems);
        String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(source)
                    .setAllowNonScalarKeys(true)
                    .build();
            StreamReader stream = new StreamReader(settings, withoutMark);
            return new Composer(settings, new ParserImpl(settings, stream))
                    .getSingleNode()
                    .map(node -> reader.convert(node, ""));
        } catch (MarkedYamlEngineException e) {
            throw reader.refusal(e);
        } catch (ReaderException e) {
            int line = 1
                    + (int) withoutMark
                            .codePoints()
                            .limit(Math.max(0, e.getPosition()))
                            .filter(c -> c == '\n')
                            .count();
            throw new RecipeError(
                    new Place(source, line), "the character U+%04X cannot stand in YAML".formatted(e.getCodePoint()));
        } catch (YamlEngineException e) {
            throw new RecipeError(new Place(source, 1), "not YAML: " + e.getMessage());
        } catch (StackOverflowError e) {
            throw new RecipeError(new Place(source, 1), "nested too deeply");
        }
    }

    private RecipeError refusal(MarkedYamlEngineException e) {
        int line = e.getProblemMark()
                .or(e::getContextMark)
                .map(m -> m.getLine() + 1)
                .orElse(1);
        String problem = String.valueOf(e.getProblem());
        String message = problem.contains("\\t") || problem.contains("TAB")
                ? "a tab cannot indent YAML; use spaces"
                : "not YAML: " + problem;
        return new RecipeError(new Place(source, line), message);
    }

    private Node convert(org.snakeyaml.engine.v2.nodes.Node node, String path) {
        Place place = place(node);
        nodes++;
        if (nodes > MOST) {
            throw new RecipeError(
                    place,
                    String.format(
                            Locale.ROOT,
                            "with all aliases written out, the recipe has more than %,d values; no recipe needs as many",
                            MOST));
        }
        if (!PLAIN_TAGS.contains(node.getTag())) {
            problems.add(new Problem(place, path, "the tag " + node.getTag() + " has no meaning in a recipe"));
        }
        if (open.contains(node)) {
            problems.add(new Problem(place, path, "an alias refers to what it is part of"));
            return new Node.Scalar("", false, place);
        }
        open.add(node);
        Node converted = switch (node) {
            case ScalarNode s -> new Node.Scalar(s.getValue(), s.getScalarStyle() != ScalarStyle.PLAIN, place);
            case SequenceNode s -> sequence(s, path);
            case MappingNode m -> mapping(m, path);
            default -> throw new IllegalStateException("unexpected " + node.getNodeType());
        };
        open.removeLast();
        return converted;
    }

    private Node sequence(SequenceNode node, String path) {
        List<Node> items = new ArrayList<>();
        for (org.snakeyaml.engine.v2.nodes.Node item : node.getValue()) {
            items.add(convert(item, Recipe.join(path, String.valueOf(items.size()))));
        }
        return new Node.Sequence(items, place(node));
    }

    private Node mapping(MappingNode node, String path) {
        Map<String, Node.Entry> merged = new LinkedHashMap<>();
        Map<String, Node.Entry> own = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            Place keyPlace = place(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
                problems.add(new Problem(keyPlace, path, "a key is a word, not a list or a map"));
                continue;
            }
            String key = keyNode.getValue();
            Node value = convert(tuple.getValueNode(), Recipe.join(path, key));
            if (key.equals("<<") && keyNode.isPlain()) {
                merge(value, path, merged);
            } else {
                Node.Entry before = own.putIfAbsent(key, new Node.Entry(keyPlace, value));
                if (before != null) {
                    problems.add(new Problem(
                            keyPlace,
                            path,
                            "the key \"" + key + "\" is given twice (first on line "
                                    + before.keyPlace().line() + ")"));
                }
            }
        }
        merged.putAll(own);
        return new Node.Mapping(merged, place(node));
    }

    /** {@code <<: *anchor}: of several, the first to give a key wins; the mapping's own keys win over all. */
    private void merge(Node value, String path, Map<String, Node.Entry> into) {
        switch (value) {
            case Node.Mapping m -> m.entries().forEach(into::putIfAbsent);
            case Node.Sequence s -> s.items().forEach(item -> merge(item, path, into));
            case Node.Scalar s ->
                problems.add(new Problem(s.place(), path, "\"<<\" merges maps, not " + s.description()));
        }
    }

    private Place place(org.snakeyaml.engine.v2.nodes.Node node) {
        return new Place(source, node.getStartMark().map(m -> m.getLine() + 1).orElse(1));
    }
}
