package org.thurstone.rank.choice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Items in parts, such that every item of an earlier part beats every item of a later one by majority, and the parts are the smallest such. */
final class MajorityParts {

    private MajorityParts() {}

    /**
     * The parts, the winners' first. Equal contests hold a part together, and so do unplayed ones.
     *
     * @param wins the votes for the row's item against the column's
     */
    static List<List<Integer>> of(double[][] wins) {
        int n = wins.length;
        boolean[][] reaches = new boolean[n][n];
        for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) reaches[i][j] = i == j || wins[i][j] >= wins[j][i];
        for (int k = 0; k < n; k++) {
            for (int i = 0; i < n; i++) {
                if (!reaches[i][k]) continue;
                for (int j = 0; j < n; j++) reaches[i][j] |= reaches[k][j];
            }
        }
        List<Integer> order = new ArrayList<>();
        int[] below = new int[n];
        for (int i = 0; i < n; i++) {
            order.add(i);
            for (int j = 0; j < n; j++) if (reaches[i][j]) below[i]++;
        }
        order.sort(Comparator.comparingInt(i -> -below[i]));
        List<List<Integer>> parts = new ArrayList<>();
        for (int item : order) {
            if (!parts.isEmpty() && reaches[item][parts.getLast().getFirst()])
                parts.getLast().add(item);
            else parts.add(new ArrayList<>(List.of(item)));
        }
        return parts;
    }
}
