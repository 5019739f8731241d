package org.thurstone.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.Example;
import org.thurstone.data.format.Examples;
import org.thurstone.data.format.ReadOptions;
import org.thurstone.model.TokenTree.Segment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Ids and masks that Python's transformers gave for conversations with tools, tool calls, reasoning and several turns, recorded by
 * {@code dev/check-templates}. For the templates of this directory the comparison always runs; for those of TRL, of which the recording is here but
 * not the templates, it needs {@code THURSTONE_TEMPLATES}, the directory {@code trl/chat_templates} of an installed TRL.
 */
class RecordedTemplatesTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> DROPPED = Set.of("key not read", "left out", "both refuse");

    @TempDir
    private Path directory;

    @Test
    void ownTemplatesGiveThePythonTokensAndMasks() throws Exception {
        JsonNode recorded = recorded("templates.json.gz");
        for (String name : recorded.path("templates").propertyNames()) {
            try (InputStream file =
                    Objects.requireNonNull(getClass().getResourceAsStream("templates/" + name + ".jinja"))) {
                check(recorded, name, new String(file.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void templatesOfTrlGiveThePythonTokensAndMasks() throws Exception {
        String templates = System.getenv("THURSTONE_TEMPLATES");
        assumeTrue(templates != null, "THURSTONE_TEMPLATES names no directory of TRL's chat templates");
        JsonNode recorded = recorded("trl-templates.json.gz");
        for (String name : recorded.path("templates").propertyNames()) {
            check(recorded, name, Files.readString(Path.of(templates, name + ".jinja")));
        }
    }

    private JsonNode recorded(String name) throws IOException {
        try (InputStream file =
                new GZIPInputStream(Objects.requireNonNull(getClass().getResourceAsStream(name)))) {
            return JSON.readTree(file.readAllBytes());
        }
    }

    private void check(JsonNode recorded, String name, String template) throws IOException {
        JsonNode own = recorded.path("templates").path(name);
        Path model = Files.createDirectories(directory.resolve(name));
        Tokenizer tokenizer = tokenizer(model, own.path("specials"));
        Files.writeString(model.resolve("chat_template.jinja"), template);
        Encoding encoding = new Encoding(
                tokenizer, ChatTemplate.load(model, Clock.systemUTC()).orElseThrow(), Encoding.Options.of(1 << 20));
        List<Example> rows = rows(recorded.path("rows"));
        for (int i = 0; i < rows.size(); i++) {
            String row = recorded.path("cases").path(i).stringValue();
            JsonNode wanted = own.path("cases").path(row);
            String kind = wanted.path("kind").stringValue();
            Encoded encoded = encoding.encode(rows.get(i));
            if (DROPPED.contains(kind)) {
                assertThat(encoded).as("%s, %s: %s", name, row, kind).isInstanceOf(Encoded.Dropped.class);
                continue;
            }
            assertThat(encoded).as("%s, %s", name, row).isInstanceOf(Encoded.Included.class);
            if (wanted.has("ids")) {
                compare(
                        name + ", " + row,
                        wanted,
                        kind,
                        ((Encoded.Included) encoded).tree().segments(),
                        tokenizer);
            }
        }
    }

    /** Python scores the white space after an answer, which the model never says, and where a template marks nothing, the turns of others too. */
    private static void compare(String row, JsonNode wanted, String kind, List<Segment> segments, Tokenizer tokenizer) {
        int[] prompt = segments.getFirst().tokens();
        int[] answer = segments.getLast().tokens();
        int[] ids = ints(wanted.path("ids"));
        int[] mask = ints(wanted.path("mask"));
        int[] ours =
                IntStream.concat(IntStream.of(prompt), IntStream.of(answer)).toArray();
        assertThat(ours).as(row).isEqualTo(Arrays.copyOf(ids, ours.length));
        if (kind.equals("several answers")) {
            return;
        }
        for (int i = prompt.length; i < ids.length; i++) {
            boolean scored = i < ours.length && segments.getLast().scored().get(i - prompt.length);
            if (scored != (mask[i] == 1)) {
                assertThat(kind).as("%s, token %d", row, i).isEqualTo("white space");
                assertThat(tokenizer.shown(ids[i])).as("%s, token %d", row, i).isBlank();
            }
        }
    }

    private List<Example> rows(JsonNode recorded) throws IOException {
        StringBuilder lines = new StringBuilder();
        recorded.forEach(row -> lines.append(row).append('\n'));
        Path file = Files.writeString(directory.resolve("rows.jsonl"), lines);
        return Examples.readAll(file, ReadOptions.DEFAULT);
    }

    private static int[] ints(JsonNode list) {
        return list.valueStream().mapToInt(JsonNode::intValue).toArray();
    }

    /** Every byte is a token, as the letter that GPT-2's byte-level alphabet has for it; then the special tokens. */
    private static Tokenizer tokenizer(Path model, JsonNode specials) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        ObjectNode bpe = json.putObject("model").put("type", "BPE");
        ObjectNode vocabulary = bpe.putObject("vocab");
        alphabet().forEach(letter -> vocabulary.put(letter, vocabulary.size()));
        bpe.putArray("merges");
        ArrayNode added = json.putArray("added_tokens");
        specials.forEach(special -> added.addObject()
                .put("id", 256 + added.size() - 1)
                .put("content", special.stringValue())
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", true));
        json.putObject("pre_tokenizer")
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", false);
        json.putObject("decoder")
                .put("type", "ByteLevel")
                .put("add_prefix_space", true)
                .put("trim_offsets", true)
                .put("use_regex", true);
        Files.writeString(model.resolve("tokenizer.json"), json.toString());
        Files.writeString(model.resolve("tokenizer_config.json"), "{\"bos_token\": \"<s>\", \"eos_token\": \"</s>\"}");
        return Tokenizer.load(model);
    }

    /** Printable bytes stand for themselves, the 68 others for the letters from U+0100 on. */
    private static List<String> alphabet() {
        List<String> letters = new ArrayList<>();
        IntStream.of(33, 161, 174).forEach(start -> {
            int end = start == 33 ? 126 : start == 161 ? 172 : 255;
            IntStream.rangeClosed(start, end).mapToObj(Character::toString).forEach(letters::add);
        });
        IntStream.range(256, 256 + 68).mapToObj(Character::toString).forEach(letters::add);
        return letters;
    }
}
