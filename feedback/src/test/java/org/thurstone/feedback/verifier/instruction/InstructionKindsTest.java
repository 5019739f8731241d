package org.thurstone.feedback.verifier.instruction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.thurstone.data.UserError;

class InstructionKindsTest {

    /**
     * An instruction, an answer that obeys it, and others that do not.
     *
     * @param arguments in the form of IFEval's files
     */
    private record Case(String kind, Map<String, ?> arguments, String obeys, List<String> disobey) {
        static Case of(String kind, Map<String, ?> arguments, String obeys, String... disobey) {
            return new Case(kind, arguments, obeys, List.of(disobey));
        }
    }

    private static final String ENGLISH = "the river runs down from the hills and through the old town to the sea";

    private static final List<Case> CASES = List.of(
            Case.of("keywords:existence", Map.of("keywords", List.of("River", "hill")), ENGLISH, "the river is long"),
            Case.of(
                    "keywords:frequency",
                    Map.of("relation", "at least", "keyword", "an", "frequency", 2),
                    "An island and a hill",
                    "An old house"),
            Case.of(
                    "keywords:frequency",
                    Map.of("relation", "less than", "keyword", "river", "frequency", 2),
                    "One river.",
                    "River by river."),
            Case.of(
                    "keywords:forbidden_words",
                    Map.of("forbidden_words", List.of("art", "Ärger")),
                    "We start early.",
                    "It is an ART.",
                    "Kein ärger!"),
            Case.of(
                    "keywords:letter_frequency",
                    Map.of("let_relation", "at least", "letter", "#", "let_frequency", 2),
                    "#one #two",
                    "#one two"),
            Case.of(
                    "keywords:letter_frequency",
                    Map.of("let_relation", "less than", "letter", "T", "let_frequency", 2),
                    "No other",
                    "That"),
            Case.of(
                    "language:response_language",
                    Map.of("language", "de"),
                    "Der Fluss kommt aus den Bergen und fließt durch die alte Stadt in das Meer.",
                    ENGLISH),
            Case.of(
                    "length_constraints:number_paragraphs",
                    Map.of("num_paragraphs", 2),
                    "***\none\n***\ntwo",
                    "one",
                    "one\n\ntwo",
                    "one *** *** two",
                    "one *** two *** three"),
            Case.of(
                    "length_constraints:number_words",
                    Map.of("relation", "less than", "num_words", 4),
                    "It's late.",
                    "It's late now."),
            Case.of(
                    "length_constraints:number_sentences",
                    Map.of("relation", "at least", "num_sentences", 2),
                    "It rains. We stay.",
                    "It rains and we stay."),
            Case.of(
                    "length_constraints:nth_paragraph_first_word",
                    Map.of("num_paragraphs", 2, "nth_paragraph", 2, "first_word", "However"),
                    "One.\n\n'However, two.",
                    "One.\n\nTwo, however.",
                    "However.",
                    "One.\n\nHowever.\n\nThree."),
            Case.of(
                    "detectable_content:number_placeholders",
                    Map.of("num_placeholders", 2),
                    "[name] of [town]",
                    "[name",
                    "[name\n] [town]"),
            Case.of(
                    "detectable_content:postscript",
                    Map.of("postscript_marker", "P.P.S"),
                    "Bye. P. P.S. Write!",
                    "Bye. P.S. Write!"),
            Case.of("detectable_content:postscript", Map.of("postscript_marker", "P.S."), "p.s. write", "ps write"),
            Case.of(
                    "detectable_format:number_bullet_lists",
                    Map.of("num_bullets", 2),
                    "Both:\n* one\n - two",
                    "* one",
                    "* one\n* two\n* three",
                    "**one**\n**two**"),
            Case.of(
                    "detectable_format:constrained_response",
                    Map.of(),
                    "Well. My answer is maybe.",
                    "My answer is perhaps.",
                    "my answer is yes."),
            Case.of(
                    "detectable_format:number_highlighted_sections",
                    Map.of("num_highlights", 2),
                    "*one* and *two*",
                    "*one* and **",
                    "*one\ntwo*"),
            Case.of(
                    "detectable_format:multiple_sections",
                    Map.of("section_spliter", "SECTION", "num_sections", 2),
                    "SECTION 1 a SECTION2 b",
                    "Section 1 a Section 2 b",
                    "SECTION 1 a SECTION B"),
            Case.of(
                    "detectable_format:json_format",
                    Map.of(),
                    "```json\n{\"a\": [1, 2]}\n```",
                    "{\"a\": 1} and more",
                    "{'a': 1}",
                    "``` ```",
                    "NaN"),
            Case.of("detectable_format:title", Map.of(), "<<A river>>\nIt runs.", "<< >>", "<A river>", "<<A\nriver>>"),
            Case.of(
                    "combination:two_responses",
                    Map.of(),
                    "one ****** two",
                    "one",
                    "one ****** one",
                    "one ****** ****** two",
                    "one ****** two ****** three"),
            Case.of(
                    "combination:repeat_prompt",
                    Map.of("prompt_to_repeat", "Write a poem. "),
                    " write a poem. A rose",
                    "A rose"),
            Case.of(
                    "startend:end_checker",
                    Map.of("end_phrase", "Any other questions?"),
                    "\"It is. any other questions?\" ",
                    "Any other questions? No."),
            Case.of("startend:quotation", Map.of(), " \"It is.\"\n", "\"", "It is.", "“It is.”"),
            Case.of(
                    "change_case:capital_word_frequency",
                    Map.of("capital_relation", "at least", "capital_frequency", 2),
                    "NASA and ESA",
                    "NASA and Esa"),
            Case.of(
                    "change_case:english_capital",
                    Map.of(),
                    "THE RIVER RUNS THROUGH THE OLD TOWN AND THEN TO THE SEA.",
                    "The river runs through the old town and then to the sea.",
                    "DER FLUSS FLIESST DURCH DIE ALTE STADT UND DANN IN DAS MEER."),
            Case.of(
                    "change_case:english_lowercase",
                    Map.of(),
                    ENGLISH,
                    "The river runs through the old town and then to the sea.",
                    "der fluss kommt aus den bergen und fließt durch die alte stadt in das meer"),
            Case.of("punctuation:no_comma", Map.of(), "one; two", "one, two"),
            Case.of(
                    "startend:start_word",
                    Map.of("word", "Today"),
                    "**today**, it rains",
                    "It rains today",
                    "Todays rain"),
            Case.of("startend:exclamation", Map.of(), "It rains!", "It rains.", "Hey! It rains!"),
            Case.of(
                    "detectable_content:single_question",
                    Map.of(),
                    "Does Dr. Lee like rain?",
                    "It rains. Why?",
                    "Why? Really?",
                    "Why? It rains."),
            Case.of(
                    "detectable_format:numbered_list",
                    Map.of("number", 2),
                    "Both:\n1. one\n2) two",
                    "1. one",
                    "1. one\n3. two",
                    "1. one\n2. two\n3. three"),
            Case.of(
                    "length_constraints:word_range",
                    Map.of("least", 2, "most", 3),
                    "one two three",
                    "one",
                    "one two three four"));

    @Test
    void everyKindHasCases() {
        Set<String> tested = CASES.stream().map(Case::kind).collect(Collectors.toSet());
        assertThat(tested)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(InstructionKinds.ifeval().stream(), InstructionKinds.own().stream())
                                .toList());
        assertThat(InstructionKinds.ifeval()).hasSize(25);
    }

    @Test
    void answersAreCheckedAsTheInstructionSays() {
        for (Case each : CASES) {
            Instruction instruction = InstructionKinds.read(each.kind(), each.arguments());
            assertThat(instruction.kind()).isEqualTo(each.kind());
            assertThat(instruction.holds(each.obeys()))
                    .as("%s: %s", instruction, each.obeys())
                    .isTrue();
            for (String other : each.disobey()) {
                assertThat(instruction.holds(other))
                        .as("%s: %s", instruction, other)
                        .isFalse();
            }
        }
    }

    @Test
    void wordsOfInstructionsAreTakenLiterally() {
        assertThat(InstructionKinds.read("keywords:existence", Map.of("keywords", List.of("C++")))
                        .holds("I like c++."))
                .isTrue();
        assertThat(InstructionKinds.read("keywords:forbidden_words", Map.of("forbidden_words", List.of("a.c")))
                        .holds("abc"))
                .isTrue();
    }

    @Test
    void argumentsThatAreNullAreNotThere() {
        Map<String, Object> arguments = new HashMap<>();
        arguments.put("num_words", null);
        arguments.put("num_bullets", 3.0);
        assertThat(InstructionKinds.read("detectable_format:number_bullet_lists", arguments))
                .isEqualTo(new Bullets(3));
    }

    @Test
    void badArgumentsAreRefusedByName() {
        refused(
                "keywords:exists",
                Map.of(),
                "there is no instruction 'keywords:exists'; the kinds are keywords:existence, ");
        refused(
                "keywords:existence",
                Map.of(),
                "the instruction 'keywords:existence' needs 'keywords', a list of texts");
        refused("keywords:existence", Map.of("keywords", List.of()), "'keywords' is [], not a list of texts");
        refused(
                "punctuation:no_comma",
                Map.of("num_words", 3),
                "the instruction 'punctuation:no_comma' has no argument 'num_words'; it has none");
        refused(
                "length_constraints:number_words",
                Map.of("relation", "at most", "num_words", 3),
                "'relation' is at most, not 'at least' or 'less than'");
        refused(
                "detectable_format:number_bullet_lists",
                Map.of("num_bullets", 2.5),
                "'num_bullets' is 2.5, not a whole number of at least 0");
        refused(
                "keywords:letter_frequency",
                Map.of("let_relation", "at least", "letter", "ab", "let_frequency", 1),
                "\"ab\" is not one character");
        refused(
                "length_constraints:nth_paragraph_first_word",
                Map.of("num_paragraphs", 2, "nth_paragraph", 3, "first_word", "a"),
                "paragraph 3 of 2 paragraphs cannot be there");
    }

    private static void refused(String kind, Map<String, ?> arguments, String message) {
        assertThatThrownBy(() -> InstructionKinds.read(kind, arguments))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }
}
