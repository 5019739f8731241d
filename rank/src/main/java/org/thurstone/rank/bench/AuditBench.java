package org.thurstone.rank.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.thurstone.rank.audit.Audit;
import org.thurstone.rank.audit.AuditSettings;
import org.thurstone.rank.audit.Finding;
import org.thurstone.rank.pairs.BradleyTerry;

/**
 * Audits boards with planted defects: how often each planted defect is flagged, and how often the even board raises any flag.
 *
 * @param first the first seed
 * @param seeds number of seeds, one after the other, at least 1
 */
public record AuditBench(long first, int seeds, AuditSettings settings) {

    /** The share of boards in which a planted defect has to be flagged. */
    public static final double POWER = 0.9;

    /** The share of even boards that may raise a flag. */
    public static final double FALSE_FLAGS = 0.05;

    /** Below this probability of as many false flags or more, their share is above the permitted one. */
    private static final double SIGNIFICANT = 0.01;

    public AuditBench {
        if (seeds < 1) {
            throw new IllegalArgumentException("an audit of " + seeds + " boards; it needs 1 or more");
        }
    }

    /**
     * The flags of one kind of board.
     *
     * @param any how many boards raised any flag
     * @param flags how many raised each flag
     * @param missed the planted defects that were flagged in too few of them; for the even board {@code any} if too many raised a flag
     */
    public record Row(String board, int boards, int any, Map<String, Integer> flags, List<String> missed) {}

    /** The boards of one kind; the seeds are run in parallel. */
    public Row run(PlantedBoard board) {
        List<List<String>> flags = LongStream.range(first, first + seeds)
                .parallel()
                .mapToObj(seed -> flags(board, seed))
                .toList();
        TreeMap<String, Integer> counts = new TreeMap<>();
        flags.forEach(of -> of.forEach(flag -> counts.merge(flag, 1, Integer::sum)));
        int any = (int) flags.stream().filter(of -> !of.isEmpty()).count();
        return new Row(board.word(), seeds, any, counts, missed(board, any, counts));
    }

    private List<String> flags(PlantedBoard board, long seed) {
        Audit audit = Audit.of(BradleyTerry.PLAIN, board.battles(seed), settings.withSeed(seed));
        return audit.flagged().stream().map(Finding::probe).toList();
    }

    private List<String> missed(PlantedBoard board, int any, Map<String, Integer> counts) {
        if (board.planted().isEmpty()) {
            return orMore(any, seeds, FALSE_FLAGS) < SIGNIFICANT ? List.of("any") : List.of();
        }
        return board.planted().stream()
                .filter(probe -> counts.getOrDefault(probe, 0) < POWER * seeds)
                .toList();
    }

    /** The binomial probability of so many successes or more. */
    static double orMore(int successes, int trials, double probability) {
        double log = trials * Math.log1p(-probability);
        double less = 0;
        for (int k = 0; k < successes; k++) {
            less += Math.exp(log);
            log += Math.log((double) (trials - k) / (k + 1)) + Math.log(probability) - Math.log1p(-probability);
        }
        return 1 - less;
    }
}
