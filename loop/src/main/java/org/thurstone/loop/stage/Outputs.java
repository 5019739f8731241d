package org.thurstone.loop.stage;

import java.util.List;
import org.thurstone.data.Comparison;
import org.thurstone.data.Completions;
import org.thurstone.data.Ranking;
import org.thurstone.loop.Output;
import org.thurstone.loop.Round;
import org.thurstone.loop.run.Codec;

/** The outputs of the stages of this package. The output of a policy is defined by its world. */
public final class Outputs {

    /** Sampled completions by prompt. */
    public static final Output<List<Completions>> COMPLETIONS =
            new Output<>("completions.jsonl", Codec.jsonLines(Completions.class));

    /** The same with the judge's scores; prompts with fewer than two usable completions are left out. */
    public static final Output<List<Ranking>> RATINGS = new Output<>("ratings.jsonl", Codec.examples(Ranking.class));

    /** Pairs that were chosen to be asked about. */
    public static final Output<Selection> SELECTION = new Output<>("selection.json", Codec.json(Selection.class));

    /** Pairs that were answered. */
    public static final Output<List<Comparison>> COMPARISONS =
            new Output<>("comparisons.jsonl", Codec.examples(Comparison.class));

    /** The results of the iteration. */
    public static final Output<Round> ROUND = new Output<>("round.json", Codec.json(Round.class));

    private Outputs() {}
}
