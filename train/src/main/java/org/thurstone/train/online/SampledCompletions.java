package org.thurstone.train.online;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.model.sample.Detokenizer;
import org.thurstone.model.sample.Generation;
import org.thurstone.model.sample.Generations;
import org.thurstone.model.sample.Listener;
import org.thurstone.model.sample.Sampler;
import org.thurstone.model.sample.Sampling;

/**
 * One group per prompt, sampled.
 *
 * @param endings tokens with which a policy ends a sample
 * @param slots samples at a time, at least 1
 */
public record SampledCompletions(Sampling sampling, BitSet endings, Detokenizer words, int slots, Listener listener)
        implements CompletionSource {

    /** A source, and how many samples of a group come from it. */
    private record Call(Source source, int iterate, int count) {}

    @Override
    public List<Group> draw(
            Policies policies,
            List<EncodedPrompt> prompts,
            List<? extends List<? extends Source>> groupings,
            SplittableGenerator random) {
        int size = groupings.getFirst().size();
        Generation[][] drawn = new Generation[prompts.size()][size];
        Map<Call, Map<Integer, List<Integer>>> calls = calls(policies, prompts.size(), groupings, random);
        calls.forEach((call, positionsOf) -> {
            List<Integer> asked = List.copyOf(positionsOf.keySet());
            List<int[]> tokens =
                    asked.stream().map(q -> prompts.get(q).tokens()).toList();
            Sampler sampler = new Sampler(
                    policies.decoder(call.source, call.iterate),
                    sampling,
                    endings,
                    words,
                    Math.min(slots, asked.size() * call.count));
            for (Generations samples : sampler.sample(tokens, call.count, random.split(), listener)) {
                int at = asked.get(samples.prompt());
                List<Integer> positions = Objects.requireNonNull(positionsOf.get(at));
                for (int i = 0; i < positions.size(); i++) {
                    drawn[at][positions.get(i)] = samples.generations().get(i);
                }
            }
        });
        List<Group> groups = new ArrayList<>();
        for (int q = 0; q < prompts.size(); q++) {
            EncodedPrompt prompt = prompts.get(q);
            List<Sample> samples = new ArrayList<>();
            for (Generation g : drawn[q]) {
                if (g.tokens().length > 0) {
                    samples.add(new Sample(prompt, g));
                }
            }
            if (samples.size() == size) {
                groups.add(new Group(prompt, samples, 1));
            }
        }
        return groups;
    }

    /** For each source the prompts that it samples, with the positions of its samples; sources in an order that does not depend on hashing. */
    private static Map<Call, Map<Integer, List<Integer>>> calls(
            Policies policies,
            int prompts,
            List<? extends List<? extends Source>> groupings,
            SplittableGenerator random) {
        Map<Call, Map<Integer, List<Integer>>> calls = new LinkedHashMap<>();
        for (int q = 0; q < prompts; q++) {
            List<? extends Source> grouping =
                    groupings.size() == 1 ? groupings.getFirst() : groupings.get(random.nextInt(groupings.size()));
            Map<Call, List<Integer>> of = new LinkedHashMap<>();
            for (int position = 0; position < grouping.size(); position++) {
                Source source = grouping.get(position);
                int iterate = source instanceof Source.PastIterate
                        ? random.nextInt(policies.past().size())
                        : 0;
                of.computeIfAbsent(new Call(source, iterate, 0), c -> new ArrayList<>())
                        .add(position);
            }
            int at = q;
            of.forEach((call, positionsOf) -> calls.computeIfAbsent(
                            new Call(call.source, call.iterate, positionsOf.size()), c -> new LinkedHashMap<>())
                    .put(at, positionsOf));
        }
        Map<Call, Map<Integer, List<Integer>>> sorted = new LinkedHashMap<>();
        calls.keySet().stream()
                .sorted(Comparator.comparing((Call c) -> c.source.toString())
                        .thenComparingInt(Call::iterate)
                        .thenComparingInt(Call::count))
                .forEach(c -> sorted.put(c, Objects.requireNonNull(calls.get(c))));
        return sorted;
    }
}
