package org.thurstone.rank.online;

import java.util.List;
import java.util.OptionalDouble;
import org.thurstone.rank.Battles;
import org.thurstone.rank.OutcomeProbabilities;
import org.thurstone.rank.Quantity;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * Glicko-2 (Glickman 2013): each rating has a deviation, which battles narrow and idle time widens, and a volatility, which surprises raise. The
 * battles of a rating period count as if they were played at once. Battles without times are one period.
 *
 * @param period in days, above 0
 * @param tau how much volatilities may change, above 0; 0.3 to 1.2 are usual
 * @param initial rating of an item before its first battle
 * @param deviation deviation of that rating, above 0
 * @param volatility of an item before its first battle, above 0
 * @param home whether the left item has an advantage, which is added to its rating in the expected score, as White's is in Glickman's Glicko-Boost
 * @param advantage that advantage in points; empty to estimate it: at home, items then get the points that were expected of them before each battle
 */
@Method(
        name = "glicko2",
        kind = "ranking",
        source = "Glickman 2013, Example of the Glicko-2 system",
        summary = "ratings with deviations and volatilities, updated once per rating period",
        formula = "μ' = μ + φ'²·Σ g(φ_j)·(s_j − E_j), E_j = σ(g(φ_j)·(μ + home − μ_j))")
public record Glicko2(
        @Default("30") double period,
        @Default("0.5") double tau,
        @Default("1500") double initial,
        @Default("350") double deviation,
        @Default("0.06") double volatility,
        @Default("false") boolean home,
        OptionalDouble advantage)
        implements OnlineRating {

    static final double SCALE = 400 / Math.log(10);
    private static final double SECONDS = 86_400;

    /** The widest advantage that is estimated, in points. */
    private static final double WIDEST = 800;

    /** Without an advantage. */
    public Glicko2(double period, double tau, double initial, double deviation, double volatility) {
        this(period, tau, initial, deviation, volatility, false, OptionalDouble.empty());
    }

    public Glicko2 {
        if (advantage.isPresent() && !Double.isFinite(advantage.getAsDouble())) {
            throw new IllegalArgumentException("advantage is " + advantage.getAsDouble() + " points, not finite");
        }
        if (!(period > 0 && tau > 0 && deviation > 0 && volatility > 0)) {
            throw new IllegalArgumentException("period, tau, deviation and volatility are above 0");
        }
        if (!Double.isFinite(initial)) throw new IllegalArgumentException("initial is " + initial + ", not finite");
    }

    @Override
    public String name() {
        return "glicko2";
    }

    @Override
    public String unit() {
        return "Glicko points";
    }

    @Override
    public Glicko2 fitted(Battles battles) {
        return home && advantage.isEmpty()
                ? withAdvantage(HomeAdvantage.of(battles, WIDEST, this::withAdvantage))
                : this;
    }

    @Override
    public List<Quantity> found(OnlineRating fitted) {
        return fitted instanceof Glicko2 glicko && glicko.home && advantage.isEmpty()
                ? List.of(Quantity.of(
                        Battles.HOME_ADVANTAGE + ", points", glicko.advantage().orElse(0)))
                : List.of();
    }

    private Glicko2 withAdvantage(double points) {
        return new Glicko2(period, tau, initial, deviation, volatility, home, OptionalDouble.of(points));
    }

    @Override
    public RatingState begin(int items) {
        return new GlickoState(this, items);
    }

    /** The number of the rating period of a moment. */
    long periodOf(double time) {
        return Double.isNaN(time) ? 0 : (long) Math.floor(time / (period * SECONDS));
    }

    /** How much a result says against an opponent whose rating is uncertain. */
    static double g(double phi) {
        return 1 / Math.sqrt(1 + 3 * phi * phi / (Math.PI * Math.PI));
    }

    static double expected(double mu, double other, double phi) {
        return 1 / (1 + Math.exp(-g(phi) * (mu - other)));
    }

    /** The ratings on Glicko-2's own scale, and the battles of the period that is not over. */
    private static final class GlickoState implements RatingState {
        private final Glicko2 glicko;
        private final double[] mu;
        private final double[] phi;
        private final double[] sigma;
        private final double[] information;
        private final double[] surprise;
        private final double[] startMu;
        private final double[] startPhi;
        private final boolean[] known;
        private final double advantage;
        private long now = Long.MIN_VALUE;

        GlickoState(Glicko2 glicko, int items) {
            this.glicko = glicko;
            mu = new double[items];
            phi = OnlineRating.filled(items, glicko.deviation / SCALE);
            sigma = OnlineRating.filled(items, glicko.volatility);
            information = new double[items];
            surprise = new double[items];
            startMu = mu.clone();
            startPhi = phi.clone();
            known = new boolean[items];
            advantage = glicko.home ? glicko.advantage.orElse(0) / SCALE : 0;
        }

        @Override
        public void learn(Encounter battle) {
            advance(glicko.periodOf(battle.time()));
            int left = battle.left();
            int right = battle.right();
            double ahead = battle.home() ? advantage : 0;
            add(left, right, battle.outcome().left(), battle.weight(), ahead);
            add(right, left, 1 - battle.outcome().left(), battle.weight(), -ahead);
            known[left] = true;
            known[right] = true;
        }

        /** Against the opponent as it was when the period began. */
        private void add(int item, int other, double score, double weight, double ahead) {
            double g = g(startPhi[other]);
            double expected = expected(startMu[item] + ahead, startMu[other], startPhi[other]);
            information[item] += weight * g * g * expected * (1 - expected);
            surprise[item] += weight * g * (score - expected);
        }

        @Override
        public void settle(double time) {
            advance(glicko.periodOf(time));
            close();
        }

        private void advance(long period) {
            if (now == Long.MIN_VALUE) now = period;
            if (period == now) return;
            close();
            // The first of the periods in between was closed with the battles; who is idle drifts on in the rest.
            double idle = period - now - 1.0;
            for (int i = 0; i < phi.length; i++) {
                if (known[i]) phi[i] = widened(phi[i], idle * sigma[i] * sigma[i]);
            }
            now = period;
            System.arraycopy(mu, 0, startMu, 0, mu.length);
            System.arraycopy(phi, 0, startPhi, 0, phi.length);
        }

        /** Never less sure of anybody than of who has not played. */
        private double widened(double at, double variance) {
            return Math.min(glicko.deviation / SCALE, Math.sqrt(at * at + variance));
        }

        private void close() {
            for (int i = 0; i < mu.length; i++) {
                if (information[i] > 0) {
                    double v = 1 / information[i];
                    sigma[i] = volatility(phi[i], sigma[i], v, v * surprise[i], glicko.tau);
                    double wide = phi[i] * phi[i] + sigma[i] * sigma[i];
                    phi[i] = 1 / Math.sqrt(1 / wide + information[i]);
                    mu[i] += phi[i] * phi[i] * surprise[i];
                } else if (known[i]) {
                    phi[i] = widened(phi[i], sigma[i] * sigma[i]);
                }
                information[i] = 0;
                surprise[i] = 0;
            }
        }

        /** Both ratings are uncertain, as in Glickman's prediction for two players. */
        @Override
        public OutcomeProbabilities chances(int left, int right, boolean atHome) {
            double ahead = atHome ? mu[left] + advantage : mu[left];
            return OutcomeProbabilities.ofLeft(expected(ahead, mu[right], Math.hypot(phi[left], phi[right])));
        }

        @Override
        public double rating(int item) {
            return glicko.initial + SCALE * mu[item];
        }

        @Override
        public double deviation(int item) {
            return SCALE * phi[item];
        }
    }

    /** Step 5 of Glickman's description: the volatility of greatest posterior density, by the Illinois method. */
    static double volatility(double phi, double sigma, double v, double delta, double tau) {
        double a = Math.log(sigma * sigma);
        double low = a;
        double high;
        if (delta * delta > phi * phi + v) {
            high = Math.log(delta * delta - phi * phi - v);
        } else {
            int k = 1;
            while (slope(a - k * tau, a, phi, v, delta, tau) < 0) k++;
            high = a - k * tau;
        }
        double atLow = slope(low, a, phi, v, delta, tau);
        double atHigh = slope(high, a, phi, v, delta, tau);
        while (Math.abs(high - low) > 1e-9) {
            double between = low + (low - high) * atLow / (atHigh - atLow);
            double value = slope(between, a, phi, v, delta, tau);
            if (value * atHigh <= 0) {
                low = high;
                atLow = atHigh;
            } else {
                atLow /= 2;
            }
            high = between;
            atHigh = value;
        }
        return Math.exp(low / 2);
    }

    private static double slope(double x, double a, double phi, double v, double delta, double tau) {
        double e = Math.exp(x);
        double spread = phi * phi + v + e;
        return e * (delta * delta - spread) / (2 * spread * spread) - (x - a) / (tau * tau);
    }
}
