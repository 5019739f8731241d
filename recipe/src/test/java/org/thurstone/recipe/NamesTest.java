package org.thurstone.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

    @ParameterizedTest
    @CsvSource({
        "labelSmoothing,label-smoothing",
        "LabelSmoothing,label-smoothing",
        "LABEL_SMOOTHING,label-smoothing",
        "label-smoothing,label-smoothing",
        "KLPenalty,kl-penalty",
        "topK,top-k",
        "beta,beta",
        "IPO,ipo",
        "lambda2,lambda2"
    })
    void namesAreKebabCase(String name, String kebab) {
        assertThat(Names.kebab(name)).isEqualTo(kebab);
    }

    @ParameterizedTest
    @CsvSource({"kitten,sitting,3", "dpo,dop,1", "'',abc,3", "same,same,0", "flaw,lawn,2"})
    void editsAreCounted(String a, String b, int edits) {
        assertThat(Names.edits(a, b)).isEqualTo(edits).isEqualTo(Names.edits(b, a));
    }

    @Test
    void equallyNearWordsAreAllNamed() {
        assertThat(Names.hint("xpo", List.of("dpo", "ipo", "kto"))).isEqualTo(" (did you mean \"dpo\" or \"ipo\"?)");
        assertThat(Names.hint("x", List.of())).isEqualTo(" (nothing is expected here)");
    }

    @Test
    void longListsAreCut() {
        List<String> words = IntStream.range(10, 40).mapToObj(i -> "word" + i).toList();
        assertThat(Names.hint("qqqqqqqq", words))
                .startsWith(" (expected one of word10, ")
                .endsWith("word25 and 14 more)");
    }
}
