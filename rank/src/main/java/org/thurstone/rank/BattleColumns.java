package org.thurstone.rank;

import java.util.Arrays;

/**
 * The columns of {@link Battles}: one entry per battle, of the covariates one row per battle.
 *
 * @param margin empty where all margins are 1
 * @param tournament empty where no tournament is known
 */
record BattleColumns(
        int[] left,
        int[] right,
        Outcome[] outcome,
        double[] weight,
        double[] time,
        int[] annotator,
        int[] group,
        double[] covariates,
        int[] margin,
        int[] tournament) {

    BattleColumns picked(int[] which, int width) {
        double[] rows = new double[which.length * width];
        for (int i = 0; i < which.length; i++) {
            System.arraycopy(covariates, which[i] * width, rows, i * width, width);
        }
        return new BattleColumns(
                picked(left, which),
                picked(right, which),
                Arrays.stream(which).mapToObj(b -> outcome[b]).toArray(Outcome[]::new),
                Arrays.stream(which).mapToDouble(b -> weight[b]).toArray(),
                Arrays.stream(which).mapToDouble(b -> time[b]).toArray(),
                picked(annotator, which),
                picked(group, which),
                rows,
                picked(margin, which),
                picked(tournament, which));
    }

    BattleColumns weighted(double[] weights) {
        if (weights.length != left.length || Arrays.stream(weights).anyMatch(w -> !(w > 0) || Double.isInfinite(w))) {
            throw new IllegalArgumentException("each battle needs a finite weight above 0");
        }
        return new BattleColumns(
                left, right, outcome, weights.clone(), time, annotator, group, covariates, margin, tournament);
    }

    BattleColumns folded() {
        int n = left.length;
        int[] low = new int[n];
        int[] high = new int[n];
        Outcome[] turned = new Outcome[n];
        for (int b = 0; b < n; b++) {
            boolean straight = left[b] < right[b];
            low[b] = straight ? left[b] : right[b];
            high[b] = straight ? right[b] : left[b];
            turned[b] = straight ? outcome[b] : outcome[b].swapped();
        }
        return new BattleColumns(low, high, turned, weight, time, annotator, group, new double[0], margin, tournament);
    }

    private static int[] picked(int[] column, int[] which) {
        return column.length == 0
                ? column
                : Arrays.stream(which).map(b -> column[b]).toArray();
    }
}
