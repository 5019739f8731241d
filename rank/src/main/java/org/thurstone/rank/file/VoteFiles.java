package org.thurstone.rank.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.thurstone.data.Count;
import org.thurstone.data.UserError;
import org.thurstone.data.container.Containers;
import org.thurstone.data.container.RawRow;
import org.thurstone.data.container.RowSource;
import org.thurstone.data.format.BadRow;
import org.thurstone.rank.Battle;
import org.thurstone.rank.BattlesBuilder;
import org.thurstone.rank.Outcome;
import org.thurstone.rank.TallyCounter;
import org.thurstone.rank.Votes;

/**
 * Reads votes, one row in memory at a time. A row that cannot be understood ends the reading with its line: a ranking that silently
 * left out some votes would be worse than none.
 */
public final class VoteFiles {

    private VoteFiles() {}

    /**
     * The votes of a file: PrefLib by its ending (.soc, .soi, .toc, .toi, .wmd), everything else as rows of JSON, CSV or Parquet, gzipped
     * or not.
     *
     * @throws UserError if it cannot be read, or a row says what cannot be: with its line
     */
    public static VoteFile read(Path path, VoteReadOptions reading) {
        return PrefLib.recognises(path) ? PrefLib.read(path, reading) : new Rows(path, reading).read();
    }

    /** Kept or counted, as was asked. */
    private static final class Collector {
        private final Optional<BattlesBuilder> keeper;
        private final TallyCounter counter = new TallyCounter();

        Collector(VoteReadOptions reading, List<String> controls) {
            keeper = reading.keep() || !controls.isEmpty()
                    ? Optional.of(new BattlesBuilder(controls))
                    : Optional.empty();
        }

        void add(Battle battle) {
            if (keeper.isPresent()) {
                keeper.get().add(battle);
            } else {
                counter.add(battle.left(), battle.right(), battle.outcome(), battle.weight());
            }
        }

        Votes votes() {
            return keeper.<Votes>map(BattlesBuilder::battles).orElseGet(counter::tally);
        }
    }

    private static final class Rows {
        private final Path path;
        private final VoteReadOptions reading;
        private final Map<String, Long> ids = new HashMap<>();
        private final SortedMap<String, Collector> by = new TreeMap<>();
        private Optional<RowBattles> columns = Optional.empty();
        private long rows;
        private long bothBad;
        private long weightless;

        Rows(Path path, VoteReadOptions reading) {
            this.path = path;
            this.reading = reading;
        }

        VoteFile read() {
            Collector all = new Collector(reading, reading.columns().controls());
            try (RowSource source = Containers.open(path)) {
                for (Optional<RawRow> row = source.next(); row.isPresent(); row = source.next()) {
                    long line = row.get().line();
                    Cell cell = switch (row.get()) {
                        case RawRow.Fields fields -> new Cell(fields.fields());
                        case RawRow.Broken broken -> throw at(line, broken.reason());
                    };
                    rows++;
                    try {
                        if (columns.isEmpty()) {
                            columns = Optional.of(columns(cell, line));
                        }
                        unique(columns.get().id(cell), line);
                        add(columns.get(), cell, line, all);
                    } catch (IllegalArgumentException | BadRow e) {
                        throw at(line, String.valueOf(e.getMessage()));
                    }
                }
            }
            Votes votes = all.votes();
            if (votes.size() == 0) {
                throw new UserError(path + (rows == 0 ? " is empty" : ": none of the " + rows + " rows counts")
                        + "; a ranking needs comparisons, such as a CSV file with the columns left, right, winner");
            }
            SortedMap<String, Votes> apart = new TreeMap<>();
            by.forEach((value, collector) -> apart.put(value, collector.votes()));
            return new VoteFile(votes, apart, remarks());
        }

        private RowBattles columns(Cell first, long line) {
            return NativeComparisons.recognises(first)
                    ? new NativeComparisons(path, reading.columns(), line)
                    : new BattleRows(reading.columns(), first);
        }

        private void add(RowBattles columns, Cell cell, long line, Collector all) {
            List<Battle> battles = columns.battles(cell, line);
            weightless += battles.isEmpty() ? 1 : 0;
            for (Battle battle : battles) {
                boolean bad = battle.outcome() == Outcome.BOTH_BAD;
                bothBad += bad ? 1 : 0;
                if (!(bad && reading.bothBad() == VoteReadOptions.BothBad.SKIP)) {
                    all.add(battle);
                    if (reading.columns().by().isPresent()) {
                        by.computeIfAbsent(
                                        columns.by(cell),
                                        value -> new Collector(
                                                reading, reading.columns().controls()))
                                .add(battle);
                    }
                }
            }
        }

        private void unique(Optional<String> id, long line) {
            id.ifPresent(name -> {
                Long before = ids.putIfAbsent(name, line);
                if (before != null) {
                    throw new IllegalArgumentException(
                            "the id " + name + " was given before, in line " + before + "; ids must be unique");
                }
            });
        }

        private List<String> remarks() {
            List<String> remarks = new ArrayList<>();
            columns.ifPresent(read -> remarks.addAll(read.remarks()));
            if (bothBad > 0) {
                remarks.add(String.format(
                        Locale.ROOT,
                        "In %,d of %,d battles both were bad; they are %s",
                        bothBad,
                        rows,
                        reading.bothBad() == VoteReadOptions.BothBad.TIE ? "counted as ties" : "left out"));
            }
            if (weightless > 0) {
                remarks.add(Count.of(weightless, "row of weight 0 is left out", "rows of weight 0 are left out"));
            }
            return remarks;
        }

        private UserError at(long line, String reason) {
            return new UserError(path + ":" + line + ": " + reason);
        }
    }
}
