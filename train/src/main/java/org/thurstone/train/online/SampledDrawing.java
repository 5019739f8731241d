package org.thurstone.train.online;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.model.sample.Generation;
import org.thurstone.model.sample.Generations;
import org.thurstone.model.sample.Listener;
import org.thurstone.model.sample.Sampler;
import org.thurstone.model.sample.Sampling;
import org.thurstone.model.sample.Words;

/**
 * One group a prompt, sampled.
 *
 * @param endings tokens with which a policy ends a sample
 * @param slots samples at a time, at least 1
 */
public record SampledDrawing(Sampling sampling, BitSet endings, Words words, int slots, Listener listener)
        implements Drawing {

    /** Who samples which prompts, as often as {@code seats} has places in their groups. */
    private record Call(Source source, int iterate, int seats) {}

    @Override
    public List<Group> draw(
            Cast cast,
            List<EncodedPrompt> prompts,
            List<? extends List<? extends Source>> seatings,
            SplittableGenerator random) {
        int size = seatings.getFirst().size();
        Generation[][] drawn = new Generation[prompts.size()][size];
        Map<Call, Map<Integer, List<Integer>>> calls = calls(cast, prompts.size(), seatings, random);
        calls.forEach((call, seatsOf) -> {
            List<Integer> asked = List.copyOf(seatsOf.keySet());
            List<int[]> tokens =
                    asked.stream().map(q -> prompts.get(q).tokens()).toList();
            Sampler sampler = new Sampler(
                    cast.decoder(call.source, call.iterate),
                    sampling,
                    endings,
                    words,
                    Math.min(slots, asked.size() * call.seats));
            for (Generations samples : sampler.sample(tokens, call.seats, random.split(), listener)) {
                int at = asked.get(samples.prompt());
                List<Integer> seats = Objects.requireNonNull(seatsOf.get(at));
                for (int i = 0; i < seats.size(); i++) {
                    drawn[at][seats.get(i)] = samples.generations().get(i);
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

    /** For each source the prompts that it samples, with their seats; sources in an order that does not depend on hashing. */
    private static Map<Call, Map<Integer, List<Integer>>> calls(
            Cast cast, int prompts, List<? extends List<? extends Source>> seatings, SplittableGenerator random) {
        Map<Call, Map<Integer, List<Integer>>> calls = new LinkedHashMap<>();
        for (int q = 0; q < prompts; q++) {
            List<? extends Source> seats =
                    seatings.size() == 1 ? seatings.getFirst() : seatings.get(random.nextInt(seatings.size()));
            Map<Call, List<Integer>> of = new LinkedHashMap<>();
            for (int seat = 0; seat < seats.size(); seat++) {
                Source source = seats.get(seat);
                int iterate = source instanceof Source.Past
                        ? random.nextInt(cast.past().size())
                        : 0;
                of.computeIfAbsent(new Call(source, iterate, 0), c -> new ArrayList<>())
                        .add(seat);
            }
            int at = q;
            of.forEach((call, seatsOf) -> calls.computeIfAbsent(
                            new Call(call.source, call.iterate, seatsOf.size()), c -> new LinkedHashMap<>())
                    .put(at, seatsOf));
        }
        Map<Call, Map<Integer, List<Integer>>> sorted = new LinkedHashMap<>();
        calls.keySet().stream()
                .sorted(Comparator.comparing((Call c) -> c.source.toString())
                        .thenComparingInt(Call::iterate)
                        .thenComparingInt(Call::seats))
                .forEach(c -> sorted.put(c, Objects.requireNonNull(calls.get(c))));
        return sorted;
    }
}
