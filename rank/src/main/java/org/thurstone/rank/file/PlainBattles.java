package org.thurstone.rank.file;

import java.nio.file.Path;
import java.util.Arrays;
import org.thurstone.data.container.CellTexts;
import org.thurstone.data.container.PlainCsv;

/**
 * Reads rows that hold no more than two items and who won, without making objects of them: of very many rows the same few names and words are read
 * again and again. A row that is odd in any way is left to {@link BattleRows}.
 */
final class PlainBattles {

    private static final int UNKNOWN = -1;
    private static final int ODD = -2;

    /** How a word relates to the items of its row. */
    private static final int RELATIONS = 3;

    /** Where items and winner are; the winner is {@link #NONE} where the first column always names it. */
    record Places(int first, int second, int winner) {}

    static final int NONE = -1;

    private final Path path;
    private final VoteTable table;
    private final Places places;
    private final int leftWon;
    private final CellTexts texts = new CellTexts();
    private int[] items = {};
    private int[] verdicts = {};

    /** @param leftWon the number of the verdict that the first item won */
    PlainBattles(Path path, VoteTable table, Places places, int leftWon) {
        this.path = path;
        this.table = table;
        this.places = places;
        this.leftWon = leftWon;
    }

    /** Adds what a row says; false where it is odd, and nothing was added. */
    boolean read(PlainCsv row) {
        int first = row.number(places.first(), texts);
        int second = row.number(places.second(), texts);
        int word = places.winner() == NONE ? NONE : row.number(places.winner(), texts);
        if (first == second || !named(first) || !named(second)) {
            return false;
        }
        int verdict = word == NONE ? leftWon : verdict(word, first, second, row.line());
        if (verdict < 0) {
            return false;
        }
        table.bare(item(first), item(second), verdict);
        return true;
    }

    /** Whether a text is a name as it stands. */
    private boolean named(int text) {
        if (text >= items.length) {
            int from = items.length;
            items = Arrays.copyOf(items, Math.max(text + 1, 2 * from));
            verdicts = Arrays.copyOf(verdicts, RELATIONS * items.length);
            Arrays.fill(items, from, items.length, UNKNOWN);
            Arrays.fill(verdicts, RELATIONS * from, verdicts.length, UNKNOWN);
        }
        if (items[text] == UNKNOWN) {
            String name = texts.text(text);
            if (name.isBlank() || !name.strip().equals(name)) {
                items[text] = ODD;
            }
        }
        return items[text] != ODD;
    }

    private int item(int text) {
        if (items[text] == UNKNOWN) {
            items[text] = table.items.of(texts.text(text));
        }
        return items[text];
    }

    private int verdict(int word, int first, int second, long line) {
        named(word);
        int at = RELATIONS * word + (word == first ? 1 : word == second ? 2 : 0);
        if (verdicts[at] == UNKNOWN) {
            verdicts[at] = ask(texts.text(word), texts.text(first), texts.text(second), line);
        }
        return verdicts[at];
    }

    private int ask(String word, String first, String second, long line) {
        if (word.isBlank()) {
            return ODD;
        }
        try {
            return table.winners.of(word, first, second, path, line);
        } catch (IllegalArgumentException e) {
            return ODD;
        }
    }
}
