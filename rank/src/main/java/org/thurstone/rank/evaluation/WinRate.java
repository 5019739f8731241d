package org.thurstone.rank.evaluation;

import java.util.List;
import org.thurstone.statistics.Moments;

/**
 * The win rate of a model against a baseline, as AlpacaEval counts it.
 *
 * @param winRate the mean preference, in percent
 * @param standardError of the mean preference, in percent; NaN for a single one
 * @param wins preferences above 1.5
 * @param losses preferences below 1.5
 * @param total of those that the judge answered
 * @param averageLength of the model's answers, in characters
 */
public record WinRate(
        double winRate, double standardError, int wins, int losses, int draws, int total, double averageLength) {

    public static WinRate of(List<AlpacaPreference> preferences) {
        double[] scores = preferences.stream()
                .filter(AlpacaPreference::judged)
                .mapToDouble(AlpacaPreference::score)
                .toArray();
        Moments moments = Moments.of(scores);
        int wins = 0;
        int losses = 0;
        for (double score : scores) {
            if (score > 0.5) wins++;
            if (score < 0.5) losses++;
        }
        int n = scores.length;
        return new WinRate(
                100 * moments.mean(),
                100 * moments.standardError(),
                wins,
                losses,
                n - wins - losses,
                n,
                preferences.stream()
                        .mapToDouble(AlpacaPreference::modelLength)
                        .average()
                        .orElse(Double.NaN));
    }

    /** Wins and half of the draws, in percent of all. */
    public double discreteWinRate() {
        return total == 0 ? Double.NaN : 100 * (wins + 0.5 * draws) / total;
    }
}
