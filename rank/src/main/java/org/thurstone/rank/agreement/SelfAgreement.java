package org.thurstone.rank.agreement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thurstone.statistics.Estimate;

/**
 * How far an annotator who labels an item again gives the same label.
 *
 * @param same the share of pairs of labels of an item that are the same, averaged over the items that the annotator labelled several times
 */
public record SelfAgreement(String annotator, Estimate same) {

    /** The self-agreement of each annotator with repetitions, in order of appearance. */
    public static List<SelfAgreement> of(List<LabelFile.Repeat> repeats) {
        Map<String, List<Double>> shares = new LinkedHashMap<>();
        for (LabelFile.Repeat repeat : repeats) {
            shares.computeIfAbsent(repeat.annotator(), a -> new ArrayList<>()).add(same(repeat.labels()));
        }
        List<SelfAgreement> all = new ArrayList<>();
        shares.forEach((annotator, of) -> all.add(new SelfAgreement(
                annotator, Estimate.ofShare(of.stream().mapToDouble(s -> s).sum(), of.size()))));
        return all;
    }

    private static double same(List<String> labels) {
        int same = 0;
        int pairs = 0;
        for (int a = 0; a < labels.size(); a++) {
            for (int b = a + 1; b < labels.size(); b++) {
                pairs++;
                if (labels.get(a).equals(labels.get(b))) same++;
            }
        }
        return (double) same / pairs;
    }

    /**
     * Krippendorff's alpha of the repetitions of all annotators: each item of each annotator is a unit, and its labels are compared with each other.
     *
     * @param order of all labels
     */
    public static Estimate alpha(
            List<LabelFile.Repeat> repeats, LabelOrder order, Disagreement distance, Agreement.Bootstrap bootstrap) {
        List<Labels.Label> labels = new ArrayList<>();
        for (int unit = 0; unit < repeats.size(); unit++) {
            List<String> said = repeats.get(unit).labels();
            for (int time = 0; time < said.size(); time++) {
                labels.add(new Labels.Label("" + unit, "" + time, said.get(time)));
            }
        }
        return Agreement.krippendorff(
                Labels.of(labels, order),
                distance,
                new Agreement.Bootstrap(Agreement.Bootstrap.Unit.ITEM, bootstrap.resamples(), bootstrap.seed()));
    }
}
