package org.thurstone.rank.certainty;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Board;
import org.thurstone.rank.Inference;
import org.thurstone.rank.RankingModel;
import org.thurstone.rank.Standing;

/**
 * A board refitted without some of its votes.
 *
 * @param without which votes were dropped
 * @param dropped the number of dropped battles, per draw
 * @param draws the number of random draws; 1 if nothing is random
 * @param sameTop the share of draws that left the same item on top, in [0, 1]
 * @param kendall the mean of Kendall's τ-b with the whole board
 * @param furthest the item that moved furthest in ranks, in any draw
 * @param moved by how many ranks
 */
public record WhatIf(
        String without, long dropped, int draws, double sameTop, double kendall, String furthest, int moved) {

    /** The board without each annotator, those with the most battles first; empty if there are fewer than two. */
    public static List<WhatIf> annotators(RankingModel model, Battles battles, Board board, int most) {
        int annotators = battles.annotators().size();
        if (annotators < 2) {
            return List.of();
        }
        long[] counts = new long[annotators];
        IntStream.range(0, battles.count()).forEach(b -> counts[battles.annotator(b)]++);
        List<WhatIf> all = new ArrayList<>();
        IntStream.range(0, annotators)
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(a -> -counts[a]).thenComparingInt(a -> a))
                .limit(most)
                .forEach(a -> {
                    String name = battles.annotators().get(a);
                    Battles rest = battles.where(b -> battles.annotator(b) != a);
                    of(name.isEmpty() ? "(unnamed)" : name, counts[a], List.of(rest), model, board)
                            .ifPresent(all::add);
                });
        return all;
    }

    /** The board without a random share of the battles, several times per share. */
    public static List<WhatIf> shares(
            RankingModel model, Battles battles, Board board, List<Double> shares, int draws, long seed) {
        List<WhatIf> all = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (double share : shares) {
            int kept = (int) Math.round((1 - share) * battles.count());
            if (kept == battles.count() || kept < 1) {
                continue;
            }
            List<Battles> drawn = new ArrayList<>();
            for (int draw = 0; draw < draws; draw++) {
                boolean[] in = chosen(kept, battles.count(), random);
                drawn.add(battles.where(b -> in[b]));
            }
            of(
                            String.format(Locale.ROOT, "%.0f %% of the battles", 100 * share),
                            battles.count() - (long) kept,
                            drawn,
                            model,
                            board)
                    .ifPresent(all::add);
        }
        return all;
    }

    private static boolean[] chosen(int kept, int of, SplittableRandom random) {
        boolean[] in = new boolean[of];
        int left = kept;
        for (int b = 0; b < of; b++) {
            if (random.nextInt(of - b) < left) {
                in[b] = true;
                left--;
            }
        }
        return in;
    }

    /** Empty where what is left cannot be ranked, or shares nothing with the board. */
    private static Optional<WhatIf> of(
            String without, long dropped, List<Battles> rests, RankingModel model, Board board) {
        int same = 0;
        double kendall = 0;
        int counted = 0;
        String furthest = "";
        int moved = 0;
        for (Battles rest : rests) {
            Board other;
            try {
                other = model.rank(rest.compacted(), Inference.NONE);
            } catch (UserError e) {
                continue;
            }
            Optional<Agreement> agreement = Agreement.between(board, other);
            if (agreement.isEmpty() || Double.isNaN(agreement.get().kendall())) {
                continue;
            }
            counted++;
            kendall += agreement.get().kendall();
            same += other.standings()
                            .getFirst()
                            .item()
                            .equals(board.standings().getFirst().item())
                    ? 1
                    : 0;
            for (Standing s : other.standings()) {
                int by = board.of(s.item())
                        .filter(t -> t.rank() > 0 && s.rank() > 0)
                        .map(t -> Math.abs(t.rank() - s.rank()))
                        .orElse(0);
                if (by > moved) {
                    moved = by;
                    furthest = s.item();
                }
            }
        }
        return counted == 0
                ? Optional.empty()
                : Optional.of(new WhatIf(
                        without, dropped, counted, (double) same / counted, kendall / counted, furthest, moved));
    }
}
