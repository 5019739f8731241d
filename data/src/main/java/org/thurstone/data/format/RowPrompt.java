package org.thurstone.data.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurstone.data.Message;
import org.thurstone.data.Role;
import org.thurstone.data.Text;
import tools.jackson.databind.JsonNode;

/**
 * The prompt of a row. An {@code instruction} is followed by its {@code input}, on a line of its own, as LLaMA-Factory joins them. A {@code system}
 * prompt and a {@code history} of earlier turns make a conversation of it; then every row of the file is one, so that a model sees all of them alike.
 */
final class RowPrompt {

    private RowPrompt() {}

    /** The prompt of a row, or what stands for one; empty if it has none. */
    static Optional<Text> find(Fields row) {
        return Texts.promptKey(row).map(key -> inContext(row, text(row, key)));
    }

    static Text of(Fields row) {
        return find(row).orElseThrow(() -> missing(row));
    }

    static BadRow missing(Fields row) {
        return new BadRow("'" + row.columns().firstOf(Names.PROMPT).orElse("prompt") + "' is missing");
    }

    /** The text or the turns under a key, with what follows an instruction. */
    static Text text(Fields row, String key) {
        Text text = Texts.parse(row.get(key), "'" + key + "'");
        if (!(key.equals("instruction") && text instanceof Text.Raw(String instruction))) {
            return text;
        }
        Optional<String> input = row.firstOf(Names.INPUT).filter(row::isFilled).map(row::text);
        return Text.raw(
                input.isEmpty() ? instruction : instruction.isBlank() ? input.get() : instruction + "\n" + input.get());
    }

    /** The same after the system prompt and the history of the row. */
    static Text inContext(Fields row, Text text) {
        List<Message> earlier = earlier(row);
        if (earlier.isEmpty() && !hasContext(row.columns())) {
            return text;
        }
        List<Message> turns = Texts.turns(text);
        List<Message> all = new ArrayList<>(earlier);
        if (earlier.isEmpty()
                || earlier.getFirst().role() != Role.SYSTEM
                || turns.getFirst().role() != Role.SYSTEM) {
            all.addAll(turns);
        } else if (Overlap.same(earlier.getFirst(), turns.getFirst())) {
            all.addAll(turns.subList(1, turns.size()));
        } else {
            throw new BadRow("the column 'system' and the system turn of the conversation differ");
        }
        return Text.chat(all);
    }

    private static boolean hasContext(Columns file) {
        return file.anyFilled("history") || Names.SYSTEM.stream().anyMatch(file::anyFilled);
    }

    private static List<Message> earlier(Fields row) {
        List<Message> earlier = new ArrayList<>();
        Names.SYSTEM.stream()
                .filter(row::isFilled)
                .findFirst()
                .ifPresent(key -> earlier.add(new Message(Role.SYSTEM, row.text(key))));
        if (row.isFilled("history")) {
            for (JsonNode turn : row.list("history")) {
                earlier.addAll(exchange(turn, earlier.size()));
            }
        }
        return earlier;
    }

    /** A pair of what the user and the assistant said, or one turn. */
    private static List<Message> exchange(JsonNode node, int before) {
        if (node.isObject()) {
            return Texts.turns(Texts.parse(node, "'history' turn " + (before + 1)));
        }
        if (!node.isArray() || node.size() != 2) {
            throw new BadRow("'history' holds " + Fields.shown(node)
                    + ", not a pair of texts [user, assistant] or a turn {role, content}");
        }
        return List.of(
                new Message(Role.USER, Fields.text(node.get(0), "a turn in 'history'")),
                new Message(Role.ASSISTANT, Fields.text(node.get(1), "a turn in 'history'")));
    }
}
