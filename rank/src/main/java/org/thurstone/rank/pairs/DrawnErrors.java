package org.thurstone.rank.pairs;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Standard errors and errors of the parameters of a large board, by simulation. An error is the solution of a system with the information,
 * whose right-hand side is a perturbed score: of each cell an independent number with the variance of its scores. The covariance of such
 * errors is the sandwich (or the inverse information).
 *
 * <p>A variance is not merely the mean square of the drawn errors. Most of an item's error comes from its own score, whose variance is
 * known, so only the coefficient and the remainder of the regression of one on the other are estimated (a control variate, as Sidén,
 * Lindgren, Bolin and Villani 2018 do for inverses). That needs few draws where items have many opponents; items that would need many
 * get exact solutions instead.
 *
 * @param errors the standard error of each parameter
 * @param draws how many errors were drawn
 * @param typical the relative Monte Carlo error (one standard deviation) of the median drawn standard error of an item
 * @param largest the largest such error
 * @param drawn errors of the items, a row of draws each; empty if they were not kept
 */
record DrawnErrors(double[] errors, int draws, double typical, double largest, double[][] drawn) {

    /** The largest Monte Carlo error of a standard error, if {@link #MOST} draws can reach it. */
    private static final double ALLOWED = 0.01;

    private static final int FEWEST = 32;
    private static final int MOST = 2_000;
    private static final int WIDTH = PairCurvature.WIDTH;
    private static final double TOLERANCE = 1e-4;

    /**
     * At the maximum.
     *
     * @param sandwich whether scores have their observed variance rather than the one that the model expects
     * @param kept the number of draws to keep, or 0 where only standard errors are needed
     */
    static DrawnErrors of(PairFit fit, boolean sandwich, int kept, long seed) {
        return new Simulation(fit, sandwich, kept, seed).run();
    }

    private static final class Simulation {
        private final PairVariances system;
        private final PairLikelihood likelihood;
        private final PairCurvature information;
        private final PairCurvature scatter;
        private final PairLikelihood.Scores scores;
        private final boolean normal;
        private final long seed;
        private final int n;
        private final int fewest;
        private final double[][] drawn;
        private final double[] squares;
        private final double[] products;
        private final double[] scoreSquares;
        private final double[] variance;
        private final double[] relative;
        private int draws;

        Simulation(PairFit fit, boolean sandwich, int kept, long seed) {
            this.system = new PairVariances(fit, sandwich);
            this.likelihood = fit.likelihood();
            this.n = likelihood.items();
            this.information = system.information();
            this.scatter = system.scatter();
            // Standard errors need no more than the variance of what is drawn, places of all items at once its
            // distribution.
            this.normal = kept > 0;
            this.scores = likelihood.scores(fit.parameters(), scatter, sandwich);
            this.seed = seed;
            this.fewest = normal ? kept : FEWEST;
            this.drawn = new double[normal ? n : 0][kept];
            this.squares = new double[n];
            this.products = new double[n];
            this.scoreSquares = new double[n];
            this.variance = new double[likelihood.parameters()];
            this.relative = new double[n];
        }

        DrawnErrors run() {
            draw(fewest);
            Plan plan = plan();
            while (plan.draws() > 0) {
                draw(Math.min(plan.draws(), draws));
                plan = plan();
            }
            double[] all =
                    Arrays.stream(relative).filter(Double::isFinite).sorted().toArray();
            double typical = all.length == 0 ? 0 : all[all.length / 2];
            double largest = all.length == 0 ? 0 : all[Math.max(0, all.length - 1 - plan.solved().length)];
            int[] exact = IntStream.concat(Arrays.stream(plan.solved()), IntStream.range(n, likelihood.parameters()))
                    .toArray();
            double[] solved = system.ofParameters(exact, TOLERANCE);
            for (int k = 0; k < exact.length; k++) {
                variance[exact[k]] = solved[k];
            }
            double[] errors = Arrays.stream(variance).map(Math::sqrt).toArray();
            return new DrawnErrors(errors, draws, typical, largest, drawn);
        }

        private void draw(int more) {
            for (int from = 0; from < more; from += WIDTH) {
                double[] score = scores.drawn(seed, draws, normal);
                double[] error = information.solve(score, WIDTH, TOLERANCE);
                system.centre(error, WIDTH);
                int used = Math.min(WIDTH, more - from);
                for (int i = 0; i < n; i++) {
                    for (int k = 0; k < used; k++) {
                        double e = error[i * WIDTH + k];
                        double s = score[i * WIDTH + k];
                        squares[i] += e * e;
                        products[i] += e * s;
                        scoreSquares[i] += s * s;
                        if (normal && draws + k < drawn[i].length) {
                            drawn[i][draws + k] = e;
                        }
                    }
                }
                draws += used;
            }
            for (int i = 0; i < n; i++) {
                double known = scatter.diagonal()[i];
                double slope = scoreSquares[i] > 0 ? products[i] / scoreSquares[i] : 0;
                double own = slope * slope * known;
                double rest = Math.max(0, squares[i] - slope * products[i]) / (draws - 1);
                variance[i] = own + rest;
                double square = (4 * own * rest + 2 * rest * rest) / draws;
                relative[i] = variance[i] > 0 ? Math.sqrt(square) / variance[i] / 2 : 0;
            }
        }

        /** @param solved the items whose variances are computed exactly once no more draws are needed */
        private record Plan(int draws, int[] solved) {}

        /** The fewest systems to solve: an exact variance is one, and a draw is one. */
        private Plan plan() {
            int[] worst = IntStream.range(0, n)
                    .filter(i -> relative[i] > ALLOWED)
                    .boxed()
                    .sorted((a, b) -> Double.compare(relative[b], relative[a]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            int best = worst.length;
            int more = 0;
            for (int exact = 0; exact < worst.length; exact++) {
                double ratio = relative[worst[exact]] / ALLOWED;
                int needed = (int) Math.ceil(Math.min(MOST, draws * ratio * ratio) - draws);
                if (exact + needed < best + more) {
                    best = exact;
                    more = Math.max(0, needed);
                }
            }
            return new Plan(more, Arrays.copyOf(worst, best));
        }
    }
}
