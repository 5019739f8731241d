package org.thurstone.rank.choice;

import java.util.Arrays;
import org.thurstone.data.UserError;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Tally;
import org.thurstone.rank.Votes;
import org.thurstone.rank.certainty.Groups;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * Eigenvector ranking: an item's strength is the sum of its opponents' strengths, each times what the item got against that opponent. It is the Perron
 * vector of a matrix A of what each item got, and ratings sum to 1. With {@code shares}, Keener's first method without his skewing function, A holds the
 * share of the pair's battles with Laplace's rule, over the number of opponents, so that it does not matter how often a pair met. With {@code wins}, the
 * measure of Kendall and Wei, which is Bonacich's centrality of the matrix of wins, it holds the wins themselves. A tie is half a win of each.
 *
 * @param entries of the matrix: {@code shares} or {@code wins}
 * @param smoothing pseudo-votes for both items of each pair that met, at least 0; with 0, chains of wins must lead from each item to every other
 */
@Method(
        name = "eigenvector",
        kind = "ranking",
        source = "Keener 1993; Kendall 1955; Wei 1952; Bonacich 1972",
        summary = "the principal eigenvector of the matrix of shares or wins",
        formula = "λ·s_i = Σ_j A_ij·s_j, A_ij = (wins_ij + 1)/(wins_ij + wins_ji + 2)/opponents_i")
public record EigenvectorRanking(
        @Default("shares") Entries entries, @Default("1") double smoothing) implements RankingModel {

    private static final int MOST_STEPS = 1_000_000;
    /** Within which share of each other the bounds of the eigenvalue are when it is found. */
    private static final double NEAR = 1e-13;

    public EigenvectorRanking {
        if (!(smoothing >= 0 && Double.isFinite(smoothing))) {
            throw new IllegalArgumentException("smoothing is " + smoothing + ", not at least 0");
        }
    }

    /** What an item got against another. */
    public enum Entries {
        /** Its share of the pair's battles, over the number of its opponents. */
        SHARES,
        /** Its wins. */
        WINS
    }

    @Override
    public Board rank(Votes votes, Inference inference) {
        Tally tally = votes.tally();
        Groups groups = Groups.of(tally);
        if (smoothing == 0 && groups.count() > 1) {
            throw new UserError("eigenvector needs every item to be reached from every other by a chain of wins, and"
                    + " these votes leave " + groups.count() + " groups; smoothing above 0 may help");
        }
        if (smoothing > 0) {
            requireConnected(tally);
        }
        PairwiseWins contests = PairwiseWins.of(tally);
        return Board.of("eigenvector", "share of strength", votes.items(), perron(rows(contests)));
    }

    private static void requireConnected(Tally tally) {
        Tally.Columns pairs = tally.columns();
        Groups joined = Groups.joined(tally.items().size(), pairs.left(), pairs.right());
        if (joined.count() > 1) {
            throw new UserError("eigenvector compares items that chains of battles join, and these votes leave "
                    + joined.count() + " groups that never met; rank each group alone, with --where or --by");
        }
    }

    /** What is not zero of the matrix, row by row. */
    private record Row(int[] columns, double[] values) {}

    private Row[] rows(PairwiseWins contests) {
        int n = contests.size();
        Row[] rows = new Row[n];
        for (int i = 0; i < n; i++) {
            int[] columns = new int[n];
            double[] values = new double[n];
            int count = 0;
            for (int j = 0; j < n; j++) {
                if (i != j && contests.met(i, j)) {
                    double won = contests.wins()[i][j] + smoothing;
                    columns[count] = j;
                    values[count++] = switch (entries) {
                        case SHARES -> won / (won + contests.wins()[j][i] + smoothing);
                        case WINS -> won;
                    };
                }
            }
            for (int k = 0; k < count && entries == Entries.SHARES; k++) {
                values[k] /= count;
            }
            rows[i] = new Row(Arrays.copyOf(columns, count), Arrays.copyOf(values, count));
        }
        return rows;
    }

    /**
     * The Perron vector of an irreducible matrix, summing to 1: power iteration of A + c·I, whose eigenvectors are those of A and which no cycle keeps from
     * converging. It ends when the bounds of Collatz and Wielandt on the eigenvalue meet.
     */
    private static double[] perron(Row[] rows) {
        int n = rows.length;
        double shift = Arrays.stream(rows)
                        .mapToDouble(row -> Arrays.stream(row.values()).sum())
                        .max()
                        .orElse(1)
                / 2;
        double[] v = new double[n];
        Arrays.fill(v, 1.0 / n);
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] next = new double[n];
            double sum = 0;
            double lowest = Double.POSITIVE_INFINITY;
            double highest = 0;
            for (int i = 0; i < n; i++) {
                next[i] = shift * v[i];
                for (int k = 0; k < rows[i].columns().length; k++) {
                    next[i] += rows[i].values()[k] * v[rows[i].columns()[k]];
                }
                lowest = Math.min(lowest, next[i] / v[i]);
                highest = Math.max(highest, next[i] / v[i]);
                sum += next[i];
            }
            for (int i = 0; i < n; i++) {
                v[i] = next[i] / sum;
            }
            if (highest - lowest <= NEAR * highest) {
                return v;
            }
        }
        throw new UserError("eigenvector does not converge after " + MOST_STEPS
                + " steps: few battles join some items to the others");
    }
}
