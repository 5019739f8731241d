package org.thurstone.rank.posterior;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thurstone.data.UserError;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Rankings;
import org.thurstone.rank.Votes;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * The posterior of Plackett–Luce log-worths under a normal prior, by expectation propagation. Each choice of the best of the remaining items is one factor. Its
 * moments are exact among two items, and among more by quadrature. Orders may be partial or top-k. In orders of two items, a tie is half a win of each; other ties
 * are refused.
 *
 * @param ridge the precision of the prior of each log-worth, above 0: one over the square of its standard deviation
 */
@Method(
        name = "plackett-luce-ep",
        kind = "ranking",
        source = "Minka 2001; Guiver and Snelson 2009; Plackett 1975",
        summary = "posterior of log-worths of orders under a normal prior, by expectation propagation",
        formula = "p(θ) ∝ N(θ; 0, I/ridge)·Π_k e^θ_k / Σ_{j ≥ k} e^θ_j")
public record PlackettLuceEp(@Default("0.1") double ridge) implements RankingModel {

    public PlackettLuceEp {
        if (!(ridge > 0 && Double.isFinite(ridge))) {
            throw new IllegalArgumentException("ridge is " + ridge + ", not a finite number above 0");
        }
    }

    @Override
    public Form takes() {
        return Form.RANKINGS;
    }

    @Override
    public Board rank(Votes votes, Inference inference) {
        Rankings rankings = Rankings.of(votes, "plackett-luce-ep", "bradley-terry-ep");
        return PosteriorBoard.of(
                "plackett-luce-ep",
                "log-worth",
                rankings.items(),
                ExpectationPropagation.of(rankings.items().size(), ridge, sites(rankings)),
                ridge,
                inference);
    }

    /** A choice: of the first item of a list among all. */
    private static List<Site> sites(Rankings rankings) {
        Map<List<Integer>, double[]> pairs = new LinkedHashMap<>();
        Map<List<Integer>, Double> choices = new LinkedHashMap<>();
        for (Rankings.Ranking order : rankings.all()) {
            List<List<Integer>> blocks = order.blocks();
            boolean tiedPair = blocks.size() == 1 && blocks.getFirst().size() == 2 && !order.open();
            if (tiedPair) {
                add(blocks.getFirst().getFirst(), blocks.getFirst().getLast(), order.weight() / 2, pairs);
                add(blocks.getFirst().getLast(), blocks.getFirst().getFirst(), order.weight() / 2, pairs);
            } else if (order.tied()) {
                throw new UserError(
                        "plackett-luce-ep ranks orders without ties, and these have some; plackett-luce has a"
                                + " model of ties");
            }
            for (int k = 0; k + 1 < blocks.size(); k++) {
                int chosen = blocks.get(k).getFirst();
                List<Integer> rest = blocks.subList(k + 1, blocks.size()).stream()
                        .flatMap(List::stream)
                        .sorted()
                        .toList();
                if (rest.size() == 1) {
                    add(chosen, rest.getFirst(), order.weight(), pairs);
                } else {
                    List<Integer> choice = new ArrayList<>(List.of(chosen));
                    choice.addAll(rest);
                    choices.merge(choice, order.weight(), Double::sum);
                }
            }
        }
        List<Site> sites = new ArrayList<>();
        pairs.forEach((pair, won) -> sites.add(new PairSite(pair.getFirst(), pair.getLast(), won[0], won[1])));
        choices.forEach((choice, weight) -> sites.add(ChoiceSite.of(
                choice.getFirst(),
                choice.stream().skip(1).mapToInt(Integer::intValue).toArray(),
                weight)));
        return sites;
    }

    private static void add(int winner, int loser, double weight, Map<List<Integer>, double[]> pairs) {
        double[] won =
                pairs.computeIfAbsent(List.of(Math.min(winner, loser), Math.max(winner, loser)), pair -> new double[2]);
        won[winner < loser ? 0 : 1] += weight;
    }
}
