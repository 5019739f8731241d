package org.thurstone.rank.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.thurstone.data.Count;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battles;
import org.thurstone.rank.audit.AuditedVotes.Fit;
import org.thurstone.rank.audit.Finding.Detail;
import org.thurstone.rank.pairs.BattleInfluence;
import org.thurstone.rank.pairs.BradleyTerry;
import org.thurstone.rank.pairs.BradleyTerry.Ties;

/**
 * Whether the order depends on how ties are counted: the number of pairs that turn over, as {@link OrderChange} counts them, if ties are half a win
 * each, dropped, or modelled (Davidson; Rao and Kupper), whatever the board itself does.
 *
 * @param threshold the largest number that is no flag
 */
record TieRules(double threshold) implements Probe {

    @Override
    public String name() {
        return "ties";
    }

    @Override
    public String question() {
        return "Pairs that turn over if ties are counted otherwise";
    }

    @Override
    public Probe withThreshold(double other) {
        return new TieRules(other);
    }

    @Override
    public boolean tested() {
        return true;
    }

    @Override
    public Finding find(AuditedVotes votes) {
        Fit fit = votes.fit();
        Battles battles = fit.battles();
        long tied = IntStream.range(0, battles.count())
                .filter(b -> tied(battles, b))
                .count();
        if (tied == 0) {
            throw new UserError("no battle is a tie");
        }
        if (tied == battles.count()) {
            throw new UserError("every battle is a tie");
        }
        Map<String, Detail> reversed = new LinkedHashMap<>();
        List<String> failed = new ArrayList<>();
        int possible = 0;
        int neighbours = 0;
        for (Rule rule : rules(votes.model(), battles)) {
            try {
                BattleInfluence other = BattleInfluence.of(rule.model(), battles, rule.counted());
                OrderChange change = OrderChange.between(fit.influence(), other, fit, votes, rule.name());
                change.reversed().forEach(d -> reversed.merge(d.what(), d, TieRules::joined));
                possible = Math.max(possible, change.possible());
                neighbours = Math.max(neighbours, change.neighbours());
            } catch (UserError e) {
                failed.add(rule.name() + ": " + e.getMessage());
            }
        }
        List<Detail> details = new ArrayList<>(reversed.values());
        details.sort(Comparator.comparingDouble(Detail::figure));
        String sentence = String.format(
                Locale.ROOT,
                "%.1f %% of the battles are ties; %s, %d of them neighbours, if ties are counted otherwise.",
                100.0 * tied / battles.count(),
                Count.of(details.size(), "pair turns over", "pairs turn over"),
                neighbours);
        return Finding.of(
                this,
                details.size(),
                details.size(),
                Math.max(details.size(), possible),
                details.size() > threshold,
                failed.isEmpty() ? sentence : sentence + " Not tried, " + String.join("; ", failed) + ".",
                details);
    }

    private static Detail joined(Detail one, Detail more) {
        Detail larger = more.figure() < one.figure() ? more : one;
        return new Detail(larger.what(), larger.figure(), larger.low(), larger.high(), one.note() + ", " + more.note());
    }

    /** Another way to count ties. */
    private record Rule(String name, BradleyTerry model, IntPredicate counted) {}

    private static List<Rule> rules(BradleyTerry model, Battles battles) {
        List<Rule> rules = new ArrayList<>();
        if (model.ties() != Ties.HALF) {
            rules.add(new Rule("half", model.with(Ties.HALF), b -> true));
        }
        rules.add(new Rule("dropped", model.with(Ties.HALF), b -> !tied(battles, b)));
        for (Ties modelled : List.of(Ties.DAVIDSON, Ties.RAO_KUPPER)) {
            if (model.ties() != modelled) {
                rules.add(new Rule(
                        modelled.name().toLowerCase(Locale.ROOT).replace('_', '-'), model.with(modelled), b -> true));
            }
        }
        return rules;
    }

    private static boolean tied(Battles battles, int b) {
        return battles.outcome(b).left() == 0.5;
    }
}
