package org.thurstone.cli;

import java.util.Map;
import java.util.Optional;
import org.thurstone.data.UserError;
import org.thurstone.data.format.ReadOptions;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code --columns chosen=good,rejected=bad}: reads columns under the names that row formats expect. */
final class ColumnsOption {

    @Option(
            names = "--columns",
            paramLabel = "NAME=COLUMN,…",
            converter = Converter.class,
            description = "Columns to read under other names: chosen=good,rejected=bad reads good as chosen and bad as"
                    + " rejected; NAME= ignores the column NAME.")
    private Optional<Named> named = Optional.empty();

    /**
     * The value of the option.
     *
     * @param columns the column in the file by the name that formats know
     */
    record Named(Map<String, String> columns) {}

    Map<String, String> columns() {
        return named.map(Named::columns).orElse(Map.of());
    }

    ReadOptions on(ReadOptions options) {
        return options.withColumns(columns());
    }

    /** Checks the names, too. */
    static final class Converter implements ITypeConverter<Named> {
        @Override
        public Named convert(String text) {
            try {
                return new Named(ReadOptions.DEFAULT
                        .withColumns(ReadOptions.parseColumns(text))
                        .columns());
            } catch (IllegalArgumentException | UserError e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
