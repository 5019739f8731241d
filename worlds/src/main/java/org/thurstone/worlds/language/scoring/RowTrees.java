package org.thurstone.worlds.language.scoring;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.thurstone.data.Demonstration;
import org.thurstone.data.Rating;
import org.thurstone.data.UserError;
import org.thurstone.data.format.BadRow;
import org.thurstone.data.format.Examples;
import org.thurstone.model.TokenTree;
import org.thurstone.model.text.Encoded;
import org.thurstone.model.text.Encoding;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tokens of a row that are scored: of {@code input_ids} every token after the first; of a prompt with a completion, or of {@code messages}, what
 * training would score, the end-of-text token of a finished completion included.
 *
 * @param encoding asked for only where a row holds text, so that models without a tokenizer can score tokens
 * @param columns the column in the file by the name that formats know
 */
record RowTrees(Supplier<Encoding> encoding, Map<String, String> columns) {

    private static final String IDS = "input_ids";

    /**
     * @throws UserError if nothing of the row can be scored; it names file and line
     */
    TokenTree tree(ObjectNode row, Path file, long line) {
        try {
            return row.hasNonNull(IDS) ? ofIds(row.get(IDS)) : ofText(row, file, line);
        } catch (BadRow e) {
            throw new UserError(file + ":" + line + ": " + e.getMessage(), e);
        }
    }

    private static TokenTree ofIds(JsonNode node) {
        if (!node.isArray() || node.isEmpty()) {
            throw new BadRow("'" + IDS + "' is not a list of at least one token");
        }
        int[] tokens = new int[node.size()];
        for (int i = 0; i < tokens.length; i++) {
            JsonNode token = node.get(i);
            if (!token.isIntegralNumber() || !token.canConvertToInt()) {
                throw new BadRow("'" + IDS + "' holds " + token + ", which is not a token's number");
            }
            tokens[i] = token.intValue();
        }
        BitSet scored = new BitSet();
        scored.set(1, tokens.length);
        return new TokenTree(List.of(new TokenTree.Segment(-1, tokens, scored)));
    }

    private TokenTree ofText(ObjectNode row, Path file, long line) {
        Encoded encoded = switch (Examples.of(row, file, line, columns)) {
            case Demonstration d -> encoding.get().encode(d);
            case Rating r -> encoding.get().encode(r);
            default ->
                throw new BadRow("the row has several completions, and one is scored at a time: give prompt and"
                        + " completion, messages, or input_ids");
        };
        return switch (encoded) {
            case Encoded.Included kept -> kept.tree();
            case Encoded.Dropped dropped -> throw new BadRow(dropped.reason());
        };
    }
}
