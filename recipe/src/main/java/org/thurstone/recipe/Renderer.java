package org.thurstone.recipe;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Writes records as YAML with all settings: keys in the record's order, parts with their names, empty optionals as null. */
final class Renderer {

    private Renderer() {}

    static String render(Record value) {
        StringBuilder text = new StringBuilder();
        DumpSettings settings = DumpSettings.builder()
                .setSchema(new CoreSchema())
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setSplitLines(false)
                .setDereferenceAliases(true)
                .build();
        new Dump(settings).dumpNode(fields(value, new ArrayList<>()), new StreamDataWriter() {
            @Override
            public void write(String str) {
                text.append(str);
            }

            @Override
            public void write(String str, int off, int len) {
                text.append(str, off, off + len);
            }
        });
        return text.toString();
    }

    private static Node fields(Record value, List<NodeTuple> first) {
        List<NodeTuple> tuples = new ArrayList<>(first);
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            Types type = Types.of(component.getGenericType());
            tuples.add(new NodeTuple(text(Names.kebab(component.getName())), node(Values.get(value, component), type)));
        }
        return mapping(tuples);
    }

    private static Node node(Object value, Types type) {
        return switch (type) {
            case Types.Fields f -> fields((Record) value, List.of());
            case Types.Named n
            when value instanceof Record part ->
                fields(part, List.of(new NodeTuple(text("name"), text(NamedPart.name(part.getClass())))));
            case Types.Named n ->
                throw new IllegalArgumentException(
                        value.getClass().getName() + " is not a record; a recipe cannot name it");
            case Types.Many many -> {
                List<Node> items = new ArrayList<>();
                ((List<?>) value).forEach(v -> items.add(node(v, many.item())));
                FlowStyle style = many.item() instanceof Types.Single ? FlowStyle.FLOW : FlowStyle.BLOCK;
                yield new SequenceNode(Tag.SEQ, items, items.isEmpty() ? FlowStyle.FLOW : style);
            }
            case Types.Keyed keyed -> {
                List<NodeTuple> tuples = new ArrayList<>();
                ((Map<?, ?>) value)
                        .forEach((k, v) -> tuples.add(new NodeTuple(text(k.toString()), node(v, keyed.value()))));
                yield mapping(tuples);
            }
            case Types.Maybe maybe ->
                Values.unwrap(value)
                        .map(v -> node(v, maybe.value()))
                        .orElseGet(() -> new ScalarNode(Tag.NULL, "null", ScalarStyle.PLAIN));
            case Types.Single s -> single(value);
            case Types.Anything a -> untyped(value);
        };
    }

    private static Node untyped(Object value) {
        return switch (value) {
            case List<?> list ->
                new SequenceNode(Tag.SEQ, list.stream().map(Renderer::untyped).toList(), FlowStyle.FLOW);
            case Map<?, ?> map ->
                mapping(map.entrySet().stream()
                        .map(entry -> new NodeTuple(text(entry.getKey().toString()), untyped(entry.getValue())))
                        .toList());
            default -> single(value);
        };
    }

    private static Node single(Object value) {
        return switch (value) {
            case Double d when d.isNaN() -> throw new IllegalArgumentException("a recipe cannot hold NaN");
            case Double d -> new ScalarNode(Tag.FLOAT, Scalars.write(d), ScalarStyle.PLAIN);
            case Integer i -> new ScalarNode(Tag.INT, Scalars.write(i), ScalarStyle.PLAIN);
            case Long l -> new ScalarNode(Tag.INT, Scalars.write(l), ScalarStyle.PLAIN);
            case Boolean b -> new ScalarNode(Tag.BOOL, Scalars.write(b), ScalarStyle.PLAIN);
            default -> text(Scalars.write(value));
        };
    }

    private static Node text(String text) {
        boolean lines = text.contains("\n") && text.strip().equals(text);
        return new ScalarNode(Tag.STR, text, lines ? ScalarStyle.LITERAL : ScalarStyle.PLAIN);
    }

    private static Node mapping(List<NodeTuple> tuples) {
        return new MappingNode(Tag.MAP, tuples, tuples.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
    }
}
