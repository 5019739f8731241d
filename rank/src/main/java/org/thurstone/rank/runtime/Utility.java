package org.thurstone.rank.runtime;

/**
 * The utility of an answer that comes after a time: the value of an answer in time, times the chance that one would still be waiting
 * (arXiv:2205.13028). From 1 at once, falling to 0. What is known of the time at which the wait would be cut off decides which: each of these is the
 * distribution of greatest entropy with what its components say, and an answer in time is worth 1.
 */
public sealed interface Utility {

    /**
     * The worth of an answer.
     *
     * @param time at least 0, in the unit of the components; infinite for an answer that never comes
     */
    double of(double time);

    /**
     * The time after which an answer is worth no more than this.
     *
     * @param worth within (0, 1]
     */
    double until(double worth);

    /** The wait is cut off at a known moment. */
    record Step(double captime) implements Utility {
        public Step {
            positive("captime", captime);
        }

        @Override
        public double of(double time) {
            return time < captime ? 1 : 0;
        }

        @Override
        public double until(double worth) {
            return captime;
        }
    }

    /** Nothing is known of the cut but that it comes by then: it is uniform. */
    record Uniform(double latest) implements Utility {
        public Uniform {
            positive("latest", latest);
        }

        @Override
        public double of(double time) {
            return Math.max(0, 1 - time / latest);
        }

        @Override
        public double until(double worth) {
            return latest * (1 - worth);
        }
    }

    /** The cut's mean is known: it is exponential. */
    record Exponential(double mean) implements Utility {
        public Exponential {
            positive("mean", mean);
        }

        @Override
        public double of(double time) {
            return Math.exp(-time / mean);
        }

        @Override
        public double until(double worth) {
            return -mean * Math.log(worth);
        }
    }

    /**
     * The cut's median is known, and by what factor it is off on average: its logarithm is Laplace's.
     *
     * @param spread the mean of |log(cut/median)|, above 0
     */
    record LogLaplace(double median, double spread) implements Utility {
        public LogLaplace {
            positive("median", median);
            positive("spread", spread);
        }

        @Override
        public double of(double time) {
            if (time == 0) return 1;
            double x = Math.log(time / median) / spread;
            return x <= 0 ? 1 - Math.exp(x) / 2 : Math.exp(-x) / 2;
        }

        @Override
        public double until(double worth) {
            double x = worth >= 0.5 ? Math.log(2 * (1 - worth)) : -Math.log(2 * worth);
            return median * Math.exp(spread * x);
        }
    }

    /**
     * The cut does not come before a known moment, and the mean of its logarithm is known: it is Pareto's.
     *
     * @param growth the mean of log(cut/earliest), above 0
     */
    record Pareto(double earliest, double growth) implements Utility {
        public Pareto {
            positive("earliest", earliest);
            positive("growth", growth);
        }

        @Override
        public double of(double time) {
            return time <= earliest ? 1 : Math.pow(earliest / time, 1 / growth);
        }

        @Override
        public double until(double worth) {
            return earliest * Math.pow(worth, -growth);
        }
    }

    private static void positive(String name, double value) {
        if (!(value > 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(name + " is " + value + ", not a finite number above 0");
        }
    }
}
