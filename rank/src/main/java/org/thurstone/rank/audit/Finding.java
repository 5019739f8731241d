package org.thurstone.rank.audit;

import java.util.List;

/**
 * The answer of one probe.
 *
 * @param probe its name, such as {@code neighbours}
 * @param question what it asks
 * @param figure NaN where the votes cannot answer
 * @param low the lower end of the figure's interval, which is the figure itself where it is exact; NaN where the votes cannot answer
 * @param high the upper end; infinite where the votes set no upper bound
 * @param threshold beyond which the figure matters
 * @param verdict what follows
 * @param sentence the answer in words, or why there is none
 * @param details the single figures behind it, the most important first
 */
public record Finding(
        String probe,
        String question,
        double figure,
        double low,
        double high,
        double threshold,
        Verdict verdict,
        String sentence,
        List<Detail> details) {

    public Finding {
        details = List.copyOf(details);
    }

    /** What follows from a figure. */
    public enum Verdict {
        /** Beyond the threshold, and more than chance explains. */
        FLAGGED,
        OK,
        /** The votes do not have what the question needs. */
        CANNOT_BE_ANSWERED
    }

    /**
     * A figure of one item, pair, annotator or group.
     *
     * @param what whose figure it is
     * @param low and high are NaN where there is no interval
     * @param note a word on it; may be empty
     */
    public record Detail(String what, double figure, double low, double high, String note) {

        static Detail exact(String what, double figure) {
            return new Detail(what, figure, Double.NaN, Double.NaN, "");
        }
    }

    static Finding of(
            Probe probe,
            double figure,
            double low,
            double high,
            boolean flagged,
            String sentence,
            List<Detail> details) {
        return new Finding(
                probe.name(),
                probe.question(),
                figure,
                low,
                high,
                probe.threshold(),
                flagged ? Verdict.FLAGGED : Verdict.OK,
                sentence,
                details);
    }

    static Finding unanswered(Probe probe, String reason) {
        return new Finding(
                probe.name(),
                probe.question(),
                Double.NaN,
                Double.NaN,
                Double.NaN,
                probe.threshold(),
                Verdict.CANNOT_BE_ANSWERED,
                reason,
                List.of());
    }

    /** The same with the threshold in the unit of the figure, where the probe has it in another. */
    Finding withThreshold(double other) {
        return new Finding(probe, question, figure, low, high, other, verdict, sentence, details);
    }

    public boolean flagged() {
        return verdict == Verdict.FLAGGED;
    }
}
