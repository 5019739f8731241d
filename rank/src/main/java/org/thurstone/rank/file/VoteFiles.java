package org.thurstone.rank.file;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.thurstone.data.Count;
import org.thurstone.data.UserError;
import org.thurstone.data.container.Containers;
import org.thurstone.data.container.PlainCsv;
import org.thurstone.data.container.RawRow;
import org.thurstone.data.container.RowSource;
import org.thurstone.data.format.BadRow;
import org.thurstone.data.format.ColumnCount;
import org.thurstone.data.format.ColumnCounts;
import org.thurstone.data.format.ColumnNames;
import org.thurstone.data.format.Dropped;
import org.thurstone.data.format.Unread;
import org.thurstone.rank.Votes;

/**
 * Reads votes. A row that cannot be understood ends the reading with its line, unless bad rows are to be skipped; a ranking that silently left out
 * some votes would be worse than none. What winners and times mean is decided by all rows of all files together.
 */
public final class VoteFiles {

    /** So many rows decide which columns a file has. */
    private static final int FIRST = 1000;

    private static final long ALL = Long.MAX_VALUE;

    private VoteFiles() {}

    /**
     * The votes of a file: PrefLib by its ending (.soc, .soi, .toc, .toi, .wmd), everything else as rows of JSON, CSV or Parquet, gzipped
     * or not.
     *
     * @throws UserError if it cannot be read, or a row says what cannot be: with its line
     */
    public static VoteFile read(Path path, VoteReadOptions reading) {
        return read(List.of(path), reading);
    }

    /**
     * The votes of several files together, in this order. They may differ in their columns, but not in the meaning of their codes.
     *
     * @throws UserError if one cannot be read, or some are PrefLib and others are not
     */
    public static VoteFile read(List<Path> paths, VoteReadOptions reading) {
        long orders = paths.stream().filter(PrefLib::recognises).count();
        if (orders == paths.size()) {
            return PrefLib.read(paths, reading);
        }
        if (orders > 0) {
            throw new UserError("files of PrefLib hold orders and cannot be ranked together with others: "
                    + paths.stream().filter(PrefLib::recognises).findFirst().orElseThrow() + " and "
                    + paths.stream()
                            .filter(p -> !PrefLib.recognises(p))
                            .findFirst()
                            .orElseThrow());
        }
        return new Rows(reading).read(paths);
    }

    private static final class Rows {
        private final VoteReadOptions reading;
        private final VoteTable table;
        private final Map<String, String> ids = new HashMap<>();
        private final SeenKeys seenIds = new SeenKeys();
        private final boolean idNamed;
        private final List<String> remarks = new ArrayList<>();
        private final Set<String> roles = new HashSet<>();
        private final Map<String, ColumnCount> unreadColumns = new LinkedHashMap<>();
        private long unreadOthers;
        private long rows;
        private long filtered;
        private long repeatedIds;

        Rows(VoteReadOptions reading) {
            this.reading = reading;
            this.table = new VoteTable(reading);
            this.idNamed = reading.columns().of(Role.ID).isPresent();
        }

        VoteFile read(List<Path> paths) {
            for (Path path : paths) {
                new OneFile(path).read();
            }
            table.finish();
            VoteAssembly assembly = new VoteAssembly(table, reading);
            Votes votes = assembly.votes();
            if (votes.size() == 0) {
                throw new UserError(paths.getFirst()
                        + (paths.size() > 1 ? " and " + Count.of(paths.size() - 1, "more file") : "")
                        + (rows == 0
                                ? " is empty: it has no rows"
                                : ": none of the " + Count.of(rows, "row") + " counts")
                        + "; a ranking needs comparisons, such as a CSV file with the columns left, right, winner");
            }
            List<String> all = new ArrayList<>(remarks);
            all.addAll(unread());
            all.addAll(assembly.remarks());
            if (filtered > 0) {
                all.add(Count.of(filtered, "row does not meet --where", "rows do not meet --where") + " and "
                        + (filtered == 1 ? "is" : "are") + " left out");
            }
            if (repeatedIds > 0) {
                boolean drop = reading.selection().duplicates() == VoteReadOptions.Duplicates.DROP;
                all.add(Count.of(
                                repeatedIds,
                                "row repeats the id of an earlier one",
                                "rows repeat the id of an earlier one")
                        + (drop ? "; left out" : "; they count, and --duplicates drop leaves them out"));
            }
            return new VoteFile(votes, new TreeMap<>(assembly.strata()), all, assembly.size());
        }

        /** The columns of all files that were not read. */
        private List<String> unread() {
            Unread rest = new Unread(List.copyOf(unreadColumns.values()), unreadOthers);
            List<String> all = new ArrayList<>();
            if (!rest.isEmpty()) {
                all.add("Not read: " + rest.toText());
            }
            rest.columns().stream()
                    .map(ColumnCount::name)
                    .filter(name -> List.of("count", "weight").contains(ColumnNames.plain(name)))
                    .map(name -> "The column \"" + name + "\" is not used: --count " + name
                            + " takes it as how often each row was seen, --weight " + name + " as how much it says")
                    .forEach(all::add);
            return all;
        }

        private final class OneFile {
            private final Path path;
            private final ColumnCounts unread = new ColumnCounts();
            private final List<Dropped.BadLine> bad = new ArrayList<>();
            private Set<String> used = Set.of();
            private long here;
            private long badCount;

            OneFile(Path path) {
                this.path = path;
            }

            void read() {
                try (RowSource source = Containers.open(path)) {
                    Deque<RawRow> first = new ArrayDeque<>();
                    List<Cell> cells = new ArrayList<>();
                    for (Optional<RawRow> row = source.next(); row.isPresent(); row = source.next()) {
                        first.add(row.get());
                        if (row.get() instanceof RawRow.Fields fields) {
                            cells.add(new Cell(fields.fields()));
                        }
                        if (first.size() == FIRST) {
                            break;
                        }
                    }
                    if (cells.isEmpty()) {
                        rows += first.size();
                        first.forEach(row -> refuse(row.line(), ((RawRow.Broken) row).reason()));
                    } else {
                        rows(source, first, cells);
                    }
                    source.remarks().forEach(remark -> remarks.add(path + ": " + remark));
                }
            }

            private void rows(RowSource source, Deque<RawRow> first, List<Cell> cells) {
                VoteRows columns;
                List<String> conditions = new ArrayList<>();
                try {
                    Header header = Header.of(cells);
                    columns = NativeComparisons.recognises(cells.getFirst())
                            ? new NativeComparisons(
                                    path, reading, first.getFirst().line(), table)
                            : new BattleRows(path, reading, header, table);
                    for (RowFilter filter : reading.selection().where()) {
                        conditions.add(header.named(filter.column(), "--where"));
                    }
                } catch (IllegalArgumentException | BadRow e) {
                    throw new UserError(path + ":" + first.getFirst().line() + ": " + e.getMessage(), e);
                }
                used = new HashSet<>(columns.used());
                used.addAll(conditions);
                long read = conditions.isEmpty() && columns instanceof BattleRows battles ? plain(battles) : 0;
                for (Optional<RawRow> row = read == ALL ? Optional.empty() : Optional.ofNullable(first.poll());
                        row.isPresent();
                        row = first.isEmpty() ? source.next() : Optional.of(first.poll())) {
                    if (read > 0) {
                        read--;
                    } else {
                        row(row.get(), columns, conditions);
                    }
                }
                used.addAll(columns.used());
                columns.roles().filter(roles::add).ifPresent(remarks::add);
                noteUnread();
                if (badCount > 0) {
                    Dropped.BadLine one = bad.getFirst();
                    remarks.add(Count.of(badCount, "bad row", "bad rows") + " of " + Count.of(here, "row") + " in "
                            + path.getFileName() + (badCount == 1 ? " is" : " are") + " left out (line " + one.line()
                            + ": " + one.reason() + ")");
                }
            }

            /** Reads the rows up to the first that takes a parser, where rows hold little; how many they were, or {@link #ALL}. */
            private long plain(BattleRows columns) {
                Optional<PlainCsv> file = Containers.plainCsv(path);
                if (file.isEmpty()) {
                    return 0;
                }
                try (PlainCsv csv = file.get()) {
                    Optional<PlainBattles> battles = columns.plain(csv.header());
                    if (battles.isEmpty()) {
                        return 0;
                    }
                    int[] others = IntStream.range(0, csv.header().size())
                            .filter(column -> !used.contains(csv.header().get(column)))
                            .toArray();
                    while (csv.advance()) {
                        if (battles.get().read(csv)) {
                            rows++;
                            here++;
                            countUnread(csv, others);
                        } else {
                            row(csv.row(), columns, List.of());
                        }
                    }
                    return csv.ended() ? ALL : csv.rows();
                }
            }

            private void countUnread(PlainCsv row, int[] columns) {
                if (columns.length > 0) {
                    List<String> names = new ArrayList<>();
                    for (int column : columns) {
                        if (!row.blank(column)) {
                            names.add(row.header().get(column));
                        }
                    }
                    unread.add(names, row.line());
                }
            }

            private void row(RawRow raw, VoteRows columns, List<String> conditions) {
                rows++;
                here++;
                switch (raw) {
                    case RawRow.Broken broken -> refuse(broken.line(), broken.reason());
                    case RawRow.Fields fields -> {
                        Cell cell = new Cell(fields.fields());
                        try {
                            for (int k = 0; k < conditions.size(); k++) {
                                if (!reading.selection().where().get(k).accepts(cell, conditions.get(k))) {
                                    filtered++;
                                    return;
                                }
                            }
                            Optional<String> id = columns.id(cell);
                            if (id.isPresent() && !unique(id.get(), fields.line())) {
                                return;
                            }
                            columns.read(cell, fields.line());
                            countUnread(cell, fields.line());
                        } catch (IllegalArgumentException | BadRow e) {
                            refuse(fields.line(), String.valueOf(e.getMessage()));
                        }
                    }
                }
            }

            private void refuse(long line, String reason) {
                if (reading.selection().badRows() == VoteReadOptions.BadRows.STOP) {
                    throw new UserError(path + ":" + line + ": " + reason);
                }
                badCount++;
                if (bad.size() < Dropped.LISTED) {
                    bad.add(new Dropped.BadLine(line, reason));
                }
            }

            private void countUnread(Cell cell, long line) {
                if (cell.row().size() > used.size()
                        || !used.containsAll(cell.row().propertyNames())) {
                    List<String> names = new ArrayList<>();
                    for (String name : cell.row().propertyNames()) {
                        if (!used.contains(name) && cell.has(name)) {
                            names.add(name);
                        }
                    }
                    unread.add(names, line);
                }
            }

            private void noteUnread() {
                Set<String> read = new HashSet<>();
                // A part of a column that was read counts as the column.
                used.forEach(name -> {
                    read.add(name);
                    for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
                        read.add(name.substring(0, dot));
                    }
                });
                unread.counts().stream()
                        .filter(c -> !read.contains(c.name()))
                        .forEach(c -> unreadColumns.merge(
                                c.name(), c, (a, b) -> new ColumnCount(a.name(), a.rows() + b.rows(), a.first())));
                unreadOthers += unread.others();
            }

            /** Whether a row is to be read: the first of its id, or another one that counts. */
            private boolean unique(String id, long line) {
                if (!idNamed) {
                    boolean first = seenIds.add(SeenKeys.hash(id));
                    repeatedIds += first ? 0 : 1;
                    return first || reading.selection().duplicates() == VoteReadOptions.Duplicates.KEEP;
                }
                String before = ids.putIfAbsent(id, path + ":" + line);
                if (before == null) {
                    return true;
                }
                if (reading.selection().duplicates() == VoteReadOptions.Duplicates.DROP) {
                    repeatedIds++;
                    return false;
                }
                throw new IllegalArgumentException("the id " + id + " was given before, in line "
                        + before.substring(before.lastIndexOf(':') + 1)
                        + (before.startsWith(path + ":") ? "" : " of " + before.substring(0, before.lastIndexOf(':')))
                        + "; ids must be unique");
            }
        }
    }
}
