package org.thurstone.rank;

import java.util.Arrays;
import java.util.List;

/** Builds {@link Battles} from single battles. */
public final class BattlesBuilder {

    private final ItemIndex items = new ItemIndex();
    private final ItemIndex annotators = new ItemIndex();
    private final ItemIndex groups = new ItemIndex();
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

    /** @param covariates the names of each battle's covariates */
    public BattlesBuilder(List<String> covariates) {
        this.covariates = List.copyOf(covariates);
        this.values = new double[16 * covariates.size()];
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
        count++;
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
                Arrays.copyOf(values, count * covariates.size()));
        return new Battles(items.sorted(), annotators.sorted(), groups.sorted(), covariates, columns);
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
