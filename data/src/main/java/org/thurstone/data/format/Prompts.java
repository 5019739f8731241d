package org.thurstone.data.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BiFunction;
import org.thurstone.data.Content;
import org.thurstone.data.Message;
import org.thurstone.data.Prompt;
import org.thurstone.data.Role;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;
import org.thurstone.data.container.Containers;
import org.thurstone.data.container.RawRow;
import org.thurstone.data.container.RowSource;
import tools.jackson.databind.JsonNode;

/**
 * Reads files of prompts, which are rows with {@code prompt} (a text, a list of turns, or other content), {@code messages}, of which an answer of the
 * assistant at the end is left off, or {@code turns} (MT-bench), of which the first is the prompt. Files of examples are accepted as well; only
 * their prompts are used.
 *
 * <p>A prompt is named by {@code id}, {@code prompt_id} or {@code question_id}, else by its place, {@code prompts.jsonl:12}.
 */
public final class Prompts {

    private static final String NAME = "prompts";

    /** Texts that the user says one after the other, as MT-bench has them. */
    private static final String SEVERAL = "turns";

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

    /**
     * Whether a file has prompts and nothing else that can be learned from.
     *
     * @throws UserError if it has prompts, and columns that look like answers in no known format
     */
    public static boolean isAlone(Path path, ReadOptions options) {
        try (RowSource source = NamedColumns.of(Containers.open(path), options.columns())) {
            List<Fields> rows = Examples.fields(path, Examples.look(source));
            Columns columns = Columns.of(rows);
            if (Examples.format(rows, columns).isPresent() || rows.stream().noneMatch(Prompts::promptOnly)) {
                return false;
            }
            AnswerColumns.refuse(path, columns);
            return true;
        }
    }

    /** The prompts of a file that {@link #isAlone}; reference answers count as read. */
    public static RowReader<Prompt> readAlone(Path path, ReadOptions options) {
        return read(path, options, (row, prompt) -> {
            PromptSet.reference(row, Optional.empty());
            return prompt;
        });
    }

    /** @param with what is made of a row and its prompt */
    static <T> RowReader<T> read(Path path, ReadOptions options, BiFunction<Fields, Prompt, T> with) {
        RowSource source = NamedColumns.of(Containers.open(path), options.columns());
        try {
            Queue<RawRow> first = Examples.look(source);
            List<Fields> rows = Examples.fields(path, first);
            Columns columns = Columns.of(rows);
            boolean plain = options.format().isEmpty()
                    && rows.stream().anyMatch(row -> promptOnly(row))
                    && rows.stream().noneMatch(row -> row.has("kind"));
            if (plain || first.isEmpty()) {
                return new RowReader<>(
                        path,
                        source,
                        first,
                        columns,
                        row -> with.apply(row, parse(row)),
                        options.badShare(),
                        first.isEmpty() ? RowReader.EMPTY : NAME);
            }
            RowFormat format = options.format().orElseGet(() -> Examples.recognised(path, first, columns));
            return new RowReader<>(
                    path,
                    source,
                    first,
                    columns,
                    row -> with.apply(row, format.parse(row).prompt()),
                    options.badShare(),
                    format.name());
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private static boolean promptOnly(Fields row) {
        return Texts.promptKey(row).isPresent() || row.firstOf(Names.TURNS).isPresent() || row.isList(SEVERAL);
    }

    private static Prompt parse(Fields row) {
        String id = row.firstOf(Names.PROMPT_ID).flatMap(row::optionalText).orElseGet(row::place);
        Content content = content(row);
        return new Prompt(
                id, content instanceof Text text ? Texts.prompt(row, text).content() : content);
    }

    private static Content content(Fields row) {
        Optional<String> key = Texts.promptKey(row);
        if (key.isPresent()) {
            return row.peek(key.get())
                            .filter(node -> node.isObject() && !Texts.isTurns(node))
                            .isPresent()
                    ? LosslessJson.content(row.get(key.get()), "'" + key.get() + "'")
                    : RowPrompt.of(row);
        }
        Optional<String> turns = row.firstOf(Names.TURNS);
        if (turns.isPresent()) {
            return RowPrompt.inContext(
                    row, asked(Texts.messages(row.get(turns.get()), "'" + turns.get() + "'"), turns.get()));
        }
        if (row.isList(SEVERAL)) {
            return RowPrompt.inContext(row, first(row));
        }
        throw RowPrompt.missing(row);
    }

    /** The first turn of the user: the later ones are asked after an answer that is not there yet. */
    private static Text first(Fields row) {
        List<JsonNode> turns = row.list(SEVERAL);
        if (turns.isEmpty()) {
            throw new BadRow("'" + SEVERAL + "' is empty");
        }
        if (turns.size() > 1) {
            row.noteUnread(SEVERAL + " after the first");
        }
        return Text.chat(
                List.of(new Message(Role.USER, Fields.text(turns.getFirst(), "the first of '" + SEVERAL + "'"))));
    }

    private static Text asked(List<Message> turns, String key) {
        int border = PromptCompletion.answerAt(turns);
        if (border == 0) {
            throw new BadRow("'" + key + "' has no turn before the assistant's");
        }
        return Text.chat(turns.subList(0, border));
    }
}
