package org.thurstone.rank.summary;

import java.util.List;
import java.util.Optional;
import org.thurstone.rank.agreement.AnnotatorBias;
import org.thurstone.rank.agreement.AnnotatorPair;

/**
 * Agreement and skill of annotators.
 *
 * @param items number of items
 * @param annotators number of annotators
 * @param labels number of labels
 * @param categories the different labels
 * @param fleiss Fleiss's kappa
 * @param krippendorff Krippendorff's alpha
 * @param pairs annotators with enough items in common
 * @param skills per annotator
 * @param accuracy per method, against known labels
 * @param bias per annotator, of verdicts on pairs
 */
public record AgreementSummary(
        int items,
        int annotators,
        int labels,
        List<String> categories,
        Interval fleiss,
        Interval krippendorff,
        List<Pair> pairs,
        List<Skill> skills,
        Optional<Accuracies> accuracy,
        List<BiasEstimates> bias) {

    /**
     * Two annotators.
     *
     * @param agreement share of common items with the same label
     * @param kappa Cohen's
     * @param disagreement their most frequent two different labels; empty if they always agree
     * @param disagreements how often those two
     */
    public record Pair(
            String first,
            String second,
            Interval agreement,
            Interval kappa,
            List<String> disagreement,
            int disagreements) {

        static Pair of(AnnotatorPair p) {
            return new Pair(
                    p.first(),
                    p.second(),
                    Interval.of(p.agreement()),
                    Interval.of(p.kappa()),
                    p.disagreement(),
                    p.disagreements());
        }
    }

    /**
     * One annotator.
     *
     * @param labels number of labels
     * @param dawidSkene probability of the true label
     * @param gladAbility on GLAD's scale, 0 for chance
     */
    public record Skill(String annotator, int labels, double dawidSkene, double gladAbility) {}

    /** The share of known labels that each method finds. */
    public record Accuracies(Interval majority, Interval dawidSkene, Interval glad) {}

    /**
     * Influences on an annotator's verdicts other than the answers.
     *
     * @param first share of verdicts for the answer shown first
     * @param consistent share of pairs with the same verdict in both orders
     * @param longer share of verdicts for the longer answer
     * @param lengthEffect log-odds per doubling of length
     * @param selfPreference log-odds for an answer of the annotator's own family
     */
    public record BiasEstimates(
            String annotator,
            int verdicts,
            int ties,
            Interval first,
            Optional<Interval> consistent,
            Optional<Interval> longer,
            Optional<Interval> lengthEffect,
            Optional<Interval> selfPreference) {

        static BiasEstimates of(AnnotatorBias b) {
            return new BiasEstimates(
                    b.annotator(),
                    b.verdicts(),
                    b.ties(),
                    Interval.of(b.first()),
                    b.consistent().map(Interval::of),
                    b.longer().map(Interval::of),
                    b.lengthEffect().map(Interval::of),
                    b.selfPreference().map(Interval::of));
        }
    }

    /** Tables for a terminal. */
    public String text(AgreementStudy.Options options) {
        return new AgreementText(this, options).text();
    }
}
