package org.thurstone.data.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.thurstone.data.Prompt;
import org.thurstone.data.UserError;

/**
 * Prompts and, where the file has them, their reference answers.
 *
 * @param prompts in the file's order; ids are unique
 * @param references the expected answers, by prompt id; prompts without one are missing
 * @param notices what the user should know of how they were read, such as columns that were not
 */
public record PromptSet(List<Prompt> prompts, Map<String, String> references, List<String> notices) {

    private record Referenced(Prompt prompt, Optional<String> reference) {}

    public PromptSet {
        prompts = List.copyOf(prompts);
        references = Map.copyOf(references);
        notices = List.copyOf(notices);
    }

    /**
     * Reads files of prompts one after the other. Where a file gives other prompts the ids of earlier ones, as shards that each count from 0 do,
     * its ids begin with its name.
     *
     * @param reading how many rows may be bad, and which columns have other names
     * @param column as in {@link #read(Path, ReadOptions, Optional)}
     * @throws UserError as there
     */
    public static PromptSet read(DataFiles files, ReadOptions reading, Optional<String> column) {
        Map<Path, String> names = files.names();
        PromptSet all = new PromptSet(List.of(), Map.of(), files.remarks());
        for (Path file : files.files()) {
            all = all.and(read(file, reading, column), names.get(file) + "/");
        }
        return all;
    }

    private PromptSet and(PromptSet more, String name) {
        Map<String, Prompt> known = new HashMap<>();
        prompts.forEach(prompt -> known.put(prompt.id(), prompt));
        String prefix = "";
        while (clashes(known, prefix.isEmpty() ? more : more.under(prefix))) {
            prefix += name;
        }
        PromptSet named = prefix.isEmpty() ? more : more.under(prefix);
        List<Prompt> all = new ArrayList<>(prompts);
        named.prompts.stream().filter(prompt -> !known.containsKey(prompt.id())).forEach(all::add);
        Map<String, String> answers = new HashMap<>(references);
        answers.putAll(named.references);
        return new PromptSet(
                all,
                answers,
                Stream.concat(notices.stream(), named.notices.stream()).toList());
    }

    /** Whether one id means two prompts, or two answers to one. */
    private boolean clashes(Map<String, Prompt> known, PromptSet more) {
        return more.prompts.stream().anyMatch(prompt -> {
            Prompt earlier = known.get(prompt.id());
            return earlier != null
                    && !(earlier.equals(prompt)
                            && Objects.equals(references.get(prompt.id()), more.references.get(prompt.id())));
        });
    }

    /** The same prompts with a prefix before every id. */
    public PromptSet under(String prefix) {
        Map<String, String> answers = new HashMap<>();
        references.forEach((id, answer) -> answers.put(prefix + id, answer));
        return new PromptSet(
                prompts.stream()
                        .map(prompt -> new Prompt(prefix + prompt.id(), prompt.content()))
                        .toList(),
                answers,
                notices);
    }

    /**
     * Reads a file of prompts, as {@link Prompts} does, with their reference answers.
     *
     * @param column that holds the reference answer, a text or a number, in every row; empty: {@code reference}, {@code answer},
     *     {@code ground_truth} or {@code target}, where a row has one of them
     * @throws UserError if the file cannot be read, too many rows are bad, or two different prompts have the same id
     */
    public static PromptSet read(Path path, ReadOptions reading, Optional<String> column) {
        List<Prompt> prompts = new ArrayList<>();
        Map<String, Row<Referenced>> byId = new HashMap<>();
        Map<String, String> references = new HashMap<>();
        List<String> notices;
        try (RowReader<Referenced> rows =
                Prompts.read(path, reading, (row, prompt) -> new Referenced(prompt, reference(row, column)))) {
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
            notices = rows.notices();
        }
        return new PromptSet(prompts, references, notices);
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
