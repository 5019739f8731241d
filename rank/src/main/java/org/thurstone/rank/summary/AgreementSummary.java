package org.thurstone.rank.summary;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.thurstone.rank.agreement.Agreement;
import org.thurstone.rank.agreement.AgreementCoefficients;
import org.thurstone.rank.agreement.AnnotatorBias;
import org.thurstone.rank.agreement.AnnotatorPair;
import org.thurstone.rank.agreement.LabelOrder;
import org.thurstone.rank.agreement.Labels;
import org.thurstone.statistics.Estimate;

/**
 * Agreement and skill of annotators.
 *
 * @param items number of items
 * @param annotators number of annotators
 * @param labels number of labels
 * @param categories the different labels, from lowest to highest where their order is known
 * @param order of the labels, and how it is known
 * @param ties number of items whose most frequent label is not unique
 * @param missing how often each word stood where a label was missing; the empty word for empty cells
 * @param fixed number of items whose true label was fixed
 * @param fleiss Fleiss's kappa
 * @param krippendorff Krippendorff's alpha
 * @param coefficients all coefficients of agreement
 * @param perLabel agreement on each label
 * @param pairs annotators with enough items in common
 * @param selfAgreement of annotators who labelled items several times; empty if there are none
 * @param skills per annotator
 * @param uncertain items that need more labels, the least certain first
 * @param accuracy per method, against known labels
 * @param bias per annotator, of verdicts on pairs
 * @param settings with which the figures were computed; all intervals are 95 % intervals
 */
public record AgreementSummary(
        int items,
        int annotators,
        int labels,
        List<String> categories,
        Order order,
        int ties,
        Map<String, Integer> missing,
        int fixed,
        Interval fleiss,
        Interval krippendorff,
        List<Coefficient> coefficients,
        List<LabelAgreement> perLabel,
        List<Pair> pairs,
        Optional<Repetitions> selfAgreement,
        List<Skill> skills,
        List<UncertainItem> uncertain,
        Optional<Map<String, Interval>> accuracy,
        List<BiasEstimates> bias,
        Settings settings) {

    /**
     * The order of the labels.
     *
     * @param source how it is known: numbers, given, recognised, trivial (at most two labels) or unknown
     * @param scale the name of a recognised scale; else empty
     */
    public record Order(String source, String scale) {

        static Order of(LabelOrder order) {
            return new Order(lower(order.source()), order.scale());
        }
    }

    /**
     * Settings of the figures.
     *
     * @param distance between labels, for Krippendorff's alpha
     * @param shared the fewest common items for which two annotators are compared
     * @param bootstrapBy unit of resampling
     * @param minProbability the probability below which an item needs more labels
     */
    public record Settings(
            String distance, int shared, int bootstrap, String bootstrapBy, long seed, double minProbability) {

        static Settings of(AgreementStudy.Options options) {
            return new Settings(
                    lower(options.distance()),
                    options.shared(),
                    options.bootstrap().resamples(),
                    lower(options.bootstrap().unit()),
                    options.bootstrap().seed(),
                    options.enough());
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /**
     * A coefficient of agreement of all annotators.
     *
     * @param reason why there is no value, or no interval; empty if there are both
     */
    public record Coefficient(String name, Interval value, Optional<String> reason) {

        static List<Coefficient> all(Labels labels, AgreementCoefficients all, AgreementStudy.Options options) {
            Optional<String> none = Agreement.whyNone(labels);
            Optional<String> noInterval = Optional.of(
                    options.bootstrap().unit() == Agreement.Bootstrap.Unit.ANNOTATOR
                                    && labels.annotators().size() < Agreement.FEWEST_ANNOTATORS
                            ? "intervals by annotator need " + Agreement.FEWEST_ANNOTATORS
                                    + " annotators, and there are "
                                    + labels.annotators().size()
                            : "all resamples have the same value, which does not show how uncertain it is");
            List<Coefficient> coefficients = new ArrayList<>();
            BiConsumer<String, Estimate> add = (name, value) -> coefficients.add(new Coefficient(
                    name,
                    Interval.of(value),
                    Double.isNaN(value.mean()) ? none : Double.isNaN(value.low()) ? noInterval : Optional.empty()));
            add.accept("same label", all.observed());
            add.accept("Fleiss's kappa", all.fleiss());
            add.accept("Krippendorff's alpha, " + lower(options.distance()), all.krippendorff());
            add.accept("Gwet's AC1", all.ac1());
            all.linear().ifPresent(value -> add.accept("Gwet's AC2, linear weights", value));
            all.quadratic().ifPresent(value -> add.accept("Gwet's AC2, quadratic weights", value));
            all.correlation().ifPresent(icc -> {
                coefficients.add(correlation("ICC(1,1), other annotators per item", icc.oneWay(), false));
                coefficients.add(correlation("ICC(2,1), agreement", icc.agreement(), true));
                coefficients.add(correlation("ICC(3,1), consistency", icc.consistency(), true));
                coefficients.add(correlation("ICC(1,k), mean of an item's labels", icc.averageOneWay(), false));
                coefficients.add(correlation("ICC(2,k), agreement of means", icc.averageAgreement(), true));
                coefficients.add(correlation("ICC(3,k), consistency of means", icc.averageConsistency(), true));
            });
            return coefficients;
        }

        private static Coefficient correlation(String name, Estimate value, boolean isTwoWay) {
            Optional<String> reason = Optional.empty();
            if (Double.isNaN(value.mean())) {
                reason = Optional.of(
                        value.count() >= 2
                                ? "the labels do not vary"
                                : isTwoWay
                                        ? "fewer than two items have labels of all annotators"
                                        : "fewer than two items have two labels");
            } else if (Double.isNaN(value.low())) {
                reason = Optional.of("the labels of an item do not differ, beyond a constant per annotator");
            }
            return new Coefficient(name, Interval.of(value), reason);
        }
    }

    /**
     * One label.
     *
     * @param given how often it was given
     * @param agreement if an annotator gave it to an item, the probability that another annotator of the item gave it, too
     */
    public record LabelAgreement(String label, int given, Interval agreement) {}

    /**
     * Repeated labels.
     *
     * @param alpha Krippendorff's, of the labels that one annotator gave one item
     */
    public record Repetitions(Interval alpha, List<SelfEstimate> annotators) {}

    /**
     * An annotator's repetitions.
     *
     * @param same share of items with the same label again
     */
    public record SelfEstimate(String annotator, Interval same) {}

    /**
     * An item that needs more labels.
     *
     * @param labels number of its labels
     * @param best its most probable labels by Dawid–Skene; several if they are tied
     * @param probability of each of them
     * @param more about how many further labels it needs; 0 if no number is enough
     */
    public record UncertainItem(String item, int labels, List<String> best, double probability, int more) {}

    /**
     * Two annotators.
     *
     * @param agreement share of common items with the same label
     * @param kappa Cohen's
     * @param linear Cohen's with linear weights, if the order of the labels is known
     * @param quadratic Cohen's with quadratic weights, likewise
     * @param disagreement their most frequent two different labels; empty if they always agree
     * @param disagreements how often those two
     */
    public record Pair(
            String first,
            String second,
            Interval agreement,
            Interval kappa,
            Optional<Interval> linear,
            Optional<Interval> quadratic,
            List<String> disagreement,
            int disagreements) {

        static Pair of(AnnotatorPair p) {
            return new Pair(
                    p.first(),
                    p.second(),
                    Interval.of(p.agreement()),
                    Interval.of(p.kappa()),
                    p.linear().map(Interval::of),
                    p.quadratic().map(Interval::of),
                    p.disagreement(),
                    p.disagreements());
        }
    }

    /**
     * One annotator. Figures of methods that were not used are empty.
     *
     * @param labels number of labels
     * @param dawidSkene probability of the true label
     * @param interval of that probability
     * @param oneCoin probability of the true label, the same for all true labels
     * @param gladAbility on GLAD's scale, 0 for chance
     * @param mace probability of knowing the label
     * @param wawa share of labels that are the majority's
     * @param kos reliability by Karger, Oh and Shah, up to a factor
     * @param known share of right labels among items whose true label is known
     * @param confusion probability of the column's label where the row's is true, in the order of the categories
     * @param error the most frequent wrong label
     * @param more number of further labels that would bring the interval within ±10 %
     */
    public record Skill(
            String annotator,
            int labels,
            double dawidSkene,
            Range interval,
            Optional<Double> oneCoin,
            Optional<Double> gladAbility,
            Optional<Double> mace,
            Optional<Double> wawa,
            Optional<Double> kos,
            Optional<Interval> known,
            double[][] confusion,
            Optional<Confusion> error,
            int more) {}

    /** The ends of a 95 % interval. */
    public record Range(double low, double high) {}

    /**
     * A wrong label.
     *
     * @param probability of giving it where the other is true
     */
    public record Confusion(String truth, String given, double probability) {}

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
    public String text() {
        return new AgreementText(this).text();
    }
}
