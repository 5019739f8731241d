package org.thurstone.worlds.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class KeyPhrasesTest {

    @Test
    void phrasesAreScoredByTheCompanyOfTheirWords() {
        // Runs: "old red dog", "dog", "ran", "old house". Degrees over frequencies: old (3+2)/2, red 3, dog (3+1)/2,
        // ran 1, house 2.
        KeyPhrases phrases = KeyPhrases.of("The old red dog: a dog that ran to the old house.");
        assertThat(phrases.phrases())
                .extracting(p -> phrases.text().substring(p.from(), p.until()))
                .containsExactly("old red dog", "old house", "dog", "ran");
        assertThat(phrases.phrases().getFirst().score()).isCloseTo(2.5 + 3 + 2, within(1e-12));
        assertThat(phrases.phrases().get(1).score()).isCloseTo(4.5, within(1e-12));
        assertThat(phrases.phrases().get(2).score()).isCloseTo(2, within(1e-12));
    }

    @Test
    void bestPhrasesAreRemovedFirst() {
        KeyPhrases phrases = KeyPhrases.of("The old red dog: a dog that ran to the old house.");
        assertThat(phrases.without(0)).isEqualTo(phrases.text());
        assertThat(phrases.without(0.25)).isEqualTo("The: a dog that ran to the old house.");
        assertThat(phrases.without(0.5)).isEqualTo("The: a dog that ran to the.");
        assertThat(phrases.without(1)).isEqualTo("The: a that to the.");
        assertThat(KeyPhrases.of("").without(1)).isEmpty();
        assertThat(KeyPhrases.of("It is.").without(1)).isEqualTo("It is.");
    }
}
