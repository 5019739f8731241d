package org.thurstone.lab.replication;

import java.util.Arrays;
import org.thurstone.elicit.respondent.BothOrders;
import org.thurstone.elicit.respondent.Ties;
import org.thurstone.lab.Ablation;
import org.thurstone.lab.Description;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.rank.search.PairSearch;
import org.thurstone.recipe.Method;

/** PairS against grades by the same simulated judge. */
@Method(
        name = "pairwise-search",
        kind = "replication",
        papers = "2403.16950",
        source = "arXiv:2403.16950",
        summary = "PairS ranks n texts in O(n log n) comparisons and agrees with the truth better than direct grades")
public record PairwiseSearch() implements Replication {

    private static final int TEXTS = 40;
    private static final PairSearch SORT = new PairSearch(1, 0.1);
    private static final PairSearch SEARCH = new PairSearch(100, 0.1);
    private static final String GREEDY = "PairS";
    private static final String BEAM = "PairS, beam of 100";
    private static final String GRADES = "grades";
    private static final String AVERAGED = "as many grades, averaged";
    private static final String ALL = "all pairs";
    private static final String LIMIT = "n·log₂ n";
    private static final String ONE = "one order";
    private static final String BOTH = "both orders";

    @Override
    public Description about() {
        return new Description("""
            A language model's comparisons of two texts agree with people better than its grades do. PairS ranks texts by a merge sort over its preference probabilities,
            in O(n log n) comparisons, and agrees with the truth better than direct grading. Keeping several orders where the judge is uncertain (a beam) improves the
            order, and so does removing position bias by asking in both orders.""", """
            40 texts with normal qualities (standard deviation 1). A simulated judge grades from 1 to 5: quality + 3 with an error of standard deviation 0.5, rounded. Its
            comparisons see the difference of qualities with an error per pair of 0.35, 0.7 or 1.4, where 0.7 is the error of the difference of two grades, and give the
            calibrated probability Φ(difference seen / error). PairS with a beam of 1 (merge sort) and of 100 (both answers followed if the probability is within 0.1
            of ½); as many grades per text as PairS makes comparisons, averaged; and the mean probability over all pairs. Position bias of 0, 1 and 2 in favour of the text
            shown first, at an error of 0.7. Measured: Spearman's correlation with the true qualities, and comparisons for 10 to 160 texts.""", """
            The judge is simulated, so that comparisons are more accurate than grades is an assumption that is varied, not a result. The paper's judges are language models
            on summaries and stories, where errors may be systematic: averaging grades does not remove those.""");
    }

    @Override
    public Findings experiment(Trial trial) {
        Sweep agreement = trial.smoke() ? Sweep.along(0.7) : Sweep.along(0.35, 0.7, 1.4);
        agreement.each((k, noise) -> trial.each(trial.of(100, 20), "error " + noise, random -> {
            ComparingJudge judge = ComparingJudge.random(TEXTS, noise, 0, random);
            PairSearch.Found found = judge.search(SORT, judge, random);
            double[] grades = judge.grades(1, random);
            agreement.add(
                    GREEDY, k, trial.ablation() == Ablation.ITSELF ? judge.agreement(found) : judge.agreement(grades));
            agreement.add(BEAM, k, judge.agreement(judge.search(SEARCH, judge, random)));
            agreement.add(GRADES, k, judge.agreement(grades));
            int each = (int) Math.ceil((double) found.pairs() / TEXTS);
            agreement.add(AVERAGED, k, judge.agreement(judge.grades(each, random)));
            agreement.add(ALL, k, judge.agreement(judge.winRates()));
        }));
        Sweep bias = trial.smoke() ? Sweep.along(1) : Sweep.along(0, 1, 2);
        bias.each((k, size) -> trial.each(trial.of(100, 6), "bias " + size, random -> {
            ComparingJudge judge = ComparingJudge.random(TEXTS, 0.7, size, random);
            bias.add(ONE, k, judge.agreement(judge.search(SORT, judge, random)));
            bias.add(BOTH, k, judge.agreement(judge.search(SORT, BothOrders.of(judge, Ties.TIE), random)));
        }));
        Sweep calls = trial.smoke() ? Sweep.along(10, 20, 40) : Sweep.along(10, 20, 40, 80, 160);
        calls.each((k, texts) -> trial.each(trial.of(10, 2), "texts " + texts, random -> {
            ComparingJudge judge = ComparingJudge.random((int) texts, 0.7, 0, random);
            calls.add(GREEDY, k, judge.search(SORT, judge, random).pairs());
            calls.add(BEAM, k, judge.search(SEARCH, judge, random).pairs());
            calls.add(LIMIT, k, texts * Math.log(texts) / Math.log(2));
            calls.add(ALL, k, texts * (texts - 1) / 2);
        }));
        int equal = trial.of(1, 0);
        return Findings.of(
                        agreement.table(
                                "Spearman's correlation with the true qualities",
                                "error of a comparison",
                                3,
                                noise -> "" + noise),
                        bias.table("the same with position bias", "bias", 3, size -> "" + size),
                        calls.table("comparisons", "texts", 0, texts -> "" + (int) texts))
                .with(calls.map(Math::log10)
                        .scaled(Math::log10)
                        .curve(
                                "Comparisons by texts",
                                "Error of a comparison 0.7; the band is over seeds.",
                                "log₁₀ of texts",
                                "log₁₀ of comparisons"))
                .core(
                        "PairS makes at most n·log₂ n comparisons, however many texts there are",
                        calls.everywhere(k -> Arrays.stream(calls.values(GREEDY, k))
                                .allMatch(made -> made <= calls.at(LIMIT, k).mean())))
                .core(
                        "with comparisons as accurate as the difference of two grades, PairS agrees with the truth better"
                                + " than grades",
                        agreement.better(GREEDY, GRADES, equal))
                .also("so it does at each accuracy of comparisons", agreement.better(GREEDY, GRADES))
                .also(
                        "better than as many grades, averaged, at equal accuracy",
                        agreement.better(GREEDY, AVERAGED, equal))
                .also("a beam agrees better than merge sort, at each accuracy", agreement.better(BEAM, GREEDY))
                .also(
                        "its correlation is at most 0.05 below that of all pairs, at equal accuracy",
                        agreement.difference(GREEDY, ALL, equal).above(-0.05))
                .also(
                        "with a position bias of 1 and more, both orders agree better than one",
                        bias.everywhere(k -> k < trial.of(1, 0) || bias.better(BOTH, ONE, k)));
    }
}
