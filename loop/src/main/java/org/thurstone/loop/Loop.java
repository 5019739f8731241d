package org.thurstone.loop;

import java.util.ArrayList;
import java.util.List;
import org.thurstone.loop.run.Seeds;
import org.thurstone.loop.run.Workspace;

/**
 * The iterative loop, over any world: each iteration runs the stages of its arm in order and stores their outputs. A stored output is read and not
 * computed again, so a run that was stopped anywhere, or that waited for answers, resumes with the same result.
 *
 * <p>Iterative methods, online methods and training on a fixed data set are this loop with different stages.
 *
 * @param <P> a policy
 */
public final class Loop<P> {

    private final Workspace workspace;
    private final Seeds seeds;
    private final Progress progress;

    public Loop(Workspace workspace, Seeds seeds, Progress progress) {
        this.workspace = workspace;
        this.seeds = seeds;
        this.progress = progress;
    }

    /** Runs all iterations of an arm. @return each iteration with the outputs of its stages */
    public List<Iteration<P>> run(Arm<P> arm, P start) {
        List<Iteration<P>> iterations = new ArrayList<>();
        Iteration<P> iteration = Iteration.first(arm, start, seeds);
        for (int k = 1; k <= arm.iterations(); k++) {
            if (k > 1) {
                iteration = iteration.next();
            }
            if (arm.numbered()
                    && !workspace.has(iteration.directory()
                            + arm.stages().getLast().output().name())) {
                progress.say((arm.directory().isEmpty() ? "" : arm.title() + ": ") + "iteration " + k);
            }
            for (Stage<P, ?> stage : arm.stages()) {
                iteration = run(stage, iteration);
            }
            iterations.add(iteration);
        }
        return iterations;
    }

    private <T> Iteration<P> run(Stage<P, T> stage, Iteration<P> iteration) {
        boolean shared = iteration.number() == 1 && stage.dependsOnStartOnly();
        String name = (shared ? "iteration-1/" : iteration.directory())
                + stage.output().name();
        T value = stage.keep(workspace, name, iteration);
        Iteration<P> with = iteration.with(stage.output(), value);
        stage.kept(with, value);
        return with;
    }
}
