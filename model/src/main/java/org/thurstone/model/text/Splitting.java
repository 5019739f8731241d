package org.thurstone.model.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.thurstone.data.UserError;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a byte-level pre-tokenizer does to texts, whatever it is written as. */
public final class Splitting {

    private Splitting() {}

    /**
     * The number of bytes of each piece of each text.
     *
     * @param preTokenizer as tokenizer.json has it; bytes have to come out of it as characters
     * @throws UserError if it cannot be used
     */
    public static List<List<Integer>> pieces(JsonNode preTokenizer, List<String> texts) {
        DirectoryTokenizer.quiet();
        ObjectNode json = JsonMapper.shared().createObjectNode().put("version", "1.0");
        json.putNull("truncation");
        json.putNull("padding");
        json.putArray("added_tokens");
        json.putNull("normalizer");
        json.set("pre_tokenizer", preTokenizer);
        json.putNull("post_processor");
        json.putNull("decoder");
        ObjectNode model = json.putObject("model").put("type", "BPE");
        ObjectNode vocabulary = model.putObject("vocab");
        int shifted = 256;
        for (int b = 0; b < 256; b++) {
            boolean shown = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || (b >= 0xAE);
            vocabulary.put(String.valueOf((char) (shown ? b : shifted++)), b);
        }
        model.putArray("merges");
        List<List<Integer>> all = new ArrayList<>();
        try (HuggingFaceTokenizer library = HuggingFaceTokenizer.newInstance(
                new ByteArrayInputStream(json.toString().getBytes(StandardCharsets.UTF_8)),
                Map.of("truncation", "false", "padding", "false"))) {
            for (String text : texts) {
                all.add(lengths(library.encode(text, false, false).getWordIds()));
            }
            return all;
        } catch (IOException | RuntimeException e) {
            throw new UserError("the pre-tokenizer cannot be used: " + e.getMessage(), e);
        }
    }

    private static List<Integer> lengths(long[] words) {
        List<Integer> lengths = new ArrayList<>();
        int from = 0;
        for (int k = 1; k <= words.length; k++) {
            if (k == words.length || words[k] != words[from]) {
                lengths.add(k - from);
                from = k;
            }
        }
        return lengths;
    }
}
