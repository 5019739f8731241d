package org.thurstone.loop.stage;

import java.util.List;
import org.thurstone.data.Completions;
import org.thurstone.data.Prompt;
import org.thurstone.loop.Iteration;
import org.thurstone.loop.Output;
import org.thurstone.loop.Stage;
import org.thurstone.loop.World;

/**
 * Samples completions of fresh prompts from the policy that the iteration starts from. Completions are sampled and saved in parts of a fixed number
 * of prompts: which prompts are sampled together decides how their numbers are rounded, so a kill must not change it.
 *
 * @param prompts per iteration
 * @param samples per prompt
 * @param part prompts per part
 * @param <P> a policy
 */
public record SampleCompletions<P>(World<P> world, int prompts, int samples, int part)
        implements Stage.InParts<P, Completions> {

    public SampleCompletions {
        if (prompts < 1 || samples < 1 || part < 1) {
            throw new IllegalArgumentException("prompts, samples and the size of a part are at least 1");
        }
    }

    @Override
    public Output<List<Completions>> output() {
        return Outputs.COMPLETIONS;
    }

    @Override
    public Class<Completions> type() {
        return Completions.class;
    }

    @Override
    public boolean dependsOnStartOnly() {
        return true;
    }

    @Override
    public int parts(Iteration<P> iteration) {
        return Math.ceilDiv(prompts, part);
    }

    @Override
    public List<Completions> part(Iteration<P> iteration, int index) {
        List<Prompt> all = world.prompts(
                (long) prompts * (iteration.number() - 1), prompts, iteration.start(), iteration.random("prompts"));
        List<Prompt> mine = all.subList(Math.min(all.size(), index * part), Math.min(all.size(), (index + 1) * part));
        // One part alone draws what it drew before sampling came in parts.
        String stream = index == 0 ? "answers" : "answers/part-" + index;
        return mine.isEmpty() ? List.of() : world.propose(iteration.current(), mine, samples, iteration.random(stream));
    }
}
