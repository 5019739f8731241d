package org.thurstone.feedback.verifier.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sentences and capital words, counted by hand. */
class SentencesAndWordsTest {

    @Test
    void sentencesAreThoseThatAPersonCounts() {
        Map<String, Integer> counted = Map.ofEntries(
                Map.entry("It rains", 1),
                Map.entry("It rains. We stay! Why not? Because.", 4),
                Map.entry("Dr. Lee met Mr. J. R. Smith at 5.30 p.m. on St. Mary's Rd. in London.", 1),
                Map.entry("She lives in the U.S. He lives in the U.K. now.", 2),
                Map.entry("The U.S. Army came, etc. and left.", 1),
                Map.entry("So do I. The others do not.", 2),
                Map.entry("\"Why?\" he asked. \"No reason.\" She left.", 3),
                Map.entry("Wait... what? Well… Yes.", 3),
                Map.entry("Pi is 3.14159. Version 2.0 is out.", 2),
                Map.entry("1. The sky is blue.\n2. The sea is deep.\n3. The end.", 3),
                Map.entry("A title\n\nThe text. Its end", 2),
                Map.entry("**Bold.** Plain.", 2),
                Map.entry("See e.g. Figure 3 and www.example.com for more.", 1),
                Map.entry("***\n\n?!", 0),
                Map.entry("यह एक वाक्य है। यह दूसरा है।", 2),
                Map.entry("第一句。第二句!", 2));
        counted.forEach((text, sentences) ->
                assertThat(SentenceBreaks.sentences(text)).as(text).hasSize(sentences));
    }

    @Test
    void sentencesKeepTheirMarks() {
        assertThat(SentenceBreaks.sentences(" He said \"no.\"  I left. "))
                .isEqualTo(List.of("He said \"no.\"", "I left."));
    }

    @Test
    void capitalWordsAreThoseThatAPersonCounts() {
        Map<String, Integer> counted = Map.ofEntries(
                Map.entry("no capital word Here", 0),
                Map.entry("I am A NASA fan.", 3),
                Map.entry("NASA's plan, the U.S.A. and COVID-19", 3),
                Map.entry("I'm late and I've run", 2),
                Map.entry("DON'T WELL-KNOWN AC/DC R&D", 4),
                Map.entry("(NASA) **ESA** \"JAXA\"", 3),
                Map.entry("42 3.5 !!", 0),
                Map.entry("ÄRGER ÜBER ALLES", 3),
                Map.entry("McDonald iPhone", 0));
        counted.forEach((text, capitals) -> assertThat(IntStream.range(0, 9)
                        .filter(n -> new CapitalWords(Relation.AT_LEAST, n).holds(text))
                        .max())
                .as(text)
                .hasValue(capitals));
    }

    @Test
    void wordsAreRunsOfLettersAndDigits() {
        assertThat(WordCount.words("It's well-known: 3.5 %")).isEqualTo(6);
    }
}
