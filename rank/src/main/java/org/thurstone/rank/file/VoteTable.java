package org.thurstone.rank.file;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The votes as they were read, in columns: what winners and times mean is decided once all are there. Columns that no row fills take no memory.
 */
final class VoteTable {

    final Interned items = new Interned();
    final Interned annotators = new Interned();
    final Interned groups = new Interned();
    final Interned strata = new Interned();
    final Interned tournaments = new Interned();
    final WinnerCodes winners;
    final TimeColumn times;
    final AnswerTexts answers = new AnswerTexts();
    final EndingCounts endings = new EndingCounts();
    private final Optional<RepeatedRows> repeated;
    private final Integers left = new Integers();
    private final Integers right = new Integers();
    private final Integers verdict = new Integers();
    private final Integers annotator = new Integers();
    private final Integers group = new Integers();
    private final Integers stratum = new Integers();
    private final Integers tournament = new Integers();
    private final Numbers weight = new Numbers();
    private final Numbers count = new Numbers();
    private final Numbers order = new Numbers();
    private final Numbers home = new Numbers();
    private final Numbers covariates = new Numbers();
    private boolean timed;

    VoteTable(VoteReadOptions options) {
        winners = new WinnerCodes(options.meanings().codes());
        times = new TimeColumn(options.meanings().time());
        boolean battles = options.keep() == VoteReadOptions.Keep.BATTLES;
        repeated = battles ? Optional.empty() : Optional.of(new RepeatedRows());
    }

    /** Adds a row with everything that it may have left at its default: weight and count 1, no time, order, annotator, group, stratum. */
    void add(String leftItem, String rightItem, int what) {
        add(items.of(leftItem), items.of(rightItem), what);
    }

    /** The same by the numbers of the items. */
    void add(int leftItem, int rightItem, int what) {
        left.add(leftItem);
        right.add(rightItem);
        verdict.add(what);
    }

    /** Adds a row that has nothing else; where single battles are not kept, rows that say the same become one with its count. */
    void bare(int leftItem, int rightItem, int what) {
        if (repeated.isEmpty() || !repeated.get().add(leftItem, rightItem, what)) {
            add(leftItem, rightItem, what);
        }
    }

    /** To be called once all rows were added. */
    void finish() {
        repeated.ifPresent(rows -> rows.drain((leftItem, rightItem, what, often) -> {
            add(leftItem, rightItem, what);
            count(often);
        }));
    }

    /** The time of the next row: the last thing that can be wrong with it, given before it is added. */
    void time(String text, Path path, long line) {
        times.none(size());
        times.add(text, path, line);
        timed = true;
    }

    void weight(double value) {
        set(weight, value, 1);
    }

    void count(double value) {
        set(count, value, 1);
    }

    void order(double value) {
        set(order, value, Double.NaN);
    }

    /** Whether the left item of the row just added was at home. */
    void home(boolean there) {
        home.fill(size() - 1, 1);
        home.add(there ? 1 : 0);
    }

    void annotator(String text) {
        set(annotator, annotators, text);
    }

    void group(String text) {
        set(group, groups, text);
    }

    void stratum(String text) {
        set(stratum, strata, text);
    }

    void tournament(String text) {
        set(tournament, tournaments, text);
    }

    void covariates(List<Double> values) {
        values.forEach(covariates::add);
    }

    private void set(Numbers column, double value, double usual) {
        if (value != usual || column.size() > 0) {
            column.fill(size() - 1, usual);
            column.add(value);
        }
    }

    private void set(Integers column, Interned texts, String text) {
        if (column.size() < size() - 1) {
            column.fill(size() - 1, texts.of(""));
        }
        column.add(texts.of(text));
    }

    int size() {
        return verdict.size();
    }

    int left(int row) {
        return left.get(row);
    }

    int right(int row) {
        return right.get(row);
    }

    int verdict(int row) {
        return verdict.get(row);
    }

    double weight(int row) {
        return row < weight.size() ? weight.get(row) : 1;
    }

    double count(int row) {
        return row < count.size() ? count.get(row) : 1;
    }

    boolean ordered() {
        return order.size() > 0;
    }

    double order(int row) {
        return row < order.size() ? order.get(row) : Double.NaN;
    }

    boolean timed() {
        return timed;
    }

    boolean hasNeutral() {
        return home.size() > 0;
    }

    double home(int row) {
        return row < home.size() ? home.get(row) : 1;
    }

    double covariate(int row, int which, int width) {
        return covariates.get(row * width + which);
    }

    String annotator(int row) {
        return row < annotator.size() ? annotators.text(annotator.get(row)) : "";
    }

    String group(int row) {
        return row < group.size() ? groups.text(group.get(row)) : "";
    }

    String tournament(int row) {
        return row < tournament.size() ? tournaments.text(tournament.get(row)) : "";
    }

    /** The number of a row's stratum, if any row has one. */
    Optional<String> stratum(int row) {
        return stratum.size() == 0
                ? Optional.empty()
                : Optional.of(row < stratum.size() ? strata.text(stratum.get(row)) : "");
    }

    /** What tells a row from others of one annotator, prompt and pair; empty where annotator or prompt are unknown. */
    Optional<Long> key(int row) {
        String who = annotator(row);
        String what = group(row);
        if (who.isEmpty() || what.isEmpty()) {
            return Optional.empty();
        }
        long pair = ((long) Math.min(left(row), right(row)) << 32) | Math.max(left(row), right(row));
        long asked = ((long) annotator.get(row) << 32) | group.get(row);
        return Optional.of(SeenKeys.mixed(pair) * 31 + SeenKeys.mixed(asked + 1));
    }
}
