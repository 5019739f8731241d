package org.thurstone.rank.board;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurstone.data.UserError;
import org.thurstone.data.container.Containers;
import org.thurstone.data.container.RawRow;
import org.thurstone.data.container.RowSource;
import org.thurstone.rank.Board;
import org.thurstone.rank.Standing;
import tools.jackson.databind.JsonNode;

/** Reads a board from a file: one that was written as JSON or CSV here, or any table with the columns item and rating. */
final class BoardFile {

    private BoardFile() {}

    /**
     * The items with their ratings and, where the file has them, intervals.
     *
     * @throws UserError if the file is not a board
     */
    public static Board read(Path path) {
        List<Standing> standings = new ArrayList<>();
        try (RowSource rows = Containers.open(path)) {
            for (Optional<RawRow> row = rows.next(); row.isPresent(); row = rows.next()) {
                switch (row.get()) {
                    case RawRow.Broken broken ->
                        throw new UserError(path + ":" + broken.line() + ": " + broken.reason());
                    case RawRow.Fields fields -> {
                        JsonNode items = fields.fields().get("items");
                        if (items != null && items.isArray()) {
                            items.forEach(item -> standings.add(standing(path, fields.line(), item)));
                        } else {
                            standings.add(standing(path, fields.line(), fields.fields()));
                        }
                    }
                }
            }
        }
        return new Board(path.getFileName().toString(), "", standings, List.of(), List.of(), Optional.empty());
    }

    private static Standing standing(Path path, long line, JsonNode row) {
        JsonNode item = row.get("item");
        if (item == null || item.isContainer() || !row.has("rating")) {
            throw new UserError(path + ":" + line + ": a board has items with \"item\" and \"rating\"");
        }
        return new Standing(
                item.asString(), number(row, "rating"), number(row, "low"), number(row, "high"), 0, 0, 0, group(row));
    }

    /** From 0, where the file counts from 1; 0 if it is missing. */
    private static int group(JsonNode row) {
        double group = number(row, "group");
        return group >= 1 ? (int) group - 1 : 0;
    }

    /** NaN if it is missing. */
    private static double number(JsonNode row, String key) {
        JsonNode node = row.get(key);
        if (node == null || node.isNull()) {
            return Double.NaN;
        }
        try {
            return node.isNumber()
                    ? node.doubleValue()
                    : Double.parseDouble(node.asString("").strip());
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
