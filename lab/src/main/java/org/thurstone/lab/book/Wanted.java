package org.thurstone.lab.book;

import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** The rows that are to be replicated, by what people call them; those that no one has tried yet stand in the table all the same. */
final class Wanted {

    private static final Map<Integer, String> ROWS = Map.ofEntries(
            Map.entry(1, "pairs chosen by their margin"),
            Map.entry(11, "INPO"),
            Map.entry(20, "PMPO"),
            Map.entry(24, "iterative reasoning preference optimisation"),
            Map.entry(33, "ranking accuracy of preference-tuned models"),
            Map.entry(38, "accelerated preference optimisation"),
            Map.entry(45, "SPO, minimaximalist self-play"),
            Map.entry(50, "HyPO"),
            Map.entry(52, "iterative length-regularised DPO"),
            Map.entry(53, "PILAF"),
            Map.entry(55, "RPO: SFT as an adversarial regulariser"),
            Map.entry(58, "EGPO"),
            Map.entry(59, "rDPO"),
            Map.entry(63, "DiscoPOP"),
            Map.entry(64, "3D properties of DPO"),
            Map.entry(70, "Nash-MD"),
            Map.entry(80, "the sweet spot of rejected answers"),
            Map.entry(81, "suboptimal, on-policy data"),
            Map.entry(83, "learning dynamics of alignment"),
            Map.entry(86, "iREPO"),
            Map.entry(88, "SPPO"),
            Map.entry(90, "TYPO"),
            Map.entry(91, "SPAC"),
            Map.entry(93, "RSO"),
            Map.entry(97, "DNO"),
            Map.entry(99, "EXO"),
            Map.entry(104, "self-consuming models with curation"),
            Map.entry(107, "DPO-ST"),
            Map.entry(108, "VPO"),
            Map.entry(110, "MRPO"),
            Map.entry(111, "IPO"),
            Map.entry(116, "DRO"),
            Map.entry(119, "BCO"),
            Map.entry(128, "PRO"),
            Map.entry(129, "XPO"),
            Map.entry(142, "feasible learning"),
            Map.entry(144, "LiPO-λ"),
            Map.entry(145, "RS-DPO"),
            Map.entry(156, "ONPO"),
            Map.entry(157, "prefix sharing"),
            Map.entry(158, "regularised self-play"),
            Map.entry(159, "BPO"));

    private Wanted() {}

    /** By row. */
    public static SequencedMap<Integer, String> rows() {
        return new TreeMap<>(ROWS);
    }
}
