package org.thurstone.rank.choice;

import java.util.Arrays;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Tally;
import org.thurstone.rank.Votes;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * PageRank over battles. Each loss is a link from the loser to the winner, and a tie half a link in each direction. A visitor follows links, of an item's in
 * proportion to their weight, with the probability {@code damping}, and otherwise jumps to any item, as also from an item that never lost. The rating is the
 * share of visits; all ratings sum to 1. It counts wins against strong items for more, and, other than {@link RankCentrality}, does not correct
 * for how often a pair met.
 *
 * @param damping probability of following a link, above 0 and at most 0.999
 */
@Method(
        name = "pagerank",
        kind = "ranking",
        source = "Page, Brin, Motwani and Winograd 1999; Govan, Meyer and Albright 2008 (for sports)",
        summary = "the share of visits of a walk from losers to winners",
        formula = "π_i = (1 − d)/n + d·Σ_j π_j·wins_ij / Σ_k wins_kj")
public record PageRank(@Default("0.85") double damping) implements RankingModel {

    private static final double HIGHEST = 0.999;
    /** What is left of the error of the start. */
    private static final double LEFT = 1e-15;

    public PageRank {
        if (!(damping > 0 && damping <= HIGHEST)) {
            throw new IllegalArgumentException("damping is " + damping + ", not above 0 and at most " + HIGHEST);
        }
    }

    @Override
    public Board rank(Votes votes, Inference inference) {
        return Board.of("pagerank", "share of visits", votes.items(), visits(votes.tally()));
    }

    /** By power iteration, whose error shrinks by the damping in every step. */
    private double[] visits(Tally tally) {
        int n = tally.items().size();
        int cells = tally.cells();
        double[] toLeft = new double[cells];
        double[] toRight = new double[cells];
        double[] lost = new double[n];
        for (int c = 0; c < cells; c++) {
            toLeft[c] = tally.leftWins(c) + tally.ties(c) / 2;
            toRight[c] = tally.rightWins(c) + tally.ties(c) / 2;
            lost[tally.right(c)] += toLeft[c];
            lost[tally.left(c)] += toRight[c];
        }
        double[] visits = new double[n];
        Arrays.fill(visits, 1.0 / n);
        int steps = (int) Math.ceil(Math.log(LEFT) / Math.log(damping));
        for (int step = 0; step < steps; step++) {
            double jumping = 0;
            double[] perLoss = new double[n];
            for (int i = 0; i < n; i++) {
                jumping += lost[i] > 0 ? (1 - damping) * visits[i] : visits[i];
                perLoss[i] = lost[i] > 0 ? damping * visits[i] / lost[i] : 0;
            }
            double[] next = new double[n];
            Arrays.fill(next, jumping / n);
            for (int c = 0; c < cells; c++) {
                next[tally.left(c)] += perLoss[tally.right(c)] * toLeft[c];
                next[tally.right(c)] += perLoss[tally.left(c)] * toRight[c];
            }
            visits = next;
        }
        return visits;
    }
}
