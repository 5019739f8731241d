package org.thurstone.worlds.language.task.instructions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.thurstone.feedback.verifier.instruction.AllCapitals;
import org.thurstone.feedback.verifier.instruction.AllLowercase;
import org.thurstone.feedback.verifier.instruction.Bullets;
import org.thurstone.feedback.verifier.instruction.CapitalWords;
import org.thurstone.feedback.verifier.instruction.ConstrainedAnswer;
import org.thurstone.feedback.verifier.instruction.EndPhrase;
import org.thurstone.feedback.verifier.instruction.Exclamation;
import org.thurstone.feedback.verifier.instruction.ForbiddenWords;
import org.thurstone.feedback.verifier.instruction.Highlights;
import org.thurstone.feedback.verifier.instruction.InLanguage;
import org.thurstone.feedback.verifier.instruction.Instruction;
import org.thurstone.feedback.verifier.instruction.JsonAnswer;
import org.thurstone.feedback.verifier.instruction.KeywordCount;
import org.thurstone.feedback.verifier.instruction.Keywords;
import org.thurstone.feedback.verifier.instruction.LetterCount;
import org.thurstone.feedback.verifier.instruction.NoComma;
import org.thurstone.feedback.verifier.instruction.NumberedList;
import org.thurstone.feedback.verifier.instruction.ParagraphStart;
import org.thurstone.feedback.verifier.instruction.Paragraphs;
import org.thurstone.feedback.verifier.instruction.Placeholders;
import org.thurstone.feedback.verifier.instruction.Postscript;
import org.thurstone.feedback.verifier.instruction.Quotation;
import org.thurstone.feedback.verifier.instruction.Relation;
import org.thurstone.feedback.verifier.instruction.RepeatPrompt;
import org.thurstone.feedback.verifier.instruction.Sections;
import org.thurstone.feedback.verifier.instruction.SentenceCount;
import org.thurstone.feedback.verifier.instruction.SingleQuestion;
import org.thurstone.feedback.verifier.instruction.StartWord;
import org.thurstone.feedback.verifier.instruction.Title;
import org.thurstone.feedback.verifier.instruction.TwoAnswers;
import org.thurstone.feedback.verifier.instruction.WordCount;
import org.thurstone.feedback.verifier.instruction.WordRange;

/**
 * Makes requests of a topic and an instruction, for each kind of instruction. Numbers, words and phrasings are drawn; an instruction never forbids the
 * mention of its topic.
 */
final class Requests {

    /** What is asked for: the instruction in words, and what it leaves room for. */
    private record InstructionRequest(Instruction instruction, String words, boolean mentions, int least) {
        static InstructionRequest of(Instruction instruction, String words, int least) {
            return new InstructionRequest(instruction, words, true, least);
        }
    }

    /** Draws an instruction of one kind. */
    @FunctionalInterface
    private interface Kind {
        InstructionRequest draw(RandomGenerator random, Topic topic, int words);
    }

    private static final List<String> OPENINGS = List.of(
            "Write a few sentences about %s.",
            "Write a short text about %s.", "Tell me something about %s.", "Describe %s in a few sentences.");

    private static final List<String> WORDS = List.of(
            "simple",
            "always",
            "people",
            "different",
            "important",
            "light",
            "small",
            "world",
            "together",
            "sometimes",
            "begin",
            "place",
            "careful",
            "enjoy",
            "moment",
            "nature");

    private static final List<String> STARTS =
            List.of("Today", "First", "Imagine", "Sometimes", "Everyone", "Indeed", "Yes", "Look");

    private static final List<String> ENDINGS = List.of(
            "That is all.",
            "Is there anything else I can help with?",
            "Any other questions?",
            "Thank you for reading.");

    private static final Map<String, String> LANGUAGES =
            Map.of("de", "German", "es", "Spanish", "fr", "French", "it", "Italian", "pt", "Portuguese");

    private static final SequencedMap<String, Kind> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put(Keywords.KIND, (r, topic, words) -> {
            String first = one(WORDS, r);
            String second = other(WORDS, first, r);
            return InstructionRequest.of(
                    new Keywords(List.of(first, second)),
                    "Include the words \"" + first + "\" and \"" + second + "\".",
                    words);
        });
        KINDS.put(KeywordCount.KIND, (r, topic, words) -> {
            String word = one(WORDS, r);
            int times = 2 + r.nextInt(2);
            return InstructionRequest.of(
                    new KeywordCount(Relation.AT_LEAST, word, times),
                    "The word \"" + word + "\" should appear at least " + times + " times.",
                    words);
        });
        KINDS.put(ForbiddenWords.KIND, (r, topic, words) -> {
            List<String> common = List.of("the", "is", "and", "it", "can", "very").stream()
                    .filter(word -> !topic.key().equals(word))
                    .toList();
            String first = one(common, r);
            String second = other(common, first, r);
            return InstructionRequest.of(
                    new ForbiddenWords(List.of(first, second)),
                    "Do not use the words \"" + first + "\" and \"" + second + "\".",
                    words);
        });
        KINDS.put(LetterCount.KIND, (r, topic, words) -> {
            String letter = List.of("w", "p", "b", "y", "v", "k", "f", "m", "g", "j").stream()
                    .filter(each -> !topic.key().contains(each))
                    .skip(r.nextInt(3))
                    .findFirst()
                    .orElse("z");
            boolean fewer = r.nextBoolean();
            int times = fewer ? 2 + r.nextInt(3) : 4 + r.nextInt(3);
            Relation relation = fewer ? Relation.LESS_THAN : Relation.AT_LEAST;
            return InstructionRequest.of(
                    new LetterCount(relation, letter, times),
                    "The letter " + letter + " should appear " + relation.words() + " " + times + " times.",
                    words);
        });
        KINDS.put(InLanguage.KIND, (r, topic, words) -> {
            List<String> codes = LANGUAGES.keySet().stream().sorted().toList();
            String code = one(codes, r);
            return new InstructionRequest(
                    new InLanguage(code),
                    "Answer in " + Objects.requireNonNull(LANGUAGES.get(code)) + " only; no other language is allowed.",
                    false,
                    words);
        });
        KINDS.put(SentenceCount.KIND, (r, topic, words) -> {
            boolean fewer = r.nextBoolean();
            int number = fewer ? 3 + r.nextInt(2) : 3 + r.nextInt(3);
            Relation relation = fewer ? Relation.LESS_THAN : Relation.AT_LEAST;
            return InstructionRequest.of(
                    new SentenceCount(relation, number),
                    "Your answer should have " + relation.words() + " " + number + " sentences.",
                    words);
        });
        KINDS.put(WordCount.KIND, (r, topic, words) -> {
            boolean fewer = r.nextBoolean();
            int number = words + (fewer ? 18 : 28) + 10 * r.nextInt(2);
            Relation relation = fewer ? Relation.LESS_THAN : Relation.AT_LEAST;
            return InstructionRequest.of(
                    new WordCount(relation, number), "Use " + relation.words() + " " + number + " words.", words);
        });
        KINDS.put(WordRange.KIND, (r, topic, words) -> {
            int least = words + 8 + 5 * r.nextInt(3);
            return InstructionRequest.of(
                    new WordRange(least, least + 15),
                    "Use between " + least + " and " + (least + 15) + " words.",
                    words);
        });
        KINDS.put(Paragraphs.KIND, (r, topic, words) -> {
            int number = 2 + r.nextInt(2);
            return InstructionRequest.of(
                    new Paragraphs(number),
                    "Write " + number + " paragraphs, and separate them with the markdown divider: ***",
                    words);
        });
        KINDS.put(ParagraphStart.KIND, (r, topic, words) -> {
            int nth = 1 + r.nextInt(2);
            String word = one(STARTS, r);
            return InstructionRequest.of(
                    new ParagraphStart(2, nth, word),
                    "Write 2 paragraphs with an empty line between them. Paragraph " + nth
                            + " must start with the word \"" + word + "\".",
                    words);
        });
        KINDS.put(Placeholders.KIND, (r, topic, words) -> {
            int number = 1 + r.nextInt(3);
            return InstructionRequest.of(
                    new Placeholders(number),
                    "Include at least " + number + (number == 1 ? " placeholder" : " placeholders")
                            + " in square brackets, such as [name].",
                    words);
        });
        KINDS.put(Postscript.KIND, (r, topic, words) -> {
            String mark = r.nextBoolean() ? "P.S." : "P.P.S";
            return InstructionRequest.of(
                    new Postscript(mark), "At the end, add a postscript that starts with " + mark, words);
        });
        KINDS.put(Bullets.KIND, (r, topic, words) -> {
            int number = 2 + r.nextInt(3);
            return InstructionRequest.of(
                    new Bullets(number),
                    "Your answer must have exactly " + number + " bullet points, in this form:\n* This is a point.",
                    words);
        });
        KINDS.put(NumberedList.KIND, (r, topic, words) -> {
            int number = 2 + r.nextInt(3);
            return InstructionRequest.of(
                    new NumberedList(number),
                    "Answer with a numbered list of exactly " + number + " items, which begin with 1., 2., and so on.",
                    words);
        });
        KINDS.put(Highlights.KIND, (r, topic, words) -> {
            int number = 1 + r.nextInt(2);
            return InstructionRequest.of(
                    new Highlights(number),
                    "Highlight at least " + number + (number == 1 ? " part" : " parts")
                            + " with asterisks, such as *highlighted part*.",
                    words);
        });
        KINDS.put(Sections.KIND, (r, topic, words) -> {
            String mark = r.nextBoolean() ? "SECTION" : "PART";
            return InstructionRequest.of(
                    new Sections(mark, 2),
                    "Your answer must have 2 sections. Mark their beginnings with " + mark + " 1 and " + mark + " 2.",
                    words);
        });
        KINDS.put(
                JsonAnswer.KIND,
                (r, topic, words) ->
                        InstructionRequest.of(new JsonAnswer(), "Wrap the whole answer in JSON format.", words));
        KINDS.put(
                Title.KIND,
                (r, topic, words) -> InstructionRequest.of(
                        new Title(), "Include a title in double angular brackets, such as <<my title>>.", words));
        KINDS.put(
                ConstrainedAnswer.KIND,
                (r, topic, words) -> new InstructionRequest(
                        new ConstrainedAnswer(),
                        "Do you like this topic? Answer with one of these sentences: \"My answer is yes.\", \"My answer is no.\","
                                + " \"My answer is maybe.\"",
                        false,
                        4));
        KINDS.put(
                TwoAnswers.KIND,
                (r, topic, words) -> InstructionRequest.of(
                        new TwoAnswers(),
                        "Give two different answers. Separate them with six asterisks: ******",
                        words));
        KINDS.put(
                Quotation.KIND,
                (r, topic, words) -> InstructionRequest.of(
                        new Quotation(), "Wrap the whole answer in double quotation marks.", words));
        KINDS.put(EndPhrase.KIND, (r, topic, words) -> {
            String phrase = one(ENDINGS, r);
            return InstructionRequest.of(
                    new EndPhrase(phrase),
                    "Finish your answer with this exact phrase: " + phrase + " No other words should follow it.",
                    words);
        });
        KINDS.put(StartWord.KIND, (r, topic, words) -> {
            String word = one(STARTS, r);
            return InstructionRequest.of(
                    new StartWord(word), "Begin your answer with the word \"" + word + "\".", words);
        });
        KINDS.put(
                Exclamation.KIND,
                (r, topic, words) -> InstructionRequest.of(
                        new Exclamation(), "End with an exclamation mark, and use no other exclamation mark.", words));
        KINDS.put(
                SingleQuestion.KIND,
                (r, topic, words) -> InstructionRequest.of(
                        new SingleQuestion(), "Answer with a single question and nothing else.", Math.min(words, 5)));
        KINDS.put(CapitalWords.KIND, (r, topic, words) -> {
            int number = 2 + r.nextInt(3);
            return InstructionRequest.of(
                    new CapitalWords(Relation.AT_LEAST, number),
                    "Write at least " + number + " words in all capital letters.",
                    words);
        });
        KINDS.put(
                AllCapitals.KIND,
                (r, topic, words) ->
                        InstructionRequest.of(new AllCapitals(), "Write in English, in capital letters only.", words));
        KINDS.put(
                AllLowercase.KIND,
                (r, topic, words) -> InstructionRequest.of(
                        new AllLowercase(),
                        "Write in English, in lowercase letters only; no capital letters are allowed.",
                        words));
        KINDS.put(
                NoComma.KIND,
                (r, topic, words) -> InstructionRequest.of(new NoComma(), "Do not use any commas.", words));
        // The request itself is repeated, so it is made where the request is known.
        KINDS.put(RepeatPrompt.KIND, (r, topic, words) -> {
            throw new IllegalStateException("made of its request");
        });
    }

    private Requests() {}

    /** The names of all kinds that requests are made of. */
    static List<String> kinds() {
        return List.copyOf(KINDS.keySet());
    }

    /**
     * A request.
     *
     * @param words that answers have at least, unless the kind asks for fewer
     */
    static InstructedRequest make(String kind, Topic topic, int words, RandomGenerator random) {
        String request = one(OPENINGS, random).formatted(topic.words());
        if (kind.equals(RepeatPrompt.KIND)) {
            return new InstructedRequest(
                    request + "\nFirst repeat the sentence above word for word, then give your answer.",
                    new RepeatPrompt(request),
                    Optional.of(topic),
                    words);
        }
        InstructionRequest asked = Objects.requireNonNull(KINDS.get(kind), kind).draw(random, topic, words);
        return new InstructedRequest(
                request + " " + asked.words(),
                asked.instruction(),
                asked.mentions() ? Optional.of(topic) : Optional.empty(),
                asked.least());
    }

    private static String one(List<String> of, RandomGenerator random) {
        return of.get(random.nextInt(of.size()));
    }

    private static String other(List<String> of, String than, RandomGenerator random) {
        return one(of.stream().filter(word -> !word.equals(than)).toList(), random);
    }
}
