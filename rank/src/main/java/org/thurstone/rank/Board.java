package org.thurstone.rank;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A ranking of items.
 *
 * @param model the name of the method
 * @param unit the unit of the ratings, such as {@code "log-odds"}
 * @param standings the best first
 * @param quantities other estimated quantities
 * @param remarks remarks that are needed to interpret the board, one sentence each
 * @param forecast its predictions for further battles; empty if the method makes none
 */
public record Board(
        String model,
        String unit,
        List<Standing> standings,
        List<Quantity> quantities,
        List<String> remarks,
        Optional<OutcomePredictor> forecast) {

    public Board {
        standings = List.copyOf(standings);
        quantities = List.copyOf(quantities);
        remarks = List.copyOf(remarks);
    }

    /** A board of one group of items with ratings only, without intervals: places follow from the ratings. */
    public static Board of(String model, String unit, List<String> items, double[] ratings) {
        return new Board(model, unit, standings(items, ratings), List.of(), List.of(), Optional.empty());
    }

    /** Standings with the highest rating first; equal ones share a rank (1, 2, 2, 4) and are in alphabetical order. Ratings are finite. */
    public static List<Standing> standings(List<String> items, double[] ratings) {
        List<Integer> order = IntStream.range(0, items.size())
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -ratings[i]).thenComparing(items::get))
                .toList();
        List<Standing> standings = new ArrayList<>();
        for (int i : order) {
            int better = (int) IntStream.range(0, ratings.length)
                    .filter(j -> ratings[j] > ratings[i])
                    .count();
            int equal = (int) IntStream.range(0, ratings.length)
                    .filter(j -> ratings[j] == ratings[i])
                    .count();
            standings.add(new Standing(
                    items.get(i), ratings[i], Double.NaN, Double.NaN, better + 1, better + 1, better + equal, 0));
        }
        return standings;
    }

    /** An item's standing. */
    public Optional<Standing> of(String item) {
        return standings.stream().filter(s -> s.item().equals(item)).findFirst();
    }

    public Board withForecast(OutcomePredictor further) {
        return new Board(model, unit, standings, quantities, remarks, Optional.of(further));
    }

    public Board withRemarks(List<String> further) {
        List<String> all = new ArrayList<>(remarks);
        all.addAll(further);
        return new Board(model, unit, standings, quantities, all, forecast);
    }

    public Board withQuantities(List<Quantity> further) {
        List<Quantity> all = new ArrayList<>(quantities);
        all.addAll(further);
        return new Board(model, unit, standings, all, remarks, forecast);
    }
}
