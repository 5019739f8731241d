package org.thurstone.parquet;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.thurstone.data.UserError;
import org.thurstone.data.container.Json;
import org.thurstone.data.container.RawRow;
import org.thurstone.data.container.RowSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rows of a Parquet file in their order, one at a time. DuckDB turns each row into JSON, nested structs and lists included, so a row from Parquet
 * and one from a JSON file are the same for the code that parses them. Results are streamed: DuckDB holds a row group, not the file.
 */
final class ParquetRows implements RowSource {

    /** The file's own columns and no others: DuckDB would take those of a directory such as {@code label=1}, even in place of the file's. */
    private static final String ROWS =
            "SELECT to_json(r) FROM read_parquet(?, hive_partitioning = false, filename = false) AS r";

    private final Path path;
    private final Connection connection;
    private final PreparedStatement statement;
    private final ResultSet rows;
    private long number;

    ParquetRows(Path path) {
        this.path = path;
        Connection opened = connect(path);
        try {
            this.connection = opened;
            this.statement = opened.prepareStatement(ROWS);
            statement.setString(1, literal(path));
            this.rows = statement.executeQuery();
        } catch (SQLException e) {
            try {
                opened.close();
            } catch (SQLException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw failure(path, e);
        }
    }

    private static Connection connect(Path path) {
        Properties properties = new Properties();
        properties.setProperty("jdbc_stream_results", "true");
        // Reading needs little, and the rest of the process needs its cores.
        properties.setProperty("threads", "2");
        try {
            return DriverManager.getConnection("jdbc:duckdb:", properties);
        } catch (SQLException e) {
            throw failure(path, e);
        }
    }

    /** DuckDB takes a path for a pattern: what would be one is put in brackets, which match just the character in them. */
    private static String literal(Path path) {
        return path.toAbsolutePath().toString().replaceAll("([\\[*?])", "[$1]");
    }

    @Override
    public Optional<RawRow> next() {
        try {
            if (!rows.next()) {
                return Optional.empty();
            }
            number++;
            return Optional.of(parsed(String.valueOf(rows.getString(1))));
        } catch (SQLException e) {
            throw failure(path, e);
        }
    }

    private RawRow parsed(String json) {
        try {
            return Json.MAPPER.readTree(json) instanceof ObjectNode fields
                    ? new RawRow.Fields(number, fields)
                    : new RawRow.Broken(number, "the row has no columns");
        } catch (JacksonException e) {
            return new RawRow.Broken(number, "the row cannot be converted to JSON: " + e.getOriginalMessage());
        }
    }

    private static UserError failure(Path path, SQLException e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return new UserError("cannot read " + path + " as Parquet: " + message, e);
    }

    @Override
    public void close() {
        try (connection;
                statement;
                rows) {
            // Closed in the order rows, statement, connection.
        } catch (SQLException e) {
            throw failure(path, e);
        }
    }
}
