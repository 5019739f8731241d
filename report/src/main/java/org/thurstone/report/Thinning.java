package org.thurstone.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Fewer points for the same picture. A pixel column of a line shows its first and last point and its extremes; so a run of points keeps
 * those four, and a gap if it has one, and no spike is lost, which sampling every n-th point would not promise.
 */
final class Thinning {

    private Thinning() {}

    /** At most about this many of the points, in their order. */
    static List<Point> to(int atMost, List<Point> points) {
        if (points.size() <= atMost) return points;
        int buckets = Math.max(1, atMost / 4);
        List<Point> kept = new ArrayList<>(4 * buckets);
        for (int b = 0; b < buckets; b++) {
            int from = (int) ((long) b * points.size() / buckets);
            int to = (int) ((b + 1L) * points.size() / buckets);
            int low = from;
            int high = from;
            int gap = from;
            for (int i = from; i < to; i++) {
                if (!points.get(i).drawable()) gap = i;
                else if (!(points.get(i).y() >= points.get(low).y())) low = i;
                else if (!(points.get(i).y() <= points.get(high).y())) high = i;
            }
            List<Integer> chosen = new ArrayList<>(List.of(from, low, high, gap, to - 1));
            Collections.sort(chosen);
            chosen.stream().distinct().map(points::get).forEach(kept::add);
        }
        return kept;
    }
}
