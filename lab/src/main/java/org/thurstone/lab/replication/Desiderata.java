package org.thurstone.lab.replication;

import java.util.Arrays;
import java.util.List;
import org.thurstone.lab.Description;
import org.thurstone.lab.Figures;
import org.thurstone.lab.Figures.Row;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.recipe.Method;
import org.thurstone.report.Axis;
import org.thurstone.train.example.TrainingExample;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.pair.Typo;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.OfflineTrainer;
import org.thurstone.worlds.bandit.PairData;
import org.thurstone.worlds.bandit.Simplex;

/** Preservation and interpolation: what a preference loss should do, and which of two does it. */
@Method(
        name = "desiderata",
        kind = "replication",
        papers = "2407.09072",
        source = "arXiv:2407.09072",
        summary = "TYPO preserves what is right and interpolates between preferences and reference; DPO does neither")
public record Desiderata() implements Replication {

    private static final double[] STRENGTHS = {0.01, 0.1, 1, 10, 100};

    @Override
    public Description about() {
        return new Description("""
            A preference loss should have two properties. Preservation: where the reference policy already answers as people prefer, the policy should stay the same
            while other prompts improve. Interpolation: its one hyper-parameter should lead from the policy that the preferences describe, π(y)/π(y') = P(y ≻ y')/P(y' ≻
            y), to the reference policy. TYPO has both properties; DPO has neither, for any β.""", """
            `bandit`: for each seed 2 prompts × 4 responses with a random reward. For the first prompt, the reference policy already equals the policy that the
            preferences describe; for the second, it does not. All pairs with their true probabilities, tabular policies, full-batch training, TYPO's λ and DPO's β over
            four orders of magnitude. Measured: total-variation distances to the policy that the preferences describe, and to the reference.""", """
            The paper shows this for QPO losses in general, with proofs and a toy experiment with neural networks; here, DPO represents these losses, and tables replace
            the networks.""");
    }

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(20, 6);
        OfflineTrainer trainer = OfflineTrainer.whole(trial.of(500, 80), 0.1);
        double[] strengths = trial.smoke() ? new double[] {0.01, 1, 100} : STRENGTHS;
        // Prompts have nothing in common in a table: each seed is two of them, one where the reference is right.
        Bandit world = Bandit.together(trial.seeds(seeds, "worlds", random -> {
            double[] right = random.doubles(4, -1.5, 1.5).toArray();
            double[] wrong = random.doubles(4, -1.5, 1.5).toArray();
            double[] other = random.doubles(4, -1.5, 1.5).toArray();
            return Bandit.rewarded(
                    new double[][] {Simplex.softmax(right), Simplex.softmax(other)}, new double[][] {right, wrong});
        }));
        double[][] described = Arrays.stream(world.reward().orElseThrow())
                .map(Simplex::softmax)
                .toArray(double[][]::new);
        List<TrainingExample> data = PairData.expected(world, Simplex.rows(world.prompts(), Simplex.uniform(4)), 0)
                .votes();
        Sweep kept = Sweep.along(strengths);
        Sweep toPreferences = Sweep.along(strengths);
        Sweep toReference = Sweep.along(strengths);
        kept.each((k, strength) -> {
            trial.progress().step("strengths", k, strengths.length, "");
            // TYPO looks at samples of the reference; with exact divergences at each, any response will do.
            Loss typo = trial.subject(new Typo(strength, true, 1), strength);
            List<TrainingExample> sampled = typo.draws().isPresent()
                    ? data.stream()
                            .map(e -> e.withSamples(List.of(new int[] {0})))
                            .toList()
                    : data;
            for (String name : List.of("typo", "dpo")) {
                double[][] end = name.equals("typo")
                        ? world.learn(trainer, typo, sampled)
                        : world.learn(trainer, new Dpo(strength, 0), data);
                for (int s = 0; s < seeds; s++) {
                    int wrong = 2 * s + 1;
                    kept.add(name, k, Simplex.distance(end[2 * s], world.reference()[2 * s]));
                    toPreferences.add(name, k, Simplex.distance(end[wrong], described[wrong]));
                    toReference.add(name, k, Simplex.distance(end[wrong], world.reference()[wrong]));
                }
            }
        });
        Figures table = Figures.of(
                "total-variation distances",
                4,
                "loss and its λ or β | moved where it was right | elsewhere: to what preferences describe | elsewhere: to the reference");
        for (String name : kept.arms()) {
            table = table.rows(
                    strengths.length,
                    k -> Row.of(
                            name + " " + strengths[k],
                            kept.at(name, k),
                            toPreferences.at(name, k),
                            toReference.at(name, k)));
        }
        return Findings.of(table)
                .with(toPreferences
                        .scaled(Math::log10)
                        .curve(
                                "Interpolation",
                                "Where the reference is wrong. The band is over worlds.",
                                Axis.of("log₁₀ of λ or β"),
                                Axis.of("distance to what preferences describe").fromZero()))
                .core(
                        "TYPO leaves the prompt that was right as it was, at every λ",
                        kept.everywhere(k -> kept.at("typo", k).mean() < 0.01))
                .core(
                        "TYPO ends at what preferences describe for small λ and at the reference for large λ",
                        toPreferences.start("typo").mean() < 0.01
                                && toReference.end("typo").mean() < 0.02)
                .also(
                        "in between it comes nearer to the reference with each λ",
                        toReference.map(d -> -d).grows("typo"))
                .core(
                        "DPO moves the prompt that was right, at each β up to 1",
                        kept.everywhere(
                                k -> strengths[k] > 1 || kept.at("dpo", k).mean() > 0.05))
                .core(
                        "DPO comes nowhere near what preferences describe, at any β",
                        toPreferences.everywhere(k -> toPreferences.at("dpo", k).mean() > 0.05));
    }
}
