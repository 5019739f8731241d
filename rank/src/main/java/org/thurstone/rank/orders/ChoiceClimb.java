package org.thurstone.rank.orders;

import java.util.Arrays;
import org.thurstone.data.UserError;
import org.thurstone.rank.Rankings;
import org.thurstone.rank.certainty.Groups;
import org.thurstone.rank.linear.Cholesky;

/** Two algorithms that maximise the likelihood of orders. They share only the data, so that each checks the other. */
final class ChoiceClimb {

    private static final int MOST_STEPS = 200;
    private static final int MOST_ROUNDS = 100_000;

    private ChoiceClimb() {}

    /** Newton's method with a line search. */
    static double[] newton(ChoiceLikelihood likelihood, Groups groups, double[] start) {
        double[] p = start.clone();
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] gradient = new double[p.length];
            double value = likelihood.at(p, gradient);
            double[][] information = likelihood.information(p);
            double[] move;
            try {
                move = Cholesky.of(likelihood.prior() ? information : groups.hold(information))
                        .solve(gradient);
            } catch (ArithmeticException e) {
                throw new UserError(
                        "the orders do not determine the ratings; give the model a prior: --set ridge=0.1", e);
            }
            double size = Arrays.stream(move).map(Math::abs).max().orElse(0);
            double rate = size > 5 ? 5 / size : 1;
            double[] next = moved(p, move, rate);
            double[] unused = new double[p.length];
            while (!(likelihood.at(next, unused) >= value - 1e-12 * Math.abs(value)) && rate > 1e-10) {
                rate /= 2;
                next = moved(p, move, rate);
            }
            p = next;
            if (size < 1e-9) {
                return p;
            }
        }
        throw new UserError("the fit of orders does not converge after " + MOST_STEPS
                + " steps; give the model a prior: --set ridge=0.1");
    }

    private static double[] moved(double[] p, double[] move, double rate) {
        double[] moved = p.clone();
        for (int i = 0; i < p.length; i++) {
            moved[i] += rate * move[i];
        }
        return moved;
    }

    /** Minorisation and maximisation (Hunter 2004), of orders without ties and prior; log-worths with mean zero in each group. */
    static double[] minorize(Rankings rankings, ChoiceLikelihood likelihood, Groups groups) {
        int n = likelihood.items();
        double[] worth = new double[n];
        Arrays.fill(worth, 1);
        double[] won = new double[n];
        for (int r = 0; r < rankings.all().size(); r++) {
            for (Choice choice : likelihood.choices().get(r)) {
                won[choice.from()[0]] += rankings.all().get(r).weight();
            }
        }
        for (int round = 0; round < MOST_ROUNDS; round++) {
            double[] shared = new double[n];
            for (int r = 0; r < rankings.all().size(); r++) {
                double weight = rankings.all().get(r).weight();
                for (Choice choice : likelihood.choices().get(r)) {
                    double sum = 0;
                    for (int i : choice.from()) {
                        sum += worth[i];
                    }
                    for (int i : choice.from()) {
                        shared[i] += weight / sum;
                    }
                }
            }
            double change = 0;
            for (int i = 0; i < n; i++) {
                double next = shared[i] > 0 ? won[i] / shared[i] : 1;
                change = Math.max(change, Math.abs(Math.log(next / worth[i])));
                worth[i] = next;
            }
            if (change < 1e-14) {
                break;
            }
        }
        double[] theta = Arrays.stream(worth).map(Math::log).toArray();
        groups.centre(theta);
        return theta;
    }
}
