package org.thurstone.feedback.annotator;

import java.util.random.RandomGenerator;
import org.thurstone.data.Preference;
import org.thurstone.feedback.CandidatePair;

/** Says which completion of a pair is better. */
@FunctionalInterface
public interface Annotator {

    Preference annotate(CandidatePair pair, RandomGenerator random);
}
