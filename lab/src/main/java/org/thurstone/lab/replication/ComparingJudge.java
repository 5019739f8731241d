package org.thurstone.lab.replication;

import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.stream.IntStream;
import org.thurstone.data.Completion;
import org.thurstone.data.Preference;
import org.thurstone.data.Prompt;
import org.thurstone.data.Text;
import org.thurstone.elicit.Elicitation;
import org.thurstone.elicit.Identity;
import org.thurstone.elicit.Inquiry;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Presentation;
import org.thurstone.elicit.Question;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.ledger.MemoryLedger;
import org.thurstone.loop.run.Seeds;
import org.thurstone.rank.search.PairSearch;
import org.thurstone.statistics.Correlation;
import org.thurstone.statistics.Normal;

/**
 * A simulated judge of texts: it compares two of them with calibrated probabilities, and grades them from 1 to 5.
 *
 * @param quality of each text; the texts are numbers
 * @param blur the error of each comparison, skew-symmetric
 * @param noise its standard deviation
 * @param bias towards the text that is shown first, in units of quality
 */
record ComparingJudge(double[] quality, double[][] blur, double noise, double bias) implements Respondent {

    /** The deviation of the error of a grade, before rounding. */
    private static final double GRADING = 0.5;

    private static final Prompt PROMPT = new Prompt("texts", Text.raw("Which text is better?"));

    static ComparingJudge random(int texts, double noise, double bias, RandomGenerator random) {
        double[] quality = IntStream.range(0, texts)
                .mapToDouble(i -> random.nextGaussian())
                .toArray();
        double[][] blur = new double[texts][texts];
        for (int i = 0; i < texts; i++) {
            for (int j = 0; j < i; j++) {
                blur[i][j] = noise * random.nextGaussian();
                blur[j][i] = -blur[i][j];
            }
        }
        return new ComparingJudge(quality, blur, noise, bias);
    }

    @Override
    public Identity identity() {
        return Identity.of("comparing-judge");
    }

    @Override
    public Set<Question.Form> forms() {
        return Set.of(Question.Form.PAIR);
    }

    @Override
    public void ask(List<Presentation> asked, Elicitation elicitation) {
        for (Presentation p : asked) {
            double left = prefers(number(p.shown().getFirst()), number(p.shown().getLast()));
            elicitation.answer(p, new Judgement.Preferred(new Preference.Soft(left)));
        }
    }

    /** The probability of preferring the first, which is shown first. */
    double prefers(int first, int second) {
        return Normal.below((quality[first] - quality[second] + blur[first][second] + bias) / noise);
    }

    /** The mean of so many grades per text. */
    double[] grades(int each, RandomGenerator random) {
        return IntStream.range(0, quality.length)
                .mapToDouble(i -> IntStream.range(0, each)
                        .mapToDouble(k -> Math.round(3 + quality[i] + GRADING * random.nextGaussian()))
                        .map(grade -> Math.clamp(grade, 1, 5))
                        .average()
                        .orElseThrow())
                .toArray();
    }

    /** The mean probability of each text over all others. */
    double[] winRates() {
        return IntStream.range(0, quality.length)
                .mapToDouble(i -> IntStream.range(0, quality.length)
                        .mapToDouble(j -> i == j ? 0.5 : prefers(i, j))
                        .average()
                        .orElseThrow())
                .toArray();
    }

    /**
     * Ranks the texts.
     *
     * @param asked the judge itself, or one that asks it
     */
    PairSearch.Found search(PairSearch search, Respondent asked, SplittableGenerator random) {
        List<Completion> texts = IntStream.range(0, quality.length)
                .mapToObj(i -> Completion.raw("" + i))
                .toList();
        Inquiry inquiry = new Inquiry(
                new MemoryLedger(), new Seeds(random.nextLong())::of, Inquiry.Tolerance.DEFAULT, warning -> {});
        return search.rank(PROMPT, texts, inquiry, asked);
    }

    /** Spearman's correlation with the true qualities. */
    double agreement(double[] scores) {
        return Correlation.spearman(scores, quality);
    }

    double agreement(PairSearch.Found found) {
        double[] scores = new double[quality.length];
        for (int place = 0; place < scores.length; place++) {
            scores[number(found.order().get(place))] = -place;
        }
        return agreement(scores);
    }

    private static int number(Completion text) {
        return Integer.parseInt(text.text().plain());
    }
}
