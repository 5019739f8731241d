package org.thurstone.train.online;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Win rates of samples. */
final class WinRates {

    private WinRates() {}

    /**
     * Win rate of each sample against the others of its group; each two meet once.
     *
     * @param self whether it also meets itself, and ties
     */
    static double[][] within(SampleValues values, List<Group> groups, boolean self) {
        List<SamplePair> matches = new ArrayList<>();
        for (Group g : groups) {
            for (int i = 0; i < g.size(); i++) {
                for (int j = 0; j < i; j++) {
                    matches.add(new SamplePair(g.samples().get(i), g.samples().get(j)));
                }
            }
        }
        double[] wins = values.preferences(matches);
        double[][] rates = new double[groups.size()][];
        int at = 0;
        for (int k = 0; k < rates.length; k++) {
            int n = groups.get(k).size();
            double[] of = new double[n];
            for (int i = 0; i < n; i++) {
                of[i] += self ? 0.5 : 0;
                for (int j = 0; j < i; j++) {
                    of[i] += wins[at];
                    of[j] += 1 - wins[at++];
                }
            }
            for (int i = 0; i < n; i++) {
                of[i] /= self ? n : n - 1;
            }
            rates[k] = of;
        }
        return rates;
    }

    /**
     * Win rate of each sample against samples that were drawn for the same prompt.
     *
     * @param drawn the opponents, with what they count; a prompt without any is a tie
     */
    static double[][] against(SampleValues values, List<Group> groups, List<Group> drawn) {
        Map<String, List<Group>> opponents = new LinkedHashMap<>();
        drawn.forEach(g -> opponents
                .computeIfAbsent(g.prompt().id(), id -> new ArrayList<>())
                .add(g));
        List<SamplePair> matches = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        int[] first = new int[groups.stream().mapToInt(Group::size).sum() + 1];
        int sample = 0;
        for (Group g : groups) {
            for (Sample mine : g.samples()) {
                for (Group other : opponents.getOrDefault(g.prompt().id(), List.of())) {
                    for (Sample theirs : other.samples()) {
                        matches.add(new SamplePair(mine, theirs));
                        weights.add(other.weight());
                    }
                }
                first[++sample] = matches.size();
            }
        }
        double[] wins = values.preferences(matches);
        double[][] rates = new double[groups.size()][];
        sample = 0;
        for (int g = 0; g < rates.length; g++) {
            rates[g] = new double[groups.get(g).size()];
            for (int i = 0; i < rates[g].length; i++, sample++) {
                double sum = 0;
                double weight = 0;
                for (int m = first[sample]; m < first[sample + 1]; m++) {
                    sum += weights.get(m) * wins[m];
                    weight += weights.get(m);
                }
                rates[g][i] = weight == 0 ? 0.5 : sum / weight;
            }
        }
        return rates;
    }
}
