package org.thurstone.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DocCommentTest {

    private static final String SOURCE = """
        package a;

        import b.C;

        /**
         * Hinge on {@code β·h}: see {@link org.a.Dpo}, {@link #margin()} and {@linkplain Other the other}; 1 &lt; 2.
         * A second line.
         *
         * <p>Another <b>paragraph</b>, with a "quote; of" things.
         *
         * @param beta β above 0:
         *     usually 0.1
         * @param labelSmoothing ε
         * @throws Nothing ever
         */
        @Method(name = "x;y", kind = "loss", rows = {1, 2}, formula = "max(0, \\"m\\" − β·h)")
        public record Hinge(double beta, double labelSmoothing) implements Loss {
            /** Not of the record. */
            int margin() {
                return 0;
            }

            record Inner(int x) {}
        }
        """;

    @Test
    void theCommentAboveARecordIsItsOwn() {
        DocComment doc = DocComment.in(SOURCE, "Hinge").orElseThrow();
        assertThat(doc.text())
                .isEqualTo("Hinge on `β·h`: see `Dpo`, `margin` and the other; 1 < 2. A second line.\n\n"
                        + "Another paragraph, with a \"quote; of\" things.");
        assertThat(doc.parameters())
                .hasSize(2)
                .containsEntry("beta", "β above 0: usually 0.1")
                .containsEntry("label-smoothing", "ε");
    }

    @Test
    void whatIsNotThereIsNotSaid() {
        assertThat(DocComment.in(SOURCE, "Inner")).isEmpty();
        assertThat(DocComment.in(SOURCE, "Hin")).isEmpty();
        assertThat(DocComment.in("record Bare(int x) {}", "Bare")).isEmpty();
        assertThat(DocComment.in("", "Bare")).isEmpty();
        assertThat(DocComment.of(String.class)).isEmpty();
    }

    @Test
    void aLongCommentIsReadWhole() {
        String line = " * " + "word ".repeat(40) + "\n";
        assertThat(DocComment.in("/**\n" + line.repeat(2000) + " */\nrecord A(int x) {}", "A")
                        .orElseThrow()
                        .text())
                .hasSize(40 * 5 * 2000 - 1);
    }
}
