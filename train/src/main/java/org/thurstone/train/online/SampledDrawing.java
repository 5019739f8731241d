package org.thurstone.train.online;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.thurstone.model.sample.Answers;
import org.thurstone.model.sample.Generation;
import org.thurstone.model.sample.Listener;
import org.thurstone.model.sample.Sampler;
import org.thurstone.model.sample.Sampling;
import org.thurstone.model.sample.Words;

/**
 * One group a question, sampled.
 *
 * @param endings tokens with which a policy ends an answer
 * @param slots answers at a time, at least 1
 */
public record SampledDrawing(Sampling sampling, BitSet endings, Words words, int slots, Listener listener)
        implements Drawing {

    /** Who answers which questions, as often as {@code seats} has places in their groups. */
    private record Call(Source source, int iterate, int seats) {}

    @Override
    public List<Group> draw(
            Cast cast,
            List<Question> questions,
            List<? extends List<? extends Source>> seatings,
            SplittableGenerator random) {
        int size = seatings.getFirst().size();
        Generation[][] drawn = new Generation[questions.size()][size];
        Map<Call, Map<Integer, List<Integer>>> calls = calls(cast, questions.size(), seatings, random);
        calls.forEach((call, seatsOf) -> {
            List<Integer> asked = List.copyOf(seatsOf.keySet());
            List<int[]> prompts =
                    asked.stream().map(q -> questions.get(q).tokens()).toList();
            Sampler sampler = new Sampler(
                    cast.decoder(call.source, call.iterate),
                    sampling,
                    endings,
                    words,
                    Math.min(slots, asked.size() * call.seats));
            for (Answers answers : sampler.sample(prompts, call.seats, random.split(), listener)) {
                int question = asked.get(answers.prompt());
                List<Integer> seats = Objects.requireNonNull(seatsOf.get(question));
                for (int i = 0; i < seats.size(); i++) {
                    drawn[question][seats.get(i)] = answers.generations().get(i);
                }
            }
        });
        List<Group> groups = new ArrayList<>();
        for (int q = 0; q < questions.size(); q++) {
            Question question = questions.get(q);
            List<Answer> answers = new ArrayList<>();
            for (Generation g : drawn[q]) {
                if (g.tokens().length > 0) {
                    answers.add(new Answer(question, g));
                }
            }
            if (answers.size() == size) {
                groups.add(new Group(question, answers, 1));
            }
        }
        return groups;
    }

    /** For each source the questions that it answers, with their seats; sources in an order that does not depend on hashing. */
    private static Map<Call, Map<Integer, List<Integer>>> calls(
            Cast cast, int questions, List<? extends List<? extends Source>> seatings, SplittableGenerator random) {
        Map<Call, Map<Integer, List<Integer>>> calls = new LinkedHashMap<>();
        for (int q = 0; q < questions; q++) {
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
            int question = q;
            of.forEach((call, seatsOf) -> calls.computeIfAbsent(
                            new Call(call.source, call.iterate, seatsOf.size()), c -> new LinkedHashMap<>())
                    .put(question, seatsOf));
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
