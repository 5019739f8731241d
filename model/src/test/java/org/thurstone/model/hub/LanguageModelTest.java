package org.thurstone.model.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.data.Completion;
import org.thurstone.data.Message;
import org.thurstone.data.Prompt;
import org.thurstone.data.Role;
import org.thurstone.data.Text;
import org.thurstone.data.UserError;
import org.thurstone.model.TokenTree;
import org.thurstone.model.exact.TabularPolicy;
import org.thurstone.model.text.Encoded;
import org.thurstone.model.text.Tokenizer;
import org.thurstone.model.text.WordTokenizerFile;

class LanguageModelTest {

    @TempDir
    Path directory;

    private Tokenizer tokenizer;

    @BeforeEach
    void write() {
        new WordTokenizerFile(List.of("1", "2"), "\\d").write(directory, 2);
        tokenizer = Tokenizer.load(directory);
    }

    @Test
    void aTokenizerThatDoesNotFitIsRefusedAtOnce() {
        try (TabularPolicy small = TabularPolicy.uniform(4, 4)) {
            assertThatThrownBy(() -> new LanguageModel(small, tokenizer, Optional.empty()))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("the tokenizer does not fit the model: its largest token id is 4");
        }
    }

    @Test
    void examplesAreEncodedWithinTheModelsContext() {
        try (LanguageModel model = new LanguageModel(TabularPolicy.uniform(5, 5), tokenizer, Optional.empty())) {
            Encoded encoded = model.encoding()
                    .encode(new Prompt("p", Text.raw("1")), List.of(Completion.raw("2"), Completion.raw("1")));
            TokenTree tree = ((Encoded.Included) encoded).tree();
            // One token of each completion fits behind the prompt.
            assertThat(model.policy().forward(List.of(tree), false).logProbs().toDoubles())
                    .containsOnly(Math.log(1 / 5.))
                    .hasSize(2);
            assertThat(model.chat().render(List.of(new Message(Role.USER, "1")), true))
                    .isEqualTo("\n\nHuman: 1\n\nAssistant:");
        }
    }
}
