package org.thurstone.model.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurstone.data.UserError;
import org.thurstone.model.files.PreTokenizer;
import org.thurstone.model.text.Splitting;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PreTokenizerNameTest {

    /** Every name that llama.cpp compares tokenizer.ggml.pre with (November 2026), but "default", which is a guess. */
    private static final List<String> NAMES =
            List.of(("minicpm5 llama3 llama-v3 llama-bpe falcon3 falcon-h1 pixtral midm-2.0"
                            + " lfm2 jina-v5-nano deepseek-llm deepseek-coder deepseek-v3 spark2_5 youtu falcon mpt starcoder gpt-2 phi-2 jina-es jina-de"
                            + " gigachat jina-v2-es jina-v2-de a.x-4.0 mellum modern-bert jais-2 gemma4 granite-embed-multi-311m sarvam-moe jina-v1-en"
                            + " jina-v2-code roberta-bpe whitespace refact command-r qwen2 deepseek-r1-qwen kormo f2llmv2 qwen35 stablelm2 olmo dbrx"
                            + " smaug-bpe poro-chat chatglm-bpe glm4 glm5 viking jais tekken smollm codeshell bloom gpt3-finnish exaone exaone4"
                            + " exaone-moe chameleon minerva-7b megrez gpt-4o llama4 kanana2 talkie granite-embed-multi-97m tiny_aya cohere2moe superbpe"
                            + " trillion granite-docling bailingmoe bailingmoe2 llada-moe seed-coder hunyuan hunyuan-dense hy_v4 joyai-llm kimi-k2"
                            + " ufakzeka grok-2 afmoe laguna minimax-m2 solar-open mellum2")
                    .split(" "));

    private static List<String> split(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<String> pieces = new ArrayList<>();
        int from = 0;
        for (int length : Splitting.pieces(PreTokenizer.known().get(name).json(), List.of(text))
                .getFirst()) {
            pieces.add(new String(bytes, from, length, StandardCharsets.UTF_8));
            from += length;
        }
        return pieces;
    }

    @Test
    void everyNameThatLlamaCppListsIsKnown() {
        assertThat(PreTokenizer.known().keySet()).containsAll(NAMES).doesNotContain("default");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "afmoe;ab1234567 x;ab|1|234|567| x",
                "superbpe;ab cd 1234567;ab cd |1|234|567",
                "kimi-k2;中文HelloWorld 1234's;中文|HelloWorld| |123|4|'s",
                "chameleon;ab 12    c!;ab| |1|2|    |c|!",
                "tiny_aya;x 1234567;x| |1|234|567",
                "deepseek-llm;ab 12 中文!;ab| |12| |中文|!",
                "youtu;한국 Ab12;한국| Ab|1|2",
                "ufakzeka;Ali'nin it's;Ali|'nin| it|'s",
                "hy_v4;#ab 1234中;#ab| |123|4|中",
                "qwen2;it's 123;it|'s| |1|2|3",
                "llama-bpe;it's 1234;it|'s| |123|4",
                "gpt-4o;HelloWorld it's;Hello|World| it's",
            })
    void namesSplitAsLlamaCppDoes(String name, String text, String pieces) {
        assertThat(String.join("|", split(name, text))).isEqualTo(pieces);
    }

    private static JsonNode tokenizer(JsonNode preTokenizer, boolean whole) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.set("pre_tokenizer", preTokenizer);
        json.putObject("model").put("ignore_merges", whole);
        return json;
    }

    @Test
    void aSplittingIsFoundHoweverItIsWritten() throws Exception {
        PreTokenizer.known().forEach((name, known) -> {
            if (known.form() == PreTokenizer.Form.BYTES
                    && List.of("gpt-2", "smollm", "falcon", "gpt-4o", "kimi-k2").contains(name)) {
                String found = PreTokenizerName.of(tokenizer(known.originalJson(), known.wholeWords()), "x");
                assertThat(PreTokenizer.known().get(found).splits()).as(name).isEqualTo(known.splits());
            }
        });
        JsonMapper json = JsonMapper.shared();
        assertThat(PreTokenizerName.of(
                        tokenizer(
                                json.readTree(
                                        "{\"type\": \"ByteLevel\", \"add_prefix_space\": false, \"trim_offsets\": true, \"use_regex\": true}"),
                                false),
                        "x"))
                .isEqualTo("gpt-2");
        assertThat(PreTokenizerName.of(
                        tokenizer(
                                json.readTree(
                                        "{\"type\": \"Sequence\", \"pretokenizers\": [{\"type\": \"Digits\", \"individual_digits\": true},"
                                                + " {\"type\": \"ByteLevel\", \"add_prefix_space\": false, \"trim_offsets\": true, \"use_regex\": true}]}"),
                                false),
                        "x"))
                .isEqualTo("smollm");
    }

    @Test
    void aSplittingThatHasNoNameIsRefused() {
        JsonMapper json = JsonMapper.shared();
        assertThatThrownBy(() -> PreTokenizerName.of(
                        tokenizer(
                                json.readTree(
                                        "{\"type\": \"Sequence\", \"pretokenizers\": [{\"type\": \"Split\", \"behavior\": \"Isolated\","
                                                + " \"invert\": false, \"pattern\": {\"Regex\": \"[aeiou]\"}}, {\"type\": \"ByteLevel\","
                                                + " \"add_prefix_space\": false, \"trim_offsets\": true, \"use_regex\": false}]}"),
                                false),
                        "mine/tokenizer.json"))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("mine/tokenizer.json: its pre-tokenizer splits texts as none of the names")
                .hasMessageContaining("--pre")
                .hasMessageContaining("smollm");
    }
}
