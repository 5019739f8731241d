package org.thurstone.recipe.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MethodIndexTest {

    private static final IndexedMethod BARE = new IndexedMethod("a.Bare", DocComment.NONE);
    private static final IndexedMethod TOLD = new IndexedMethod(
            "a.B$Told", new DocComment("One.\n\nTwo: method x.", Map.of("beta", "above 0\n\nor so", "tau", "τ")));

    @Test
    void indexReadsBackInClassOrder() {
        String text = MethodIndex.write(List.of(BARE, TOLD));
        assertThat(text)
                .contains("method a.B$Told\ndoc One.\ndoc Two: method x.\n")
                .contains("param beta above 0\nparam beta or so\n");
        assertThat(MethodIndex.read(text)).containsExactly(TOLD, BARE);
    }

    @Test
    void aDamagedLineIsNamed() {
        for (String line : List.of("methods a.B", "method", "doc before any method", "param before any method")) {
            assertThatThrownBy(() -> MethodIndex.read("# comment\n\n" + line + "\n"))
                    .as(line)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("line 3 is not a line of an index: \"" + line + "\"");
        }
    }
}
