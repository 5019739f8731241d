package org.thurstone.model.text.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Values as JSON in the very bytes that Python's {@code json.dumps(…, ensure_ascii=False)} writes, since a model was trained on those.
 *
 * @param indent blanks a level; negative for all on one line
 */
record Json(int indent, String itemSeparator, String keySeparator, boolean sorted) {

    static Json of(int indent) {
        return new Json(indent, indent < 0 ? ", " : ",", ": ", false);
    }

    String write(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, 0, out);
        return out.toString();
    }

    private void write(Object value, int depth, StringBuilder out) {
        Budget.enter();
        int start = out.length();
        one(value, depth, out);
        // What is nested was charged already; twice does no harm.
        Budget.make(out.length() - (long) start);
        Budget.leave();
    }

    private void one(Object value, int depth, StringBuilder out) {
        switch (Values.of(value)) {
            case None n -> out.append("null");
            case Boolean b -> out.append(b);
            case String s -> string(s, out);
            case Long l -> out.append(l);
            case Double d -> out.append(Values.number(d));
            case List<?> list -> {
                List<Runnable> items = new ArrayList<>();
                list.forEach(item -> items.add(() -> write(item, depth + 1, out)));
                group('[', items, ']', depth, out);
            }
            case Map<?, ?> map -> {
                List<Runnable> items = new ArrayList<>();
                List<? extends Map.Entry<?, ?>> entries = map.entrySet().stream()
                        .sorted((a, b) -> sorted ? Values.compare(a.getKey(), b.getKey()) : 0)
                        .toList();
                entries.forEach(entry -> items.add(() -> {
                    string(Values.text(Values.of(entry.getKey())), out);
                    out.append(keySeparator);
                    write(entry.getValue(), depth + 1, out);
                }));
                group('{', items, '}', depth, out);
            }
            case Undefined u -> throw u.error();
            default -> throw new JinjaException(Values.repr(value) + " cannot be written as JSON");
        }
    }

    private void group(char open, List<Runnable> items, char close, int depth, StringBuilder out) {
        out.append(open);
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                out.append(itemSeparator);
            }
            line(depth + 1, out);
            items.get(i).run();
        }
        if (!items.isEmpty()) {
            line(depth, out);
        }
        out.append(close);
    }

    private void line(int depth, StringBuilder out) {
        if (indent >= 0) {
            Budget.make(indent, depth);
            out.append('\n').append(" ".repeat(indent * depth));
        }
    }

    private static void string(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < 0x20) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
