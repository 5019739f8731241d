package org.thurstone.rank.summary;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.thurstone.data.UserError;
import org.thurstone.rank.agreement.Agreement;
import org.thurstone.rank.agreement.AnnotatorBias;
import org.thurstone.rank.agreement.AnnotatorPair;
import org.thurstone.rank.agreement.DawidSkene;
import org.thurstone.rank.agreement.Disagreement;
import org.thurstone.rank.agreement.Glad;
import org.thurstone.rank.agreement.LabelFile;
import org.thurstone.rank.agreement.Labels;
import org.thurstone.rank.agreement.Majority;
import org.thurstone.rank.agreement.TrueLabels;
import org.thurstone.statistics.Estimate;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Labels with the models fitted to them.
 *
 * @param majority index of each item's most frequent label
 * @param skene Dawid and Skene's posterior of each item's label and each annotator's confusion
 * @param glad the labels, abilities and difficulties of GLAD
 */
public record AgreementStudy(LabelFile file, int[] majority, DawidSkene skene, Glad glad) {

    private static final double SMOOTHING = 0.01;

    /**
     * Options of the report.
     *
     * @param distance between labels, for Krippendorff's alpha
     * @param shared the fewest common items for which two annotators are compared, at least 1
     * @param resamples of the items, for intervals, at least 1
     */
    public record Options(Disagreement distance, int shared, int resamples, long seed) {
        public Options {
            if (resamples < 1 || shared < 1) {
                throw new IllegalArgumentException(
                        "resamples and shared are at least 1, not " + resamples + " and " + shared);
            }
        }
    }

    /** Fits all three models of the true labels. */
    public static AgreementStudy of(LabelFile file) {
        Labels labels = file.labels();
        return new AgreementStudy(file, Majority.of(labels), DawidSkene.fit(labels, SMOOTHING), Glad.fit(labels));
    }

    /**
     * The figures.
     *
     * @param truth known labels, to measure who finds them
     * @throws UserError if the distance does not suit the labels
     */
    public AgreementSummary summary(Options options, Optional<TrueLabels> truth) {
        Labels labels = file.labels();
        SplittableRandom random = new SplittableRandom(options.seed());
        return new AgreementSummary(
                labels.items().size(),
                labels.annotators().size(),
                labels.size(),
                labels.categories(),
                Interval.of(Agreement.fleiss(labels.counts(), options.resamples(), random.split())),
                Interval.of(krippendorff(options, random.split())),
                AnnotatorPair.all(labels, options.shared()).stream()
                        .map(AgreementSummary.Pair::of)
                        .toList(),
                skills(),
                truth.map(known -> new AgreementSummary.Accuracies(
                        Interval.of(known.accuracy(labels, majority)),
                        Interval.of(known.accuracy(labels, skene.labels())),
                        Interval.of(known.accuracy(labels, glad.labels())))),
                AnnotatorBias.of(file.verdicts()).stream()
                        .map(AgreementSummary.BiasEstimates::of)
                        .toList());
    }

    /** Each item's label by majority, Dawid–Skene (with its probability) and GLAD, as rows in the order of the items. */
    public void labels(Consumer<ObjectNode> rows) {
        List<String> categories = file.labels().categories();
        int[] bySkene = skene.labels();
        int[] byGlad = glad.labels();
        for (int i = 0; i < majority.length; i++) {
            ObjectNode row = JsonNodeFactory.instance.objectNode();
            row.put("item", file.labels().items().get(i));
            row.put("majority", categories.get(majority[i]));
            row.put("dawid_skene", categories.get(bySkene[i]));
            row.put("probability", skene.posterior()[i][bySkene[i]]);
            row.put("glad", categories.get(byGlad[i]));
            rows.accept(row);
        }
    }

    private Estimate krippendorff(Options options, SplittableRandom random) {
        try {
            return Agreement.krippendorff(file.labels(), options.distance(), options.resamples(), random);
        } catch (IllegalArgumentException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
    }

    private List<AgreementSummary.Skill> skills() {
        Labels labels = file.labels();
        int[] count = new int[labels.annotators().size()];
        for (int annotator : labels.annotator()) {
            count[annotator]++;
        }
        double[] skill = skene.skill();
        List<AgreementSummary.Skill> skills = new ArrayList<>();
        for (int a = 0; a < count.length; a++) {
            skills.add(new AgreementSummary.Skill(labels.annotators().get(a), count[a], skill[a], glad.ability()[a]));
        }
        return skills;
    }
}
