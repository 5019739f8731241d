package org.thurstone.rank.online;

import java.util.List;
import java.util.OptionalDouble;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.OutcomeProbabilities;
import org.thurstone.rank.Quantity;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.statistics.Normal;

/**
 * TrueSkill for two players (Herbrich, Minka and Graepel 2006): skills are normal, performances scatter about them, and a battle is won by the better
 * performance, or drawn if the two are close. After each battle, the beliefs about both skills are normal distributions with the moments of the exact
 * posterior.
 *
 * @param mean skill of an item before its first battle
 * @param deviation the standard deviation of that skill, above 0
 * @param beta standard deviation of a performance about the skill, above 0
 * @param drift standard deviation of the change of a skill before each battle, at least 0
 * @param draws the share of battles between equals that end drawn, in [0, 1); empty for the share of ties among the battles, or 0.1 where none is a tie
 */
@Method(
        name = "trueskill",
        kind = "ranking",
        source = "Herbrich, Minka and Graepel 2006",
        summary = "normal beliefs about skills, updated by each battle, draws included",
        formula = "P(left wins) = Φ((μ_l − μ_r − ε)/√(2β² + σ_l² + σ_r²))")
public record TrueSkill(
        @Default("25") double mean,
        @Default("8.333333333333334") double deviation,
        @Default("4.166666666666667") double beta,
        @Default("0.08333333333333333") double drift,
        OptionalDouble draws)
        implements OnlineRating {

    /** The usual probability of a draw, where the battles do not show one. */
    private static final double USUAL_DRAWS = 0.1;

    /** With a given share of draws. */
    public TrueSkill(double mean, double deviation, double beta, double drift, double draws) {
        this(mean, deviation, beta, drift, OptionalDouble.of(draws));
    }

    public TrueSkill {
        if (!(deviation > 0 && beta > 0 && drift >= 0)) {
            throw new IllegalArgumentException("deviation and beta are above 0, drift is not below");
        }
        if (draws.isPresent() && !(draws.getAsDouble() >= 0 && draws.getAsDouble() < 1)) {
            throw new IllegalArgumentException("draws is " + draws.getAsDouble() + ", not a share from 0 to below 1");
        }
        if (!Double.isFinite(mean)) throw new IllegalArgumentException("mean is " + mean + ", not finite");
    }

    @Override
    public String name() {
        return "trueskill";
    }

    @Override
    public String unit() {
        return "skill";
    }

    /** The share of ties; of ties alone, what leaves room for half a battle with a winner. */
    @Override
    public TrueSkill fitted(Battles battles) {
        if (draws.isPresent()) {
            return this;
        }
        double all = 0;
        double ties = 0;
        for (int b = 0; b < battles.count(); b++) {
            boolean tie = battles.outcome(b) == Outcome.TIE || battles.outcome(b) == Outcome.BOTH_BAD;
            all += battles.weight(b);
            ties += tie ? battles.weight(b) : 0;
        }
        double share = Math.min(ties / all, 1 - 0.5 / Math.max(1, battles.count()));
        return ties > 0 ? new TrueSkill(mean, deviation, beta, drift, share) : this;
    }

    @Override
    public List<Quantity> found(OnlineRating fitted) {
        return fitted instanceof TrueSkill skill && draws.isEmpty() && skill.draws.isPresent()
                ? List.of(Quantity.of("draw probability of equals (share of ties)", skill.draws.getAsDouble()))
                : List.of();
    }

    /** Within which difference of performances a battle is drawn. */
    private double margin() {
        double share = draws.orElse(USUAL_DRAWS);
        return share == 0 ? 0 : Normal.quantile((share + 1) / 2) * Math.sqrt(2) * beta;
    }

    @Override
    public RatingState begin(int items) {
        double[] mu = OnlineRating.filled(items, mean);
        double[] variance = OnlineRating.filled(items, deviation * deviation);
        double margin = margin();
        return new RatingState() {
            @Override
            public void learn(Encounter battle) {
                int left = battle.left();
                int right = battle.right();
                variance[left] += drift * drift;
                variance[right] += drift * drift;
                switch (battle.outcome()) {
                    case LEFT -> update(left, right, false, battle.weight());
                    case RIGHT -> update(right, left, false, battle.weight());
                    case TIE, BOTH_BAD -> update(left, right, true, battle.weight());
                }
            }

            private void update(int winner, int loser, boolean drawn, double weight) {
                double[] moved = moved(winner, loser, drawn, weight);
                mu[winner] += variance[winner] * moved[0];
                mu[loser] -= variance[loser] * moved[0];
                variance[winner] *= Math.max(1e-6, 1 - variance[winner] * moved[1]);
                variance[loser] *= Math.max(1e-6, 1 - variance[loser] * moved[1]);
            }

            // How far a battle moves the means, per variance, and narrows the variances.
            private double[] moved(int winner, int loser, boolean drawn, double weight) {
                double total = 2 * beta * beta + variance[winner] + variance[loser];
                double c = Math.sqrt(total);
                double t = (mu[winner] - mu[loser]) / c;
                double e = margin / c;
                double[] vw = drawn ? ofDraw(t, e) : ofWin(t - e);
                // A battle of weight w moves beliefs w times as far, short of more than all there is to learn.
                return new double[] {weight * vw[0] / c, weight * vw[1] / total};
            }

            // Each battle says something of the skills before; what they say adds up, in precisions and
            // precision-weighted means.
            @Override
            public boolean learnTogether(Battles battles, int from, int to) {
                boolean[] plays = new boolean[mu.length];
                for (int b = from; b < to; b++) {
                    for (int item : new int[] {battles.left(b), battles.right(b)}) {
                        variance[item] += plays[item] ? 0 : drift * drift;
                        plays[item] = true;
                    }
                }
                double[] precision = new double[mu.length];
                double[] mean = new double[mu.length];
                for (int b = from; b < to; b++) {
                    boolean right = battles.outcome(b) == Outcome.RIGHT;
                    int winner = right ? battles.right(b) : battles.left(b);
                    int loser = right ? battles.left(b) : battles.right(b);
                    boolean drawn = Outcome.LEFT != battles.outcome(b) && !right;
                    double[] moved = moved(winner, loser, drawn, battles.weight(b));
                    add(winner, moved[0], moved[1], precision, mean);
                    add(loser, -moved[0], moved[1], precision, mean);
                }
                for (int i = 0; i < mu.length; i++) {
                    if (precision[i] > 0 || mean[i] != 0) {
                        double sum = 1 / variance[i] + precision[i];
                        mu[i] = (mu[i] / variance[i] + mean[i]) / sum;
                        variance[i] = 1 / sum;
                    }
                }
                return true;
            }

            private void add(int item, double shift, double shrink, double[] precision, double[] mean) {
                double after = variance[item] * Math.max(1e-6, 1 - variance[item] * shrink);
                precision[item] += 1 / after - 1 / variance[item];
                mean[item] += (mu[item] + variance[item] * shift) / after - mu[item] / variance[item];
            }

            @Override
            public OutcomeProbabilities chances(int left, int right, boolean home) {
                double c = Math.sqrt(2 * beta * beta + variance[left] + variance[right]);
                double won = Normal.below((mu[left] - mu[right] - margin) / c);
                double lost = Normal.below((mu[right] - mu[left] - margin) / c);
                return new OutcomeProbabilities(won, Math.max(0, 1 - won - lost), lost);
            }

            @Override
            public double rating(int item) {
                return mu[item];
            }

            @Override
            public double deviation(int item) {
                return Math.sqrt(variance[item]);
            }
        };
    }

    /** How a win by more than the margin moves mean and variance, in standard units: the truncated normal's moments. */
    static double[] ofWin(double x) {
        // Far out density over probability is −x − 1/x, of which subtracting logarithms would leave nothing.
        double v = x < -100 ? -x - 1 / x : Math.exp(Normal.logDensity(x) - Normal.logBelow(x));
        return new double[] {v, Math.min(1, v * (v + x))};
    }

    /** The moments for a draw. */
    static double[] ofDraw(double t, double e) {
        double a = Math.abs(t);
        double inside = Normal.below(e - a) - Normal.below(-e - a);
        if (inside < 1e-12) return new double[] {Math.signum(t) * (e - a), 1};
        double v = (Normal.density(-e - a) - Normal.density(e - a)) / inside;
        double w = v * v + ((e - a) * Normal.density(e - a) + (e + a) * Normal.density(e + a)) / inside;
        return new double[] {Math.signum(t) * v, Math.min(1, w)};
    }
}
