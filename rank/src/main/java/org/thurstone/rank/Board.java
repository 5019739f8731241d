package org.thurstone.rank;

import java.util.ArrayList;
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
 * @param differences the errors of differences of ratings; empty where the method does not give them
 */
public record Board(
        String model,
        String unit,
        List<Standing> standings,
        List<Quantity> quantities,
        List<String> remarks,
        Optional<OutcomePredictor> forecast,
        Optional<? extends DifferenceErrors> differences) {

    public Board(
            String model,
            String unit,
            List<Standing> standings,
            List<Quantity> quantities,
            List<String> remarks,
            Optional<OutcomePredictor> forecast) {
        this(model, unit, standings, quantities, remarks, forecast, Optional.empty());
    }

    public Board {
        standings = List.copyOf(standings);
        quantities = List.copyOf(quantities);
        remarks = List.copyOf(remarks);
    }

    /** A board of one group of items with ratings only: the method has no intervals, and says nothing of places. */
    public static Board of(String model, String unit, List<String> items, double[] ratings) {
        return new Board(model, unit, standings(items, ratings), List.of(), List.of(), Optional.empty());
    }

    /** Standings with the highest rating first; equal ones share a rank (1, 2, 2, 4) and are in alphabetical order. Ratings are finite. */
    public static List<Standing> standings(List<String> items, double[] ratings) {
        List<Standing> standings = new ArrayList<>();
        List<Integer> all = IntStream.range(0, items.size()).boxed().toList();
        for (List<Integer> equal : RankOrder.blocks(all, ratings, items)) {
            int rank = standings.size() + 1;
            equal.forEach(
                    i -> standings.add(new Standing(items.get(i), ratings[i], Double.NaN, Double.NaN, rank, 0, 0, 0)));
        }
        return standings;
    }

    /** An item's standing. */
    public Optional<Standing> of(String item) {
        return standings.stream().filter(s -> s.item().equals(item)).findFirst();
    }

    /** The same with other standings. */
    public Board with(List<Standing> others) {
        return new Board(model, unit, others, quantities, remarks, forecast, differences);
    }

    public Board withForecast(OutcomePredictor further) {
        return new Board(model, unit, standings, quantities, remarks, Optional.of(further), differences);
    }

    public Board withRemarks(List<String> further) {
        List<String> all = new ArrayList<>(remarks);
        all.addAll(further);
        return new Board(model, unit, standings, quantities, all, forecast, differences);
    }

    public Board withQuantities(List<Quantity> further) {
        List<Quantity> all = new ArrayList<>(quantities);
        all.addAll(further);
        return new Board(model, unit, standings, all, remarks, forecast, differences);
    }

    /** The errors as a matrix; empty also where the items are too many for a matrix of their square. */
    public Optional<RatingErrors> errors() {
        return differences.filter(RatingErrors.class::isInstance).map(RatingErrors.class::cast);
    }

    public Board withErrors(DifferenceErrors of) {
        return new Board(model, unit, standings, quantities, remarks, forecast, Optional.of(of));
    }
}
