package org.thurstone.data;

/** A preference between a left and a right completion. */
public sealed interface Preference {

    /** The left one is better. */
    record Left() implements Preference {
        @Override
        public double probability() {
            return 1;
        }
    }

    /** The right one is better. */
    record Right() implements Preference {
        @Override
        public double probability() {
            return 0;
        }
    }

    /** Neither is better: a judgement, not a missing one. */
    record Tie() implements Preference {
        @Override
        public double probability() {
            return 0.5;
        }
    }

    /** Neither is better, and neither is acceptable: a tie for a ranking, and more than a tie when selecting training data. */
    record BothBad() implements Preference {
        @Override
        public double probability() {
            return 0.5;
        }
    }

    /**
     * Better by degrees.
     *
     * @param grade from {@code -scale} (right far better) over 0 (tie) to {@code scale} (left far better)
     * @param scale the largest grade of the questionnaire, at least 1
     */
    record Graded(int grade, int scale) implements Preference {
        public Graded {
            if (scale < 1 || Math.abs(grade) > scale) {
                throw new IllegalArgumentException("grade " + grade + " is outside −" + scale + "…" + scale);
            }
        }

        /** Linear in the grade: the questionnaire's own scale says no more. */
        @Override
        public double probability() {
            return 0.5 + 0.5 * grade / scale;
        }
    }

    /** Left is better with this probability (votes, a reward model, a judge's token probability), in [0, 1]. */
    record Soft(double probability) implements Preference {
        public Soft {
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException("probability " + probability + " is outside 0…1");
            }
        }
    }

    /** The probability that left is better, in [0, 1]; a tie is one half. */
    double probability();

    /** The same judgement with left and right exchanged. */
    default Preference swapped() {
        return switch (this) {
            case Left l -> new Right();
            case Right r -> new Left();
            case Tie t -> t;
            case BothBad b -> b;
            case Graded(int grade, int scale) -> new Graded(-grade, scale);
            case Soft(double p) -> new Soft(1 - p);
        };
    }
}
