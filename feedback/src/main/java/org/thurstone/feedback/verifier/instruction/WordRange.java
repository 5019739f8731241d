package org.thurstone.feedback.verifier.instruction;

/** The number of words lies in a range, both ends included. */
public record WordRange(int least, int most) implements Instruction {

    public static final String KIND = "length_constraints:word_range";

    public WordRange {
        if (least > most) {
            throw new IllegalArgumentException("from " + least + " to " + most + " words is no range");
        }
    }

    @Override
    public boolean holds(String answer) {
        int words = WordCount.words(answer);
        return words >= least && words <= most;
    }

    @Override
    public String kind() {
        return KIND;
    }
}
