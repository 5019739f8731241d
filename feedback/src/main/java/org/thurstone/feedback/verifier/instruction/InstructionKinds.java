package org.thurstone.feedback.verifier.instruction;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import org.thurstone.data.UserError;

/** The kinds of instructions, by their names. */
public final class InstructionKinds {

    /** IFEval's, in the order of its groups. */
    private static final SequencedMap<String, Function<Arguments, Instruction>> IFEVAL = new LinkedHashMap<>();

    /** Those that IFEval does not have. */
    private static final SequencedMap<String, Function<Arguments, Instruction>> OWN = new LinkedHashMap<>();

    static {
        IFEVAL.put(Keywords.KIND, a -> new Keywords(a.texts("keywords")));
        IFEVAL.put(
                KeywordCount.KIND,
                a -> new KeywordCount(a.relation("relation"), a.text("keyword"), a.count("frequency", 0)));
        IFEVAL.put(ForbiddenWords.KIND, a -> new ForbiddenWords(a.texts("forbidden_words")));
        IFEVAL.put(
                LetterCount.KIND,
                a -> new LetterCount(a.relation("let_relation"), a.text("letter"), a.count("let_frequency", 0)));
        IFEVAL.put(InLanguage.KIND, a -> new InLanguage(a.text("language")));
        IFEVAL.put(Paragraphs.KIND, a -> new Paragraphs(a.count("num_paragraphs", 1)));
        IFEVAL.put(WordCount.KIND, a -> new WordCount(a.relation("relation"), a.count("num_words", 0)));
        IFEVAL.put(SentenceCount.KIND, a -> new SentenceCount(a.relation("relation"), a.count("num_sentences", 0)));
        IFEVAL.put(
                ParagraphStart.KIND,
                a -> new ParagraphStart(
                        a.count("num_paragraphs", 1), a.count("nth_paragraph", 1), a.text("first_word")));
        IFEVAL.put(Placeholders.KIND, a -> new Placeholders(a.count("num_placeholders", 0)));
        IFEVAL.put(Postscript.KIND, a -> new Postscript(a.text("postscript_marker")));
        IFEVAL.put(Bullets.KIND, a -> new Bullets(a.count("num_bullets", 0)));
        IFEVAL.put(ConstrainedAnswer.KIND, a -> new ConstrainedAnswer());
        IFEVAL.put(Highlights.KIND, a -> new Highlights(a.count("num_highlights", 0)));
        IFEVAL.put(Sections.KIND, a -> new Sections(a.text("section_spliter"), a.count("num_sections", 0)));
        IFEVAL.put(JsonAnswer.KIND, a -> new JsonAnswer());
        IFEVAL.put(Title.KIND, a -> new Title());
        IFEVAL.put(TwoAnswers.KIND, a -> new TwoAnswers());
        IFEVAL.put(RepeatPrompt.KIND, a -> new RepeatPrompt(a.text("prompt_to_repeat")));
        IFEVAL.put(EndPhrase.KIND, a -> new EndPhrase(a.text("end_phrase")));
        IFEVAL.put(Quotation.KIND, a -> new Quotation());
        IFEVAL.put(
                CapitalWords.KIND,
                a -> new CapitalWords(a.relation("capital_relation"), a.count("capital_frequency", 0)));
        IFEVAL.put(AllCapitals.KIND, a -> new AllCapitals());
        IFEVAL.put(AllLowercase.KIND, a -> new AllLowercase());
        IFEVAL.put(NoComma.KIND, a -> new NoComma());

        OWN.put(StartWord.KIND, a -> new StartWord(a.text("word")));
        OWN.put(Exclamation.KIND, a -> new Exclamation());
        OWN.put(SingleQuestion.KIND, a -> new SingleQuestion());
        OWN.put(NumberedList.KIND, a -> new NumberedList(a.count("number", 1)));
        OWN.put(WordRange.KIND, a -> new WordRange(a.count("least", 0), a.count("most", 0)));
    }

    private InstructionKinds() {}

    /** The names of IFEval's 25 kinds. */
    public static List<String> ifeval() {
        return List.copyOf(IFEVAL.keySet());
    }

    /** The names of the other kinds. */
    public static List<String> own() {
        return List.copyOf(OWN.keySet());
    }

    /**
     * An instruction.
     *
     * @param arguments by their names in IFEval's files: texts, whole numbers and lists of texts; those that are null are not there
     * @throws UserError if the kind is unknown, or an argument is missing, of another type, or unknown
     */
    public static Instruction read(String kind, Map<String, ?> arguments) {
        Function<Arguments, Instruction> reader = Optional.ofNullable(IFEVAL.get(kind))
                .or(() -> Optional.ofNullable(OWN.get(kind)))
                .orElseThrow(() -> new UserError("there is no instruction '" + kind + "'; the kinds are "
                        + String.join(", ", ifeval()) + ", " + String.join(", ", own())));
        Arguments given = new Arguments(kind, Collections.unmodifiableMap(new LinkedHashMap<>(arguments)));
        try {
            Instruction instruction = reader.apply(given);
            given.refuseOthers();
            return instruction;
        } catch (IllegalArgumentException e) {
            throw new UserError("the instruction '" + kind + "': " + e.getMessage(), e);
        }
    }
}
