package org.thurstone.data.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurstone.data.Prompt;
import org.thurstone.data.UserError;

/**
 * Prompts and, where the file has them, their reference answers.
 *
 * @param prompts in the file's order; ids are unique
 * @param references the expected answers, by prompt id; prompts without one are missing
 * @param unread the columns that were not read
 */
public record PromptSet(List<Prompt> prompts, Map<String, String> references, Unread unread) {

    private record Referenced(Prompt prompt, Optional<String> reference) {}

    public PromptSet {
        prompts = List.copyOf(prompts);
        references = Map.copyOf(references);
    }

    /**
     * Reads a file of prompts, as {@link Prompts} does, with their reference answers.
     *
     * @param column that holds the reference answer, a text or a number, in every row; empty: {@code reference}, {@code answer},
     *     {@code ground_truth} or {@code target}, where a row has one of them
     * @throws UserError if the file cannot be read, too many rows are bad, or two different prompts have the same id
     */
    public static PromptSet read(Path path, Optional<String> column) {
        List<Prompt> prompts = new ArrayList<>();
        Map<String, Row<Referenced>> byId = new HashMap<>();
        Map<String, String> references = new HashMap<>();
        Unread unread;
        try (RowReader<Referenced> rows = Prompts.read(
                path, ReadOptions.DEFAULT, (row, prompt) -> new Referenced(prompt, reference(row, column)))) {
            while (rows.hasNext()) {
                Row<Referenced> row = rows.next();
                Prompt prompt = row.value().prompt();
                Row<Referenced> earlier = byId.putIfAbsent(prompt.id(), row);
                if (earlier == null) {
                    prompts.add(prompt);
                    row.value().reference().ifPresent(r -> references.put(prompt.id(), r));
                } else if (!earlier.value().equals(row.value())) {
                    throw new UserError("%s:%d: the id '%s' was given to another %s in line %d; ids must differ"
                            .formatted(
                                    path,
                                    row.line(),
                                    prompt.id(),
                                    earlier.value().prompt().equals(prompt) ? "reference answer" : "prompt",
                                    earlier.line()));
                }
            }
            unread = rows.unread();
        }
        return new PromptSet(prompts, references, unread);
    }

    static Optional<String> reference(Fields row, Optional<String> column) {
        if (column.isPresent()) {
            return Optional.of(row.optionalText(column.get())
                    .orElseThrow(() -> new BadRow("'" + column.get() + "', which is to hold the reference answer, is"
                            + " missing; the row has " + row.keys())));
        }
        return row.firstOf(Names.REFERENCE.toArray(String[]::new))
                .filter(key -> !row.isList(key) && !row.find(key).orElseThrow().isObject())
                .flatMap(row::optionalText);
    }
}
