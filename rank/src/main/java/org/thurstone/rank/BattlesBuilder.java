package org.thurstone.rank;

import java.util.Arrays;
import java.util.List;

/** Builds {@link Battles} from single battles. */
public final class BattlesBuilder {

    private final ItemIndex items = new ItemIndex();
    private final ItemIndex annotators = new ItemIndex();
    private final ItemIndex groups = new ItemIndex();
    private final ItemIndex tournaments = new ItemIndex();
    private final List<String> covariates;
    private int count;
    private int[] left = new int[16];
    private int[] right = new int[16];
    private Outcome[] outcome = new Outcome[16];
    private double[] weight = new double[16];
    private double[] time = new double[16];
    private int[] annotator = new int[16];
    private int[] group = new int[16];
    private double[] values;
    // Most battles have neither, and columns of nothing would take memory.
    private int[] margin = {};
    private int[] tournament = {};

    /** @param covariates the names of each battle's covariates */
    public BattlesBuilder(List<String> covariates) {
        this.covariates = List.copyOf(covariates);
        this.values = new double[16 * covariates.size()];
        tournaments.of("");
    }

    /** One more; throws an IllegalArgumentException where its covariates are not as many as there are names. */
    public void add(Battle battle) {
        if (battle.covariates().size() != covariates.size()) {
            throw new IllegalArgumentException("a battle has "
                    + battle.covariates().size() + " covariates, not " + covariates.size() + ": " + covariates);
        }
        if (count == left.length) {
            grow();
        }
        left[count] = items.of(battle.left());
        right[count] = items.of(battle.right());
        outcome[count] = battle.outcome();
        weight[count] = battle.weight();
        time[count] = battle.time();
        annotator[count] = annotators.of(battle.annotator());
        group[count] = groups.of(battle.group());
        for (int k = 0; k < covariates.size(); k++) {
            values[count * covariates.size() + k] = battle.covariates().get(k);
        }
        if (battle.margin() > 1 || margin.length > 0) {
            margin = withRoom(margin, 1);
            margin[count] = battle.margin();
        }
        if (!battle.tournament().isEmpty() || tournament.length > 0) {
            tournament = withRoom(tournament, 0);
            tournament[count] = tournaments.of(battle.tournament());
        }
        count++;
    }

    /** A column with room for the next battle; those before it have the usual value if it is new. */
    private int[] withRoom(int[] column, int usual) {
        if (count < column.length) {
            return column;
        }
        int[] wider = Arrays.copyOf(column, left.length);
        if (column.length == 0) {
            Arrays.fill(wider, usual);
        }
        return wider;
    }

    /** A tournament that may have no battle among these, so that parts of the votes know of all tournaments. */
    public void tournament(String name) {
        tournaments.of(name);
    }

    /** All so far. */
    public Battles battles() {
        BattleColumns columns = new BattleColumns(
                placed(left, items),
                placed(right, items),
                Arrays.copyOf(outcome, count),
                Arrays.copyOf(weight, count),
                Arrays.copyOf(time, count),
                placed(annotator, annotators),
                placed(group, groups),
                Arrays.copyOf(values, count * covariates.size()),
                margin.length == 0 ? margin : Arrays.copyOf(margin, count),
                tournament.length == 0 ? tournament : placed(tournament, tournaments));
        return new Battles(
                items.sorted(), annotators.sorted(), groups.sorted(), covariates, tournaments.sorted(), columns);
    }

    private int[] placed(int[] column, ItemIndex index) {
        int[] places = index.places();
        return Arrays.stream(column, 0, count).map(i -> places[i]).toArray();
    }

    private void grow() {
        int wider = count + (count >> 1);
        left = Arrays.copyOf(left, wider);
        right = Arrays.copyOf(right, wider);
        outcome = Arrays.copyOf(outcome, wider);
        weight = Arrays.copyOf(weight, wider);
        time = Arrays.copyOf(time, wider);
        annotator = Arrays.copyOf(annotator, wider);
        group = Arrays.copyOf(group, wider);
        values = Arrays.copyOf(values, wider * covariates.size());
    }
}
