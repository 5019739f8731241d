package org.thurstone.rank;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A ranking of items.
 *
 * @param model the name of the method that says so
 * @param unit what its ratings are: {@code "log-odds"}
 * @param standings the best first
 * @param quantities what else it estimated
 * @param remarks what a reader must know before believing it; a sentence each
 * @param forecast what it expects of further battles; empty where it cannot say
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

    /** A board of one group of items by ratings alone, without intervals: places are what the ratings say. */
    public static Board of(String model, String unit, List<String> items, double[] ratings) {
        return new Board(model, unit, standings(items, ratings), List.of(), List.of(), Optional.empty());
    }

    /** The highest rating first, equal ones in alphabetical order on one rank (1, 2, 2, 4). A rating is finite. */
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
