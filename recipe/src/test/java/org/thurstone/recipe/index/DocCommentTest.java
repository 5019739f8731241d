package org.thurstone.recipe.index;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Comments as the compiler hands them over become plain words. */
class DocCommentTest {

    @Test
    void tagsAndMarkupBecomePlainWords() {
        DocComment doc = DocComment.of("""
             Hinge on {@code β·h}: see {@link org.a.Dpo}, {@link #margin()} and {@linkplain Other the other}; 1 &lt; 2.
             A second line.

             <p>Another <b>paragraph</b>, with a "quote; of" things.

             @param beta β above 0:
                 usually 0.1
             @param labelSmoothing ε
             @throws Nothing ever
            """);
        assertThat(doc.text())
                .isEqualTo("Hinge on `β·h`: see `Dpo`, `margin` and the other; 1 < 2. A second line.\n\n"
                        + "Another paragraph, with a \"quote; of\" things.");
        assertThat(doc.parameters())
                .hasSize(2)
                .containsEntry("beta", "β above 0: usually 0.1")
                .containsEntry("labelSmoothing", "ε");
    }

    @Test
    void markdownBecomesPlainWords() {
        DocComment doc = DocComment.ofMarkdown("""
            Hinge on `h[0]`: see [org.a.Dpo], [#margin()] and [the other][Other]; x in [0, 1].

            Another paragraph.

            @param beta β of [Dpo]
            """);
        assertThat(doc.text())
                .isEqualTo("Hinge on `h[0]`: see `Dpo`, `margin` and the other; x in [0, 1].\n\nAnother paragraph.");
        assertThat(doc.parameters()).containsEntry("beta", "β of `Dpo`").hasSize(1);
    }

    @Test
    void aCommentOfTagsAloneHasNoText() {
        assertThat(DocComment.of(" @param a b").text()).isEmpty();
        assertThat(DocComment.of(" @param a b").parameters()).containsEntry("a", "b");
    }

    @Test
    void aLongCommentIsReadWhole() {
        assertThat(DocComment.of((" " + "word ".repeat(40) + "\n").repeat(2000)).text())
                .hasSize(40 * 5 * 2000 - 1);
    }
}
