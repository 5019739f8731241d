package org.thurstone.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One change to a recipe from the command line: {@code loss.beta=0.2}, {@code stages.0.steps=50}, {@code loss={name: ipo, tau: 0.1}}.
 * A value is a plain scalar as it stands unless it opens with a bracket, a brace or a quote; then it is YAML.
 */
record Setting(List<String> path, Node value, Place place) {

    static Setting parse(String text, List<Problem> problems) {
        Place place = Place.setting(text);
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new RecipeError(place, "expected key=value, such as loss.beta=0.2");
        }
        return new Setting(
                path(text.substring(0, equals), place),
                value(text.substring(equals + 1).strip(), place, problems),
                place);
    }

    /** A text that is never read as YAML. */
    static Setting of(String path, String text) {
        Place place = Place.setting(path + "=" + text);
        return new Setting(path(path, place), new Node.Scalar(text, true, place), place);
    }

    /** The same for a list of texts. */
    static Setting of(String path, List<String> texts) {
        Place place = Place.setting(path + "=" + String.join(",", texts));
        return new Setting(
                path(path, place),
                new Node.Sequence(
                        texts.stream()
                                .<Node>map(text -> new Node.Scalar(text, true, place))
                                .toList(),
                        place),
                place);
    }

    private static List<String> path(String dotted, Place place) {
        List<String> path = List.of(dotted.strip().split("\\.", -1));
        if (path.stream().anyMatch(String::isBlank)) {
            throw new RecipeError(place, "the key has an empty part between its dots");
        }
        return path;
    }

    private static Node value(String text, Place place, List<Problem> problems) {
        if (text.isEmpty() || "[{\"'".indexOf(text.charAt(0)) < 0) {
            return new Node.Scalar(text, false, place);
        }
        List<Problem> inside = new ArrayList<>();
        try {
            Node node = YamlReader.read(text, place.source(), inside).orElseThrow();
            inside.forEach(p -> problems.add(new Problem(place, p.path(), p.message())));
            return at(place, node);
        } catch (RecipeError e) {
            throw new RecipeError(place, e.problems().getFirst().message());
        }
    }

    /** The same tree without lines: a command line has none. */
    private static Node at(Place place, Node node) {
        return switch (node) {
            case Node.Scalar s -> new Node.Scalar(s.text(), s.quoted(), place);
            case Node.Sequence s ->
                new Node.Sequence(s.items().stream().map(n -> at(place, n)).toList(), place);
            case Node.Mapping m -> {
                Node.Mapping moved = Node.Mapping.empty(place);
                for (Map.Entry<String, Node.Entry> e : m.entries().entrySet()) {
                    moved = moved.with(e.getKey(), at(place, e.getValue().value()), place);
                }
                yield moved;
            }
        };
    }

    /** The tree with this setting in it; maps on the way that are not there yet are made. */
    Node in(Node node) {
        return in(node, 0);
    }

    private Node in(Node node, int depth) {
        if (depth == path.size()) {
            return value;
        }
        String step = path.get(depth);
        return switch (node) {
            case Node.Mapping m -> {
                String key = spelling(step, m);
                Node.Entry old = m.entries().get(key);
                Node inner = old == null ? Node.Mapping.empty(place) : old.value();
                yield m.with(key, in(inner, depth + 1), old == null ? place : old.keyPlace());
            }
            case Node.Sequence s -> {
                List<Node> items = new ArrayList<>(s.items());
                int index = index(step, items.size(), depth);
                if (index == items.size()) {
                    items.add(in(Node.Mapping.empty(place), depth + 1));
                } else {
                    items.set(index, in(items.get(index), depth + 1));
                }
                yield new Node.Sequence(items, s.place());
            }
            // "loss: dpo" and --set loss.beta=0.2 mean the dpo with that beta.
            case Node.Scalar s ->
                in(
                        s.absent()
                                ? Node.Mapping.empty(place)
                                : Node.Mapping.empty(s.place()).with("name", s, s.place()),
                        depth);
        };
    }

    /** The key as the recipe spells it, in kebab-case or camelCase. */
    private static String spelling(String step, Node.Mapping mapping) {
        if (mapping.entries().containsKey(step)) {
            return step;
        }
        return mapping.entries().keySet().stream()
                .filter(k -> Names.kebab(k).equals(Names.kebab(step)))
                .findFirst()
                .orElse(step);
    }

    private int index(String step, int size, int depth) {
        String list = String.join(".", path.subList(0, depth));
        String valid = size == 0 ? "0, to add the first item" : "0 to " + (size - 1) + ", or " + size + " to add one";
        if (!step.matches("\\d{1,9}") || Integer.parseInt(step) > size) {
            throw new RecipeError(place, list + " is a list: \"" + step + "\" is not an index of it (" + valid + ")");
        }
        return Integer.parseInt(step);
    }
}
