package org.thurstone.feedback.verifier.instruction;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiConsumer;
import org.thurstone.data.Completion;
import org.thurstone.data.UserError;
import org.thurstone.data.format.BadRow;
import org.thurstone.data.format.Fields;
import org.thurstone.data.format.LosslessJson;
import org.thurstone.data.format.Row;
import org.thurstone.data.format.RowReader;
import org.thurstone.feedback.verifier.instruction.InstructedPrompt.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads prompts with instructions, and answers to them.
 *
 * <p>Rows of prompts are those of IFEval: {@code prompt}, {@code instruction_id_list}, and {@code kwargs}, one object per instruction. They are named by
 * {@code key} or {@code id}, else by their line.
 *
 * <p>Rows of answers have {@code answer}, {@code response}, {@code completion} or {@code output}, and the prompt's {@code key} or {@code id}, or its
 * {@code prompt}; rows that {@code thurstone sample} writes are read as well. Whether an answer ended is in {@code ended} (true or false) or {@code
 * finish} ({@code length} for a cut one). A row may be both.
 */
public final class InstructedFile {

    private static final String KINDS = "instruction_id_list";
    private static final String ARGUMENTS = "kwargs";
    private static final String PROMPT = "prompt";
    private static final String[] KEYS = {"key", "id"};
    private static final String[] ANSWERS = {"answer", "response", "completion", "output"};

    private InstructedFile() {}

    /**
     * The prompts of a file, with the answers that their rows have.
     *
     * @throws UserError naming the line, if a row is bad, has an unknown instruction, or has another one's key
     */
    public static List<InstructedPrompt> prompts(Path file) {
        List<InstructedPrompt> prompts = new ArrayList<>();
        Map<String, Long> lines = new HashMap<>();
        each(file, (row, line) -> {
            InstructedPrompt prompt = prompt(row, line);
            Long earlier = lines.putIfAbsent(prompt.key(), line);
            if (earlier != null) {
                throw new BadRow("the key '" + prompt.key() + "' was given to another prompt in line " + earlier);
            }
            prompts.add(prompt);
        });
        if (prompts.isEmpty()) {
            throw new UserError("there are no prompts in " + file);
        }
        return List.copyOf(prompts);
    }

    /**
     * The same prompts with the answers of another file. Prompts without one keep none.
     *
     * @throws UserError naming the line, if a row is bad, answers none of the prompts, or answers one for the second time
     */
    public static List<InstructedPrompt> answered(List<InstructedPrompt> prompts, Path file) {
        SequencedMap<String, InstructedPrompt> byKey = new LinkedHashMap<>();
        Map<String, String> keys = new HashMap<>();
        prompts.forEach(prompt -> {
            byKey.put(prompt.key(), prompt);
            keys.put(prompt.prompt(), prompt.key());
        });
        Set<String> answered = new HashSet<>();
        each(file, (row, line) -> {
            Optional<Fields> own = row.find(PROMPT).filter(JsonNode::isObject).map(object -> row.within(PROMPT));
            String key = own.flatMap(prompt -> key(prompt))
                    .or(() -> key(row))
                    .or(() -> Optional.ofNullable(keys.get(row.text(PROMPT))))
                    .orElseThrow(() -> new BadRow("there is no such prompt"));
            InstructedPrompt prompt = Optional.ofNullable(byKey.get(key))
                    .orElseThrow(() -> new BadRow("there is no prompt '" + key + "'"));
            if (!answered.add(key)) {
                throw new BadRow("the prompt '" + key + "' has an answer already; one answer per prompt is evaluated");
            }
            byKey.put(
                    key,
                    prompt.answered(answer(row)
                            .orElseThrow(() -> new BadRow(
                                    "there is no answer, response, completion or output; the row has " + row.keys()))));
        });
        return List.copyOf(byKey.values());
    }

    private static InstructedPrompt prompt(Fields row, long line) {
        List<JsonNode> kinds = row.list(KINDS);
        List<JsonNode> arguments = row.has(ARGUMENTS) ? row.list(ARGUMENTS) : List.of();
        if (kinds.isEmpty() || (!arguments.isEmpty() && arguments.size() != kinds.size())) {
            throw new BadRow("'%s' has %d entries and '%s' %d; each instruction has its own"
                    .formatted(KINDS, kinds.size(), ARGUMENTS, arguments.size()));
        }
        List<Instruction> instructions = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            instructions.add(InstructionKinds.read(
                    kinds.get(i).asString(), arguments.isEmpty() ? Map.of() : named(arguments.get(i))));
        }
        return new InstructedPrompt(
                key(row).orElseGet(() -> Long.toString(line)), row.text(PROMPT), instructions, answer(row));
    }

    private static Map<String, Object> named(JsonNode arguments) {
        if (arguments.isNull()) {
            return Map.of();
        }
        if (!arguments.isObject()) {
            throw new BadRow("'" + ARGUMENTS + "' has " + arguments + ", not an object");
        }
        Map<String, Object> named = new LinkedHashMap<>();
        arguments.properties().forEach(each -> {
            if (!each.getValue().isNull()) {
                named.put(each.getKey(), JsonMapper.shared().treeToValue(each.getValue(), Object.class));
            }
        });
        return named;
    }

    private static Optional<String> key(Fields row) {
        return row.firstOf(KEYS).map(key -> row.get(key).asString());
    }

    private static Optional<Answer> answer(Fields row) {
        Optional<String> key = row.firstOf(ANSWERS);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        JsonNode value = row.get(key.get());
        Completion completion = value.isContainer()
                ? LosslessJson.completion(value, "'" + key.get() + "'")
                : Completion.raw(row.text(key.get()));
        Optional<Boolean> ended = row.has("ended")
                ? Optional.of(row.truth("ended"))
                : row.optionalText("finish")
                        .map(finish -> !finish.equals("length"))
                        .or(() -> completion.finished() ? Optional.empty() : Optional.of(false));
        return Optional.of(new Answer(completion.text().plain(), ended));
    }

    private static void each(Path file, BiConsumer<Fields, Long> take) {
        try (RowReader<Fields> rows = RowReader.of(file, "instructions", fields -> fields)) {
            while (rows.hasNext()) {
                Row<Fields> row = rows.next();
                try {
                    take.accept(row.value(), row.line());
                } catch (BadRow | UserError e) {
                    throw new UserError(file + ":" + row.line() + ": " + e.getMessage(), e);
                }
            }
        }
    }
}
