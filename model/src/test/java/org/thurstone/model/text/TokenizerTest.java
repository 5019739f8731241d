package org.thurstone.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.UserError;

class TokenizerTest {

    private static final List<String> SUMS = List.of("+", "-", "=", ":", "#", "5", "7", "12", "14", "19");

    @TempDir
    Path directory;

    private Tokenizer words() {
        new WordTokenizerFile(SUMS, "\\d+|\\S").write(directory, 64);
        return Tokenizer.load(directory);
    }

    @Test
    void aNumberIsOneToken() {
        Tokenizer tokenizer = words();
        int[] ids = tokenizer.encode("12+7-5:", true);
        assertThat(ids).containsExactly(10, 3, 9, 4, 8, 6);
        assertThat(tokenizer.decode(ids)).isEqualTo("12+7-5:");
        assertThat(tokenizer.decode(tokenizer.encode("12+7=19-5=14#14", false))).isEqualTo("12+7=19-5=14#14");
    }

    @Test
    void idsThatAreNoIdsAreRefusedByName() throws IOException {
        words();
        Path file = directory.resolve("tokenizer.json");
        String json = Files.readString(file);
        for (String id : List.of("-1", "1.5", "\"7\"", "2000000000", "99999999999999999999", "null", "[1]")) {
            Files.writeString(file, json.replaceFirst("(\"19\"\\s*:\\s*)\\d+", "$1" + id));
            assertThatThrownBy(() -> Tokenizer.load(directory))
                    .as(id)
                    .isInstanceOf(UserError.class)
                    .hasMessage(file + ": in model.vocab \"19\" is " + id
                            + "; the id of a token is a whole number from 0 to 16,777,216");
            Files.writeString(file, json.replaceFirst("(\"id\"\\s*:\\s*)\\d+", "$1" + id));
            assertThatThrownBy(() -> Tokenizer.load(directory))
                    .as(id)
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("an id in added_tokens is " + id);
            Files.writeString(file, json);
            Path generation = directory.resolve("generation_config.json");
            for (String eos : id.equals("null") || id.equals("[1]")
                    ? List.of("[null]", "[[1]]")
                    : List.of(id, "[1, " + id + "]")) {
                Files.writeString(generation, "{\"eos_token_id\": " + eos + "}");
                assertThatThrownBy(() -> Tokenizer.load(directory))
                        .as(eos)
                        .isInstanceOf(UserError.class)
                        .hasMessageStartingWith(generation + ": eos_token_id is ");
            }
            Files.delete(generation);
        }
    }

    @Test
    void specialTokensAreReadFromTextAndSayNothing() {
        Tokenizer tokenizer = words();
        int[] ids = tokenizer.encode("7<eos>", false);
        assertThat(ids).containsExactly(9, 1);
        assertThat(tokenizer.decode(ids)).isEqualTo("7");
        assertThat(tokenizer.eos()).isEqualTo(OptionalInt.of(1));
        assertThat(tokenizer.pad()).isEqualTo(OptionalInt.of(0));
        assertThat(tokenizer.bos()).isEmpty();
        assertThat(tokenizer.eosText()).isEqualTo("<eos>");
        assertThat(tokenizer.endings().stream()).containsExactly(1);
        assertThat(tokenizer.special(1)).isTrue();
        assertThat(tokenizer.special(9)).isFalse();
        assertThat(tokenizer.id("19")).isEqualTo(OptionalInt.of(12));
        assertThat(tokenizer.id("20")).isEmpty();
    }

    @Test
    void outOfVocabularyWordsAreUnknown() {
        assertThat(words().encode("12+8é🎉", false)).containsExactly(10, 3, 2, 2, 2);
        assertThat(words().encode("", true)).isEmpty();
    }

    @Test
    void everyEndOfTheGenerationConfigEndsAnAnswer() throws IOException {
        words();
        Files.writeString(directory.resolve("generation_config.json"), "{\"eos_token_id\": [1, 7]}");
        assertThat(Tokenizer.load(directory).endings().stream()).containsExactly(1, 7);
    }

    @Test
    void aTokenizerLargerThanItsModelIsRefused() {
        Tokenizer tokenizer = words();
        assertThat(tokenizer.vocabulary()).isEqualTo(13);
        tokenizer.checkFits(13);
        assertThatThrownBy(() -> tokenizer.checkFits(12))
                .isInstanceOf(UserError.class)
                .hasMessage(
                        "the tokenizer does not fit the model: its largest token id is 12, but the model's vocabulary"
                                + " ends at 11; use the tokenizer.json that came with the weights");
    }

    @Test
    void missingAndBrokenFilesAreNamed() throws IOException {
        assertThatThrownBy(() -> Tokenizer.load(directory.resolve("nowhere")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no tokenizer.json in " + directory.resolve("nowhere"));
        Path file = directory.resolve("tokenizer.json");
        Files.writeString(file, "{\"model\": ");
        assertThatThrownBy(() -> Tokenizer.load(directory))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(file + " is not JSON");
        Files.writeString(file, "{\"hello\": 1}");
        assertThatThrownBy(() -> Tokenizer.load(directory))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no vocabulary");
        Files.writeString(file, "{\"model\": {\"type\": \"Nonsense\", \"vocab\": {\"a\": 0}}}");
        assertThatThrownBy(() -> Tokenizer.load(directory))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("cannot read the tokenizer in " + file);
    }

    @Test
    void wordsThatCouldNeverBeReadAreRefused() {
        assertThatThrownBy(() -> new WordTokenizerFile(List.of("1", "+1"), "\\d+|\\S"))
                .hasMessageContaining("\"+1\" could never be read");
        assertThatThrownBy(() -> new WordTokenizerFile(List.of("1", "1"), "\\d+|\\S"))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> new WordTokenizerFile(List.of("1"), "(")).hasMessageContaining("not a pattern");
    }

    @Test
    void savedFilesAreTheSame() {
        Tokenizer tokenizer = words();
        Path copy = directory.resolve("copy");
        tokenizer.save(copy);
        assertThat(copy.resolve("tokenizer.json")).hasSameBinaryContentAs(directory.resolve("tokenizer.json"));
        assertThat(Tokenizer.load(copy).encode("12+7", true)).containsExactly(10, 3, 9);
        tokenizer.save(directory);
        assertThat(Tokenizer.load(directory).encode("12+7", true)).containsExactly(10, 3, 9);
    }
}
