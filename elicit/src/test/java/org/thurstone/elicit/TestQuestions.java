package org.thurstone.elicit;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.thurstone.data.Completion;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.data.Text;
import org.thurstone.elicit.ledger.MemoryLedger;

/** Questions, respondents and inquiries for tests. */
public final class TestQuestions {

    private TestQuestions() {}

    public static Prompt prompt(String text) {
        return new Prompt("p-" + text, Text.raw(text));
    }

    public static Question pair(String prompt, String one, String other) {
        return Question.pair(prompt(prompt), Completion.raw(one), Completion.raw(other));
    }

    /** Pairs of which the longer completion, "aa…a", is the better one for {@link #length}. */
    public static List<Question> pairs(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> pair("prompt " + i, "a".repeat(1 + i % 3), "b".repeat(4 + i % 5)))
                .toList();
    }

    /** A generator for a name, determined by a seed. */
    public static SplittableGenerator random(long seed, String name) {
        return RandomGeneratorFactory.<SplittableGenerator>of("L64X128MixRandom")
                .create(31 * seed + name.hashCode());
    }

    public static Inquiry inquiry(Ledger ledger) {
        return new Inquiry(ledger, name -> random(1, name), Inquiry.Tolerance.DEFAULT, warning -> {});
    }

    public static Inquiry inquiry() {
        return inquiry(new MemoryLedger());
    }

    public static Inquiry inquiry(Ledger ledger, double failures, double answers, List<String> warnings) {
        return new Inquiry(ledger, name -> random(1, name), new Inquiry.Tolerance(failures, answers), warnings::add);
    }

    /** Answers the questions one by one. */
    public static Respondent each(String name, BiConsumer<Presentation, Elicitation> answer) {
        return new Scripted(
                name,
                Set.of(Question.Form.values()),
                (asked, elicitation) -> asked.forEach(p -> answer.accept(p, elicitation)));
    }

    /** Prefers the longer one; rates by length. */
    public static Respondent length(String name) {
        return each(name, (p, e) -> e.answer(p, byLength(p)));
    }

    public static Judgement byLength(Presentation asked) {
        List<Integer> lengths =
                asked.shown().stream().map(c -> c.text().plain().length()).toList();
        return switch (asked.question().form()) {
            case PAIR -> preferred(lengths.get(0), lengths.get(1));
            case RATE, VERIFY ->
                new Judgement.Scored(
                        lengths.stream().map(l -> OptionalDouble.of(l)).toList());
            case RANK ->
                new Judgement.Ordered(lengths.stream()
                        .map(l -> (int)
                                lengths.stream().filter(other -> other > l).count())
                        .toList());
            case EDIT -> new Judgement.Edited(0, Completion.raw("better"));
            case WRITE -> new Judgement.Written(Completion.raw("written"));
        };
    }

    private static Judgement preferred(int left, int right) {
        return new Judgement.Preferred(
                left == right ? new Preference.Tie() : left > right ? new Preference.Left() : new Preference.Right());
    }

    /** Does what it is told. */
    public record Scripted(String name, Set<Question.Form> forms, BiConsumer<List<Presentation>, Elicitation> script)
            implements Respondent {

        @Override
        public Identity identity() {
            return Identity.of(name);
        }

        @Override
        public void ask(List<Presentation> asked, Elicitation elicitation) {
            script.accept(asked, elicitation);
        }
    }

    /** What it was asked, in order, before another one answers. */
    public record Listening(Respondent respondent, List<String> heard) implements Respondent {

        public Listening(Respondent respondent) {
            this(respondent, new ArrayList<>());
        }

        @Override
        public Identity identity() {
            return respondent.identity();
        }

        @Override
        public Set<Question.Form> forms() {
            return respondent.forms();
        }

        @Override
        public void ask(List<Presentation> asked, Elicitation elicitation) {
            asked.forEach(p -> heard.add(p.key()));
            respondent.ask(asked, elicitation);
        }

        @Override
        public boolean costs() {
            return respondent.costs();
        }
    }
}
