package org.thurstone.rank.file;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Options for reading a file of votes.
 *
 * @param columns the names of the columns
 * @param keep what is kept of the battles
 * @param bothBad how battles with the outcome "both bad" are counted
 * @param unlisted how to treat items that an order of a PrefLib file does not contain
 * @param home whether a home advantage is to be estimated, so that a column of neutral grounds is read
 * @param meanings what cells mean, where they could mean more than one thing
 * @param selection which rows and items are left out
 */
public record VoteReadOptions(
        Columns columns,
        Keep keep,
        BothBad bothBad,
        Unlisted unlisted,
        boolean home,
        Meanings meanings,
        Selection selection) {

    public static final VoteReadOptions USUAL = new VoteReadOptions(
            Columns.USUAL, Keep.BATTLES, BothBad.TIE, Unlisted.UNSEEN, false, Meanings.USUAL, Selection.ALL);

    /** What is kept of battles; those with covariates are always kept one by one. */
    public enum Keep {
        /** How often each pair met, and with which outcomes. */
        COUNTS,
        /** Counts if every battle has the same weight, and else the battles: that is known once all are read. */
        COUNTS_IF_UNWEIGHTED,
        BATTLES
    }

    /** How a battle with the outcome "both bad" is counted. */
    public enum BothBad {
        /** As a tie, as the arenas count it. */
        TIE,
        /** Skipped: it says something about the prompt, not about the two items. */
        SKIP
    }

    /** How to treat items that an order does not contain. */
    public enum Unlisted {
        /** The item was not shown, and is not compared. */
        UNSEEN,
        /** It was shown, and belongs below all that are named. */
        BELOW
    }

    /**
     * What cells mean.
     *
     * @param codes what the codes of winners mean; empty to decide by the whole column
     * @param grades what a graded verdict counts
     * @param time what the times are; empty to decide by the whole column
     */
    public record Meanings(Optional<Codes> codes, Grades grades, Optional<TimeFormat> time) {
        public static final Meanings USUAL = new Meanings(Optional.empty(), Grades.DEFAULT, Optional.empty());
    }

    /** What to do with rows that cannot be read. */
    public enum BadRows {
        /** The first one ends the reading: a ranking that silently left out some votes would be worse than none. */
        STOP,
        /** They are left out, counted and said. */
        SKIP
    }

    /** What to do with rows that repeat an earlier one: the same id, or the same annotator, prompt and pair. */
    public enum Duplicates {
        KEEP,
        /** All but the first are left out. */
        DROP
    }

    /** What to do with matches that were not played to their end. */
    public enum Walkovers {
        KEEP,
        /** Matches that were not played at all are left out. */
        SKIP,
        /** So are those that ended early, as by a retirement. */
        SKIP_UNFINISHED;

        /** As a user writes it: {@code skip-unfinished}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Which rows and items are left out.
     *
     * @param where conditions that every row read has to meet
     * @param minBattles items with fewer battles are left out with their battles, again and again until none is left; 0 for all
     */
    public record Selection(
            List<RowFilter> where, int minBattles, BadRows badRows, Duplicates duplicates, Walkovers walkovers) {
        public static final Selection ALL = new Selection(List.of(), 0, BadRows.STOP, Duplicates.KEEP, Walkovers.KEEP);

        public Selection {
            where = List.copyOf(where);
            if (minBattles < 0) {
                throw new IllegalArgumentException("an item cannot have " + minBattles + " battles");
            }
        }

        public Selection where(List<RowFilter> conditions) {
            return new Selection(conditions, minBattles, badRows, duplicates, walkovers);
        }

        public Selection withMinBattles(int count) {
            return new Selection(where, count, badRows, duplicates, walkovers);
        }

        public Selection with(BadRows other) {
            return new Selection(where, minBattles, other, duplicates, walkovers);
        }

        public Selection with(Duplicates other) {
            return new Selection(where, minBattles, badRows, other, walkovers);
        }

        public Selection with(Walkovers other) {
            return new Selection(where, minBattles, badRows, duplicates, other);
        }
    }

    public VoteReadOptions with(Columns other) {
        return new VoteReadOptions(other, keep, bothBad, unlisted, home, meanings, selection);
    }

    /** With single battles, or counts only. */
    public VoteReadOptions keeping(boolean battles) {
        return keeping(battles ? Keep.BATTLES : Keep.COUNTS);
    }

    public VoteReadOptions keeping(Keep kept) {
        return new VoteReadOptions(columns, kept, bothBad, unlisted, home, meanings, selection);
    }

    public VoteReadOptions with(Unlisted other) {
        return new VoteReadOptions(columns, keep, bothBad, other, home, meanings, selection);
    }

    public VoteReadOptions with(BothBad other) {
        return new VoteReadOptions(columns, keep, other, unlisted, home, meanings, selection);
    }

    public VoteReadOptions withHome(boolean estimated) {
        return new VoteReadOptions(columns, keep, bothBad, unlisted, estimated, meanings, selection);
    }

    public VoteReadOptions with(Meanings other) {
        return new VoteReadOptions(columns, keep, bothBad, unlisted, home, other, selection);
    }

    public VoteReadOptions with(Codes codes) {
        return with(new Meanings(Optional.of(codes), meanings.grades(), meanings.time()));
    }

    public VoteReadOptions with(Grades grades) {
        return with(new Meanings(meanings.codes(), grades, meanings.time()));
    }

    public VoteReadOptions with(TimeFormat time) {
        return with(new Meanings(meanings.codes(), meanings.grades(), Optional.of(time)));
    }

    public VoteReadOptions with(Selection other) {
        return new VoteReadOptions(columns, keep, bothBad, unlisted, home, meanings, other);
    }
}
