package org.thurstone.rank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Single comparisons, stored in columns, as online ratings, covariates, time and resampling by annotator or prompt need them. Where counts
 * are enough, {@link Tally} is smaller. Immutable; in the order in which they were read.
 */
public final class Battles implements Votes, Iterable<Battle> {

    /** The name of the covariate that is 1 where the left item was at home; without it, a home advantage is taken to be there in every battle. */
    public static final String HOME_ADVANTAGE = "home advantage";

    private final List<String> items;
    private final List<String> annotators;
    private final List<String> groups;
    private final List<String> tournaments;
    private final List<String> covariates;
    private final BattleColumns columns;

    Battles(
            List<String> items,
            List<String> annotators,
            List<String> groups,
            List<String> covariates,
            List<String> tournaments,
            BattleColumns columns) {
        this.items = List.copyOf(items);
        this.annotators = List.copyOf(annotators);
        this.groups = List.copyOf(groups);
        this.covariates = List.copyOf(covariates);
        this.tournaments = List.copyOf(tournaments);
        this.columns = columns;
    }

    /** Keeps a stream of battles. */
    public static Battles of(Iterable<Battle> battles) {
        return of(battles, List.of());
    }

    /** Keeps a stream of battles whose covariates have these names. */
    public static Battles of(Iterable<Battle> battles, List<String> covariates) {
        BattlesBuilder keeper = new BattlesBuilder(covariates);
        battles.forEach(keeper::add);
        return keeper.battles();
    }

    @Override
    public List<String> items() {
        return items;
    }

    @Override
    public long size() {
        return columns.left().length;
    }

    /** The number of battles. */
    public int count() {
        return columns.left().length;
    }

    public int left(int battle) {
        return columns.left()[battle];
    }

    public int right(int battle) {
        return columns.right()[battle];
    }

    public Outcome outcome(int battle) {
        return columns.outcome()[battle];
    }

    public double weight(int battle) {
        return columns.weight()[battle];
    }

    /** The time of a battle in seconds since 1970; NaN if unknown. */
    public double time(int battle) {
        return columns.time()[battle];
    }

    /** Whether every battle has its time. */
    public boolean timed() {
        return count() > 0 && Arrays.stream(columns.time()).noneMatch(Double::isNaN);
    }

    /** In alphabetical order; among them the empty one where some are unknown. */
    public List<String> annotators() {
        return annotators;
    }

    /** An index of {@link #annotators}. */
    public int annotator(int battle) {
        return columns.annotator()[battle];
    }

    /** In alphabetical order; among them the empty one where some are unknown. */
    public List<String> groups() {
        return groups;
    }

    /** An index of {@link #groups}. */
    public int group(int battle) {
        return columns.group()[battle];
    }

    /** By how much the winner of a battle won; 1 where it is unknown, and of ties. */
    public int margin(int battle) {
        return columns.margin().length == 0 ? 1 : columns.margin()[battle];
    }

    /** The empty one, which is that of battles whose tournament is unknown, and the others in alphabetical order. */
    public List<String> tournaments() {
        return tournaments;
    }

    /** An index of {@link #tournaments}. */
    public int tournament(int battle) {
        return columns.tournament().length == 0 ? 0 : columns.tournament()[battle];
    }

    /** Whether the left item of a battle was at home; where that is not known, it was. */
    public boolean home(int battle) {
        int which = covariates.indexOf(HOME_ADVANTAGE);
        return which < 0 || covariate(battle, which) != 0;
    }

    /** Their names. */
    public List<String> covariates() {
        return covariates;
    }

    /** Left minus right. */
    public double covariate(int battle, int which) {
        return columns.covariates()[battle * covariates.size() + which];
    }

    @Override
    public Tally tally() {
        TallyCounter counter = new TallyCounter();
        items.forEach(counter::item);
        for (int b = 0; b < count(); b++) {
            counter.add(left(b), right(b), outcome(b), weight(b));
        }
        return counter.tally();
    }

    /** The battles whose index the predicate accepts, with the same items. */
    public Battles where(IntPredicate index) {
        return picked(IntStream.range(0, count()).filter(index).toArray());
    }

    /** These battles, in this order, each as often as it is named, of the same items. */
    public Battles picked(int[] which) {
        return new Battles(
                items, annotators, groups, covariates, tournaments, columns.picked(which, covariates.size()));
    }

    /** The earliest first; of one time as they were. Throws an IllegalStateException unless {@link #timed}. */
    public Battles inOrder() {
        if (!timed()) {
            throw new IllegalStateException("some battles have no time");
        }
        return picked(IntStream.range(0, count())
                .boxed()
                .sorted((a, b) -> Double.compare(time(a), time(b)))
                .mapToInt(Integer::intValue)
                .toArray());
    }

    /** The same battles with other weights, one per battle. */
    public Battles weighted(double[] weights) {
        return new Battles(items, annotators, groups, covariates, tournaments, columns.weighted(weights));
    }

    /** The same where sides do not matter: the item that comes first in alphabetical order stands left. Covariates are dropped. */
    public Battles folded() {
        return new Battles(items, annotators, groups, List.of(), tournaments, columns.folded());
    }

    /** Only the items that occur in a battle, so that a subset of the battles can be ranked alone. */
    public Battles compacted() {
        return of(this, covariates);
    }

    public Battle battle(int b) {
        List<Double> values = new ArrayList<>(covariates.size());
        for (int k = 0; k < covariates.size(); k++) {
            values.add(covariate(b, k));
        }
        return new Battle(
                items.get(left(b)),
                items.get(right(b)),
                outcome(b),
                weight(b),
                time(b),
                annotators.get(annotator(b)),
                groups.get(group(b)),
                values,
                margin(b),
                tournaments.get(tournament(b)));
    }

    @Override
    public Iterator<Battle> iterator() {
        return new Iterator<>() {
            private int at;

            @Override
            public boolean hasNext() {
                return at < count();
            }

            @Override
            public Battle next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return battle(at++);
            }
        };
    }
}
