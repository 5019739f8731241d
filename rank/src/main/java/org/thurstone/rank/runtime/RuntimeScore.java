package org.thurstone.rank.runtime;

import java.util.List;

/**
 * An algorithm's expected utility, from sampled runs, some of which were given up. The bounds hold whatever the distribution of runtimes, with the
 * confidence asked for: Hoeffding's for the sampling, and for runs given up everything between never and at once thereafter.
 *
 * @param estimate the mean utility of the sample, runs given up counting as half of what they might still be worth
 */
public record RuntimeScore(double estimate, double low, double high, int runs) {

    /**
     * A run.
     *
     * @param time until the answer, or until it was given up; at least 0
     */
    public record Run(double time, boolean finished) {
        public Run {
            if (!(time >= 0)) throw new IllegalArgumentException("a run of " + time + ": a time is at least 0");
        }
    }

    /**
     * Scores sampled runs.
     *
     * @param confidence of the two bounds together, within (0, 1)
     */
    public static RuntimeScore of(List<Run> runs, Utility utility, double confidence) {
        if (runs.isEmpty()) throw new IllegalArgumentException("there are no runs");
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("the confidence is " + confidence + ", not within 0 … 1");
        }
        double low = 0;
        double high = 0;
        for (Run run : runs) {
            double worth = utility.of(run.time());
            low += run.finished() ? worth / runs.size() : 0;
            high += worth / runs.size();
        }
        double half = Math.sqrt(Math.log(2 / (1 - confidence)) / (2 * runs.size()));
        return new RuntimeScore((low + high) / 2, Math.max(0, low - half), Math.min(1, high + half), runs.size());
    }

    /**
     * How many runs make the bounds no further than this from the truth, if none is given up before {@link #captime}: half of the
     * tolerance is for sampling, half for runs given up.
     */
    public static int runsFor(double tolerance, double confidence) {
        return (int) Math.ceil(2 * Math.log(2 / (1 - confidence)) / (tolerance * tolerance));
    }

    /** When a run may be given up without costing more than half of the tolerance, however slow it would have been. */
    public static double captime(Utility utility, double tolerance) {
        return utility.until(tolerance / 2);
    }
}
