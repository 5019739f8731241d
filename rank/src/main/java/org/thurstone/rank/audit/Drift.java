package org.thurstone.rank.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battles;
import org.thurstone.rank.audit.AuditedVotes.Fit;
import org.thurstone.rank.audit.Finding.Detail;
import org.thurstone.rank.pairs.BattleInfluence;
import org.thurstone.statistics.Quantiles;

/**
 * Drift in time: the largest change of a rating from the earlier half of the battles to the later one, in log-odds. Its interval holds for all items
 * together, and takes into account that the same annotators may be in both halves.
 *
 * @param threshold the largest change that is no flag
 */
record Drift(double threshold) implements Probe {

    @Override
    public String name() {
        return "drift";
    }

    @Override
    public String question() {
        return "Largest change from the earlier half of the battles to the later (log-odds)";
    }

    @Override
    public Probe withThreshold(double other) {
        return new Drift(other);
    }

    @Override
    public boolean tested() {
        return true;
    }

    @Override
    public Finding find(AuditedVotes votes) {
        Fit fit = votes.fit();
        Battles battles = fit.battles();
        if (!battles.timed()) {
            throw new UserError("not every battle has a time; name the column with --when");
        }
        double[] times = IntStream.range(0, battles.count())
                .mapToDouble(battles::time)
                .sorted()
                .toArray();
        if (times[0] == times[times.length - 1]) {
            throw new UserError("all battles have the same time");
        }
        double middle = Quantiles.median(times);
        // Battles of the middle moment are earlier ones, unless none would be left for the later half.
        boolean only = times[times.length - 1] == middle;
        BattleInfluence early = half(votes, battles, true, middle, only);
        BattleInfluence late = half(votes, battles, false, middle, only);
        double[][] ofEarly = early.covariance(fit.unit());
        double[][] ofLate = late.covariance(fit.unit());
        double[][] joint = early.covariance(late, fit.unit());
        int n = fit.ratings().length;
        double quantile = AuditedVotes.quantile(votes.levelPerTest(), n);
        double[] before = early.ratings();
        double[] after = late.ratings();
        List<Detail> changes = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double change = after[i] - before[i];
            double half = quantile * Math.sqrt(ofEarly[i][i] + ofLate[i][i] - 2 * joint[i][i]);
            changes.add(new Detail(fit.name(i), change, change - half, change + half, ""));
        }
        changes.sort(Comparator.comparingDouble(d -> -Math.abs(d.figure())));
        boolean flagged =
                changes.stream().anyMatch(d -> Math.abs(d.figure()) > threshold && (d.low() > 0 || d.high() < 0));
        Detail most = flagged
                ? changes.stream()
                        .filter(d -> d.low() > 0 || d.high() < 0)
                        .findFirst()
                        .orElseThrow()
                : changes.getFirst();
        return Finding.of(
                this,
                most.figure(),
                most.low(),
                most.high(),
                flagged,
                String.format(
                        Locale.ROOT,
                        "From the earlier half of the battles to the later, %s changes by %.3f in log-odds, %s.",
                        most.what(),
                        most.figure(),
                        flagged ? "more than chance explains" : "the largest change"),
                changes);
    }

    private static BattleInfluence half(
            AuditedVotes votes, Battles battles, boolean early, double middle, boolean only) {
        try {
            return BattleInfluence.of(
                    votes.model(),
                    battles,
                    b -> early == (only ? battles.time(b) < middle : battles.time(b) <= middle));
        } catch (UserError e) {
            throw new UserError("one half of the battles does not make all items comparable: " + e.getMessage(), e);
        }
    }
}
