package org.thurstone.worlds.language.offline;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.thurstone.data.Example;
import org.thurstone.data.Prompt;
import org.thurstone.data.UserError;
import org.thurstone.data.format.Examples;
import org.thurstone.data.format.Prompts;
import org.thurstone.data.format.ReadOptions;
import org.thurstone.data.format.Row;
import org.thurstone.data.format.RowReader;
import org.thurstone.model.TokenTree;
import org.thurstone.model.text.ChatTemplate;
import org.thurstone.model.text.Encoded;
import org.thurstone.model.text.Encoding;
import org.thurstone.model.text.TemplateChoice;
import org.thurstone.model.text.Tokenizer;

/** Rows of a file as a model's tokens, with those that are trained on marked; needs the model's tokenizer and no weights. */
public final class TokenizedRows {

    /** Longer than any context, and short enough for sums. */
    private static final int UNLIMITED = 1 << 30;

    /**
     * A completion, or a prompt.
     *
     * @param trained for each token, whether the loss scores it; never of a prompt
     */
    public record Tokens(List<Integer> ids, List<String> shown, List<Boolean> trained) {}

    /**
     * A row.
     *
     * @param prompts one, or one for each completion where these answer different prompts
     * @param completions in order: of a comparison the chosen one first
     * @param notes what the user should know, such as raw text on a model with a chat template
     * @param dropped why the row cannot be trained on; empty if it can
     */
    public record Shown(long line, List<Tokens> prompts, List<Tokens> completions, List<String> notes, String dropped) {

        /** Prompt and completions on lines of their own; tokens that are trained on stand in brackets. */
        public String toText() {
            if (!dropped.isEmpty()) {
                return "line " + line + ": dropped: " + dropped + "\n";
            }
            StringBuilder text = new StringBuilder("line " + line + "\n");
            prompts.forEach(
                    prompt -> text.append("  prompt      ").append(line(prompt)).append('\n'));
            completions.forEach(completion ->
                    text.append("  completion  ").append(line(completion)).append('\n'));
            notes.forEach(note -> text.append("  note        ").append(note).append('\n'));
            return text.toString();
        }

        private static String line(Tokens tokens) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < tokens.ids.size(); i++) {
                String shown = tokens.shown.get(i).replace("\n", "\\n");
                text.append(tokens.trained.get(i) ? "[" + shown + "]" : shown);
            }
            return text.toString();
        }

        /** The JSON document. */
        public Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("line", line);
            if (dropped.isEmpty()) {
                map.put("prompts", prompts.stream().map(Shown::map).toList());
                map.put("completions", completions.stream().map(Shown::map).toList());
                map.put("notes", notes);
            } else {
                map.put("dropped", dropped);
            }
            return map;
        }

        private static Map<String, Object> map(Tokens tokens) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("ids", tokens.ids);
            map.put("tokens", tokens.shown);
            map.put("trained", tokens.trained);
            return map;
        }
    }

    private TokenizedRows() {}

    /**
     * The first good rows of a file; of a file of prompts, the prompts.
     *
     * @param model a directory with a tokenizer
     * @param textAsTurns whether raw text becomes a turn of the user and one of the assistant
     * @throws UserError if the file or the tokenizer cannot be read
     */
    public static List<Shown> first(
            int count,
            Path file,
            ReadOptions reading,
            Path model,
            TemplateChoice template,
            Turns turns,
            boolean textAsTurns) {
        Tokenizer tokenizer = Tokenizer.load(model);
        Encoding encoding = new Encoding(
                tokenizer,
                ChatTemplate.load(model, template, Clock.systemUTC()).orElseGet(() -> ChatTemplate.plain(tokenizer)),
                Encoding.Options.of(UNLIMITED).withTextAsTurns(textAsTurns));
        if (Prompts.isAlone(file, reading)) {
            return prompts(count, file, reading, encoding);
        }
        List<Shown> shown = new ArrayList<>();
        try (RowReader<Example> rows = Examples.read(file, reading.withBadShare(1))) {
            while (shown.size() < count && rows.hasNext()) {
                Row<Example> row = rows.next();
                shown.add(
                        switch (encoding.encode(turns.of(row.value()))) {
                            case Encoded.Included kept -> of(row.line(), kept, tokenizer);
                            case Encoded.Dropped dropped ->
                                new Shown(row.line(), List.of(), List.of(), List.of(), dropped.reason());
                        });
            }
        }
        return shown;
    }

    private static List<Shown> prompts(int count, Path file, ReadOptions reading, Encoding encoding) {
        List<Shown> shown = new ArrayList<>();
        try (RowReader<Prompt> rows = Prompts.readAlone(file, reading.withBadShare(1))) {
            while (shown.size() < count && rows.hasNext()) {
                Row<Prompt> row = rows.next();
                TokenTree.Segment prompt = TokenTree.Segment.unscored(-1, encoding.prompt(row.value()));
                shown.add(
                        new Shown(row.line(), List.of(tokens(prompt, encoding.tokenizer())), List.of(), List.of(), ""));
            }
        }
        return shown;
    }

    private static Shown of(long line, Encoded.Included kept, Tokenizer tokenizer) {
        List<Tokens> prompts = new ArrayList<>();
        List<Tokens> completions = new ArrayList<>();
        for (TokenTree tree : kept.trees()) {
            for (TokenTree.Segment segment : tree.segments()) {
                (segment.parent() < 0 ? prompts : completions).add(tokens(segment, tokenizer));
            }
        }
        return new Shown(
                line, prompts, completions, kept.notes().stream().distinct().toList(), "");
    }

    private static Tokens tokens(TokenTree.Segment segment, Tokenizer tokenizer) {
        int[] ids = segment.tokens();
        return new Tokens(
                IntStream.of(ids).boxed().toList(),
                IntStream.of(ids).mapToObj(tokenizer::shown).toList(),
                IntStream.range(0, ids.length)
                        .mapToObj(i -> segment.scored().get(i))
                        .toList());
    }
}
