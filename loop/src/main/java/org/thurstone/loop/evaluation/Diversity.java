package org.thurstone.loop.evaluation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The diversity of texts. */
public final class Diversity {

    private Diversity() {}

    /** Different word pairs over all word pairs of all texts (distinct-2, Li et al., arXiv:1510.03055); NaN where there is none. */
    public static double distinct2(List<String> texts) {
        Set<String> different = new HashSet<>();
        int all = 0;
        for (String text : texts) {
            String[] words = text.strip().split("\\s+");
            for (int i = 1; i < words.length; i++) {
                different.add(words[i - 1] + " " + words[i]);
                all++;
            }
        }
        return all == 0 ? Double.NaN : (double) different.size() / all;
    }
}
