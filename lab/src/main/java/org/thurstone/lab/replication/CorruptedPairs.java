package org.thurstone.lab.replication;

import java.util.function.DoubleFunction;
import org.thurstone.lab.Ablation;
import org.thurstone.lab.Description;
import org.thurstone.lab.Findings;
import org.thurstone.lab.Measured;
import org.thurstone.lab.Replication;
import org.thurstone.lab.Sweep;
import org.thurstone.lab.Trial;
import org.thurstone.lab.replication.CorruptedVotes.Setting;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.pairs.BradleyTerry;
import org.thurstone.rank.robust.Curatron;
import org.thurstone.recipe.Method;

/** CURATRON and Bradley–Terry on comparisons of which some are missing and some corrupted. */
@Method(
        name = "corrupted-pairs",
        kind = "replication",
        papers = "2403.02745",
        source = "arXiv:2403.02745",
        summary = "CURATRON recovers a ranking with half of the pairs missing and 15 % of the others corrupted, and "
                + "plain Bradley–Terry does not")
public record CorruptedPairs() implements Replication {

    private static final String CURATRON = "CURATRON";
    private static final String PLAIN = "Bradley–Terry";
    private static final String HONEST = "Bradley–Terry, honest pairs";

    @Override
    public Description about() {
        return new Description("""
            Log-odds of Bradley–Terry form a matrix of rank two. Missing pairs can therefore be completed, and corrupted ones separated as a sparse part: with 15 % of
            the pairs corrupted and 50 % missing, the ranking is recovered, where plain Bradley–Terry fails.""", """
            40 items with normal strengths of standard deviation 1.5 in log-odds. A random share of the pairs is compared, with 100 votes each; of these, a random share
            is corrupted: winner and loser are exchanged in all of their votes. Varied one at a time: corrupted pairs from 0 to 35 % with 50 % missing, missing pairs
            from 0 to 75 % with 15 % corrupted, and 5, 20 or 100 votes per pair with both. CURATRON (4 deviations), Bradley–Terry on all pairs, and Bradley–Terry on the
            honest pairs alone, which no method can know. Measured: Kendall's τ of the ranking with the true one, and the standard deviation of the errors of strengths.""", """
            The paper completes first and removes the sparse part afterwards; here, both steps alternate. Its corrupted entries are drawn anew, and it also uses
            preferences of language models; here a corrupted pair tells the opposite of the truth, which is invisible for two items of equal strength.""");
    }

    /** Agreement with the true order, and the error of strengths. */
    private record Metrics(Sweep tau, Sweep error) {

        static Metrics along(Trial trial, DoubleFunction<Setting> setting, double... places) {
            Metrics metrics = new Metrics(Sweep.along(places), Sweep.along(places));
            boolean itself = trial.ablation() == Ablation.ITSELF;
            RankingModel subject = itself ? new Curatron(4, 0.5) : BradleyTerry.PLAIN;
            metrics.tau.each((k, place) -> trial.each(trial.of(20, 7), "at " + place, random -> {
                CorruptedVotes votes = CorruptedVotes.random(setting.apply(place), random);
                metrics.add(CURATRON, k, votes, subject.rank(votes.all(), Inference.NONE));
                metrics.add(PLAIN, k, votes, BradleyTerry.PLAIN.rank(votes.all(), Inference.NONE));
                metrics.add(HONEST, k, votes, BradleyTerry.PLAIN.rank(votes.honest(), Inference.NONE));
            }));
            return metrics;
        }

        private void add(String arm, int place, CorruptedVotes votes, Board board) {
            tau.add(arm, place, votes.tau(board));
            error.add(arm, place, votes.error(board));
        }

        Findings tables(Findings findings, String varied, DoubleFunction<String> row) {
            return findings.with(
                    tau.table("Kendall's τ with the true ranking", varied, 3, row),
                    error.table("error of strengths (log-odds)", varied, 3, row));
        }
    }

    @Override
    public Findings experiment(Trial trial) {
        boolean smoke = trial.smoke();
        Metrics corrupted = Metrics.along(
                trial,
                share -> new Setting(0.5, share, 100),
                smoke ? new double[] {0, 0.15} : new double[] {0, 0.05, 0.15, 0.25, 0.35});
        Metrics missing = Metrics.along(
                trial,
                share -> new Setting(share, 0.15, 100),
                smoke ? new double[] {0.25} : new double[] {0, 0.25, 0.5, 0.75});
        Metrics votes = Metrics.along(
                trial,
                count -> new Setting(0.5, 0.15, (int) count),
                smoke ? new double[] {20} : new double[] {5, 20, 100});
        Findings findings = Findings.of();
        findings = corrupted.tables(findings, "corrupted", share -> Math.round(100 * share) + " %");
        findings = missing.tables(findings, "missing", share -> Math.round(100 * share) + " %");
        findings = votes.tables(findings, "votes per pair", count -> "" + (int) count);
        int claimed = trial.of(2, 1);
        return findings.with(corrupted.tau.curve(
                        "Recovered rankings",
                        "Half of the pairs are missing; the band is over seeds.",
                        "share of corrupted pairs",
                        "Kendall's τ"))
                .core(
                        "with 15 % corrupted and 50 % missing, CURATRON's τ is at most 0.03 below that of Bradley–Terry on"
                                + " the honest pairs",
                        corrupted.tau.difference(CURATRON, HONEST, claimed).above(-0.03))
                .core(
                        "there, plain Bradley–Terry's τ is lower than CURATRON's, and its error more than twice as large",
                        corrupted.tau.better(CURATRON, PLAIN, claimed)
                                && Measured.difference(
                                                corrupted.error.values(PLAIN, claimed),
                                                corrupted.error.map(e -> 2 * e).values(CURATRON, claimed))
                                        .above(0))
                .also(
                        "its τ is above plain Bradley–Terry's at each share of corrupted pairs above 0",
                        corrupted.tau.everywhere(k -> k == 0 || corrupted.tau.better(CURATRON, PLAIN, k)))
                .also("and at each share of missing pairs", missing.tau.better(CURATRON, PLAIN))
                .also("and for each number of votes per pair", votes.tau.better(CURATRON, PLAIN))
                .also(
                        "without corrupted pairs its τ is at most 0.02 below Bradley–Terry's",
                        corrupted.tau.difference(CURATRON, PLAIN, 0).above(-0.02));
    }
}
