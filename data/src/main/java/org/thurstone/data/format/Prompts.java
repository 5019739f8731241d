package org.thurstone.data.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BiFunction;
import org.thurstone.data.Message;
import org.thurstone.data.Prompt;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;
import org.thurstone.data.container.Containers;
import org.thurstone.data.container.RawRow;
import org.thurstone.data.container.RowSource;

/**
 * The way in to files of prompts: rows with {@code prompt} (a text or a list of turns) or {@code messages}, of which an answer of the
 * assistant at the end is left off. Files of examples will do as well: their prompts are taken.
 *
 * <p>A prompt is named by {@code id} or {@code prompt_id}, else by its place, {@code prompts.jsonl:12}.
 */
public final class Prompts {

    private static final String NAME = "prompts";

    private Prompts() {}

    /**
     * All prompts of a file, in memory.
     *
     * @throws UserError if it cannot be read, too many rows are bad, or two different prompts have the same name
     */
    public static List<Prompt> read(Path path) {
        List<Prompt> prompts = new ArrayList<>();
        Map<String, Row<Prompt>> byId = new HashMap<>();
        try (RowReader<Prompt> rows = read(path, ReadOptions.DEFAULT)) {
            while (rows.hasNext()) {
                Row<Prompt> row = rows.next();
                Row<Prompt> earlier = byId.putIfAbsent(row.value().id(), row);
                if (earlier == null) {
                    prompts.add(row.value());
                } else if (!earlier.value().equals(row.value())) {
                    throw new UserError(
                            path + ":" + row.line() + ": the id '" + row.value().id()
                                    + "' was given to another prompt in line " + earlier.line() + "; ids must differ");
                }
            }
        }
        return List.copyOf(prompts);
    }

    /** The prompts of a file one by one; names are not checked against each other, which would need them all in memory. */
    public static RowReader<Prompt> read(Path path, ReadOptions options) {
        return read(path, options, (row, prompt) -> prompt);
    }

    /** @param with what is made of a row and its prompt */
    static <T> RowReader<T> read(Path path, ReadOptions options, BiFunction<Fields, Prompt, T> with) {
        RowSource source = Containers.open(path);
        try {
            Queue<RawRow> first = Examples.look(source);
            List<Fields> rows = Examples.fields(path, first);
            boolean plain = options.format().isEmpty()
                    && rows.stream().anyMatch(row -> promptOnly(row))
                    && rows.stream().noneMatch(row -> row.has("kind"));
            if (plain || first.isEmpty()) {
                return new RowReader<>(
                        path, source, first, row -> with.apply(row, parse(row)), options.badShare(), NAME);
            }
            RowFormat format = options.format().orElseGet(() -> Examples.recognised(path, first));
            return new RowReader<>(
                    path,
                    source,
                    first,
                    row -> with.apply(row, format.parse(row).prompt()),
                    options.badShare(),
                    format.name());
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private static boolean promptOnly(Fields row) {
        return Texts.promptKey(row).isPresent() || row.has("messages");
    }

    private static Prompt parse(Fields row) {
        Optional<String> key = Texts.promptKey(row);
        Text text = key.isPresent()
                ? Texts.parse(row.get(key.get()), "'" + key.get() + "'")
                : asked(Texts.messages(row.get("messages"), "'messages'"));
        String id = row.firstOf("id", "prompt_id").flatMap(row::optionalText).orElseGet(row::place);
        return new Prompt(id, text);
    }

    private static Text asked(List<Message> turns) {
        int border = PromptCompletion.answerAt(turns);
        if (border == 0) {
            throw new BadRow("'messages' has no turn before the assistant's");
        }
        return Text.chat(turns.subList(0, border));
    }
}
