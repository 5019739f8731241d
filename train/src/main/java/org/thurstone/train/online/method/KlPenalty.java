package org.thurstone.train.online.method;

import java.util.List;
import org.thurstone.train.example.TrainingSingle;
import org.thurstone.train.online.Group;
import org.thurstone.train.online.Session;

/** Rewards with a KL penalty towards the reference. */
final class KlPenalty {

    private KlPenalty() {}

    /**
     * r − β·log π(y)/π_ref(y) for each answer: its mean is the reward less β times the divergence. The divergence of the step is noted as
     * {@code kl}.
     *
     * @param beta β; with 0 nothing is computed
     */
    static double[][] to(Session session, List<Group> groups, double[][] rewards, double beta) {
        if (beta == 0) {
            return copy(rewards);
        }
        double[][] held = copy(rewards);
        List<TrainingSingle> drawn = session.singles(groups, rewards);
        double[] ratios = ratios(session, drawn);
        int at = 0;
        for (int g = 0; g < held.length; g++) {
            for (int i = 0; i < held[g].length; i++) {
                session.note("kl", ratios[at] * groups.get(g).weight());
                held[g][i] -= beta * ratios[at++];
            }
        }
        return held;
    }

    /** log π(y)/π_ref(y) of each. */
    static double[] ratios(Session session, List<TrainingSingle> drawn) {
        double[] ratios = Session.sums(session.logProbs(session.policies().policy(), drawn), drawn);
        double[] theirs = Session.sums(session.logProbs(session.policies().reference(), drawn), drawn);
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] -= theirs[i];
        }
        return ratios;
    }

    private static double[][] copy(double[][] rows) {
        double[][] copy = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            copy[i] = rows[i].clone();
        }
        return copy;
    }
}
