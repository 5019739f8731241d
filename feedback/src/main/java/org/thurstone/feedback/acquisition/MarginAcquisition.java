package org.thurstone.feedback.acquisition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.thurstone.data.Prompt;
import org.thurstone.data.UserError;
import org.thurstone.feedback.CandidatePair;
import org.thurstone.feedback.Shuffle;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * Ranks pairs by the size of DPO's implicit-reward margin, |r̂(left) − r̂(right)|, twice: among the pairs of one prompt (instance level), then among
 * the selected pairs of all prompts (corpus level). <em>Not All Preference Pairs Are Created Equal</em>, arXiv:2406.17312. Pairs with equal margins
 * keep the order of the candidates; so do all pairs if the policy equals its reference, since all margins are zero.
 *
 * @param instance which pairs of a prompt are kept
 * @param corpus which of the kept pairs are labelled
 * @param perPrompt pairs kept of each prompt, at least 1; the paper keeps one
 */
@Method(
        name = "margin",
        kind = "acquisition",
        papers = "2406.17312",
        source = "arXiv:2406.17312",
        summary = "ranks pairs by implicit-reward margin, within each prompt and then over all")
public record MarginAcquisition(
        @Default("smallest") Order instance,
        @Default("smallest") Order corpus,
        @Default("1") int perPrompt) implements Acquisition {

    public MarginAcquisition {
        if (perPrompt < 1) {
            throw new IllegalArgumentException("perPrompt " + perPrompt + " must be at least 1");
        }
    }

    /** One pair per prompt, as in the paper. */
    public MarginAcquisition(Order instance, Order corpus) {
        this(instance, corpus, 1);
    }

    @Override
    public List<CandidatePair> select(
            List<CandidatePair> candidates, Margins margins, int budget, RandomGenerator random) {
        if (budget < 0) {
            throw new IllegalArgumentException("budget " + budget + " must be at least 0");
        }
        if (budget == 0 || candidates.isEmpty()) {
            return List.of();
        }
        List<Ranked> kept = new ArrayList<>();
        Map<Prompt, List<Ranked>> byPrompt = measured(candidates, margins).stream()
                .collect(Collectors.groupingBy(
                        ranked -> ranked.pair().prompt(), LinkedHashMap::new, Collectors.toList()));
        byPrompt.values().forEach(pairs -> kept.addAll(first(perPrompt, pairs, instance, random)));
        return first(budget, kept, corpus, random).stream().map(Ranked::pair).toList();
    }

    private record Ranked(CandidatePair pair, double margin) {}

    private List<Ranked> measured(List<CandidatePair> candidates, Margins margins) {
        boolean blind = instance == Order.RANDOM && corpus == Order.RANDOM;
        double[] values = blind ? new double[candidates.size()] : margins.of(candidates);
        if (values.length != candidates.size()) {
            throw new IllegalArgumentException(
                    "%d candidate pairs got %d margins".formatted(candidates.size(), values.length));
        }
        List<Ranked> ranked = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new UserError(
                        "the implicit-reward margin of pair %d (prompt \"%s\") is %s: the policy or its reference gives that text no finite log-probability"
                                .formatted(i + 1, candidates.get(i).prompt().id(), values[i]));
            }
            ranked.add(new Ranked(candidates.get(i), Math.abs(values[i])));
        }
        return ranked;
    }

    private static List<Ranked> first(int count, List<Ranked> pairs, Order order, RandomGenerator random) {
        List<Ranked> ordered = switch (order) {
            case RANDOM -> Shuffle.of(pairs, random);
            case SMALLEST -> sorted(pairs, Comparator.comparingDouble(Ranked::margin));
            case LARGEST ->
                sorted(pairs, Comparator.comparingDouble(Ranked::margin).reversed());
        };
        return ordered.subList(0, Math.min(count, ordered.size()));
    }

    private static List<Ranked> sorted(List<Ranked> pairs, Comparator<Ranked> order) {
        return pairs.stream().sorted(order).toList();
    }
}
