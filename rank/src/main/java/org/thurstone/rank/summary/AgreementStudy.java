package org.thurstone.rank.summary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.thurstone.data.UserError;
import org.thurstone.rank.agreement.Aggregation;
import org.thurstone.rank.agreement.Agreement;
import org.thurstone.rank.agreement.AgreementCoefficients;
import org.thurstone.rank.agreement.AnnotatorBias;
import org.thurstone.rank.agreement.AnnotatorPair;
import org.thurstone.rank.agreement.DawidSkene;
import org.thurstone.rank.agreement.Disagreement;
import org.thurstone.rank.agreement.LabelFile;
import org.thurstone.rank.agreement.Labels;
import org.thurstone.rank.agreement.SelfAgreement;
import org.thurstone.rank.agreement.TrueLabels;
import org.thurstone.rank.agreement.Uncertainty;
import org.thurstone.statistics.Estimate;
import org.thurstone.statistics.Normal;
import tools.jackson.databind.node.ObjectNode;

/**
 * Labels with the models fitted to them.
 *
 * @param gold the true labels that were fixed in the fits
 * @param skene Dawid and Skene's posterior of each item's label and each annotator's confusion
 * @param aggregations the labels that each method finds, in the order of {@link Aggregation.Method}
 */
public record AgreementStudy(LabelFile file, TrueLabels gold, DawidSkene skene, List<Aggregation> aggregations) {

    private static final double SMOOTHING = 0.01;

    /** Half the width of an interval of an annotator's accuracy that is narrow enough. */
    private static final double NARROW = 0.1;

    public AgreementStudy {
        aggregations = List.copyOf(aggregations);
    }

    /**
     * Options of the report.
     *
     * @param distance between labels, for Krippendorff's alpha
     * @param shared the fewest common items for which two annotators are compared, at least 1
     * @param bootstrap for intervals, with at least 1 resample
     * @param enough the probability below which an item needs more labels, within (½, 1)
     */
    public record Options(Disagreement distance, int shared, Agreement.Bootstrap bootstrap, double enough) {
        public Options {
            if (bootstrap.resamples() < 1 || shared < 1) {
                throw new IllegalArgumentException(
                        "resamples and shared are at least 1, not " + bootstrap.resamples() + " and " + shared);
            }
            if (!(enough > 0.5 && enough < 1)) {
                throw new IllegalArgumentException("the probability " + enough + " is not between ½ and 1");
            }
        }

        /** Resamples of items, and a probability of 95 %. */
        public Options(Disagreement distance, int shared, int resamples, long seed) {
            this(distance, shared, new Agreement.Bootstrap(Agreement.Bootstrap.Unit.ITEM, resamples, seed), 0.95);
        }
    }

    /** Fits all models of the true labels. */
    public static AgreementStudy of(LabelFile file) {
        return of(file, List.of(Aggregation.Method.values()), TrueLabels.NONE, 1);
    }

    /**
     * Fits models of the true labels.
     *
     * @param methods those that do not suit the labels are left out
     * @param gold the true labels of some items, which are fixed
     * @param seed of what is random in a method
     */
    public static AgreementStudy of(LabelFile file, List<Aggregation.Method> methods, TrueLabels gold, long seed) {
        Labels labels = file.labels().including(gold.byItem().values());
        DawidSkene skene = DawidSkene.fit(labels, SMOOTHING, gold);
        List<Aggregation> aggregations = Arrays.stream(Aggregation.Method.values())
                .filter(method -> methods.contains(method) && method.suits(labels))
                .map(method -> Aggregation.of(method, labels, gold, skene, seed))
                .toList();
        return new AgreementStudy(file.with(labels), gold, skene, aggregations);
    }

    /**
     * The figures.
     *
     * @param truth known labels, to measure annotators and methods; methods are not measured by those that were fixed
     * @throws UserError if the distance does not suit the labels
     */
    public AgreementSummary summary(Options options, Optional<TrueLabels> truth) {
        Labels labels = file.labels();
        AgreementCoefficients all = coefficients(options);
        Optional<TrueLabels> further =
                truth.map(known -> known.without(gold)).filter(known -> gold.isEmpty() || !known.isEmpty());
        return new AgreementSummary(
                labels.items().size(),
                labels.annotators().size(),
                labels.size(),
                labels.categories(),
                AgreementSummary.Order.of(labels.order()),
                ties(),
                new TreeMap<>(file.missing()),
                gold.byItem().size(),
                Interval.of(all.fleiss()),
                Interval.of(all.krippendorff()),
                AgreementSummary.Coefficient.all(labels, all, options),
                perLabel(all),
                AnnotatorPair.all(labels, options.shared()).stream()
                        .map(AgreementSummary.Pair::of)
                        .toList(),
                selfAgreement(options),
                skills(truth),
                uncertain(options),
                further.map(this::accuracies),
                AnnotatorBias.of(file.verdicts()).stream()
                        .map(AgreementSummary.BiasEstimates::of)
                        .toList(),
                AgreementSummary.Settings.of(options));
    }

    private AgreementCoefficients coefficients(Options options) {
        try {
            return AgreementCoefficients.of(file.labels(), options.distance(), options.bootstrap());
        } catch (IllegalArgumentException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
    }

    private int ties() {
        return (int) aggregations.stream()
                .filter(a -> a.method() == Aggregation.Method.MAJORITY)
                .flatMap(a -> Arrays.stream(a.best()))
                .filter(best -> best.length > 1)
                .count();
    }

    private List<AgreementSummary.LabelAgreement> perLabel(AgreementCoefficients all) {
        Labels labels = file.labels();
        int[] given = new int[labels.categories().size()];
        for (int category : labels.category()) {
            given[category]++;
        }
        List<AgreementSummary.LabelAgreement> perLabel = new ArrayList<>();
        for (int c = 0; c < given.length; c++) {
            perLabel.add(new AgreementSummary.LabelAgreement(
                    labels.categories().get(c),
                    given[c],
                    Interval.of(all.specific().get(c))));
        }
        return perLabel;
    }

    private Optional<AgreementSummary.Repetitions> selfAgreement(Options options) {
        if (file.repeats().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new AgreementSummary.Repetitions(
                Interval.of(SelfAgreement.alpha(
                        file.repeats(), file.labels().order(), options.distance(), options.bootstrap())),
                SelfAgreement.of(file.repeats()).stream()
                        .map(s -> new AgreementSummary.SelfEstimate(s.annotator(), Interval.of(s.same())))
                        .toList()));
    }

    private Map<String, Interval> accuracies(TrueLabels known) {
        Map<String, Interval> accuracies = new LinkedHashMap<>();
        aggregations.forEach(a -> accuracies.put(a.method().key(), Interval.of(a.accuracy(file.labels(), known))));
        return accuracies;
    }

    private List<AgreementSummary.UncertainItem> uncertain(Options options) {
        Labels labels = file.labels();
        return Uncertainty.of(labels, skene, options.enough()).stream()
                .map(u -> new AgreementSummary.UncertainItem(
                        labels.items().get(u.item()),
                        u.labels(),
                        Arrays.stream(u.best())
                                .mapToObj(labels.categories()::get)
                                .toList(),
                        u.probability(),
                        u.more()))
                .toList();
    }

    /**
     * Each item's labels by each method, its votes, and the posterior of its true label by Dawid–Skene, as rows in the order of the items. Where labels are
     * tied, the label is null and a list has the tied ones.
     */
    public void labels(Consumer<ObjectNode> rows) {
        new ItemRows(this).rows(rows);
    }

    /** The same rows as a table, in CSV. */
    public String csv() {
        return new ItemRows(this).csv();
    }

    private List<AgreementSummary.Skill> skills(Optional<TrueLabels> truth) {
        Labels labels = file.labels();
        int[] count = new int[labels.annotators().size()];
        for (int annotator : labels.annotator()) {
            count[annotator]++;
        }
        Map<Aggregation.Method, double[]> reliability = new EnumMap<>(Aggregation.Method.class);
        aggregations.forEach(a -> reliability.put(a.method(), a.reliability()));
        Optional<List<Estimate>> known = truth.map(t -> t.accuracyOfAnnotators(labels));
        double[] skill = skene.skill();
        List<AgreementSummary.Skill> skills = new ArrayList<>();
        for (int a = 0; a < count.length; a++) {
            int annotator = a;
            Estimate accuracy = Estimate.ofShare(Math.min(1, skill[a]) * count[a], count[a]);
            skills.add(new AgreementSummary.Skill(
                    labels.annotators().get(a),
                    count[a],
                    skill[a],
                    new AgreementSummary.Range(accuracy.low(), accuracy.high()),
                    of(reliability, Aggregation.Method.ONE_COIN, a),
                    of(reliability, Aggregation.Method.GLAD, a),
                    of(reliability, Aggregation.Method.MACE, a),
                    of(reliability, Aggregation.Method.WAWA, a),
                    of(reliability, Aggregation.Method.KOS, a),
                    known.map(k -> Interval.of(k.get(annotator))),
                    skene.confusion()[a],
                    error(a),
                    more(skill[a], count[a])));
        }
        return skills;
    }

    private static Optional<Double> of(
            Map<Aggregation.Method, double[]> reliability, Aggregation.Method method, int annotator) {
        return Optional.ofNullable(reliability.get(method)).map(r -> r[annotator]);
    }

    /** The most probable wrong label: what is true, what is given, and how often then. */
    private Optional<AgreementSummary.Confusion> error(int annotator) {
        double[][] confusion = skene.confusion()[annotator];
        double most = 0;
        Optional<AgreementSummary.Confusion> error = Optional.empty();
        for (int truth = 0; truth < confusion.length; truth++) {
            for (int given = 0; given < confusion.length; given++) {
                double joint = skene.prior()[truth] * confusion[truth][given];
                if (truth != given && joint > most) {
                    most = joint;
                    error = Optional.of(new AgreementSummary.Confusion(
                            file.labels().categories().get(truth),
                            file.labels().categories().get(given),
                            confusion[truth][given]));
                }
            }
        }
        return error;
    }

    /** How many further labels make the interval of an accuracy narrow enough. */
    private static int more(double accuracy, int labels) {
        double p = Math.clamp(accuracy, 0, 1);
        double needed = Math.pow(Normal.TWO_SIDED_95 / NARROW, 2) * p * (1 - p);
        return (int) Math.max(0, Math.ceil(needed) - labels);
    }
}
