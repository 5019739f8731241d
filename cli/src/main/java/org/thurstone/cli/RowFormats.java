package org.thurstone.cli;

import java.util.Locale;
import java.util.stream.Collectors;
import org.thurstone.data.format.RowFormat;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The row formats by their names in {@code --row-format}. */
final class RowFormats implements ITypeConverter<RowFormat> {

    @Override
    public RowFormat convert(String name) {
        return RowFormat.ALL.stream()
                .filter(format -> word(format).equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("there is no format \"" + name + "\"; there are: "
                        + RowFormat.ALL.stream().map(RowFormats::word).collect(Collectors.joining(", "))));
    }

    /** The name of the class in lower case with hyphens: what a format is called for people may have spaces and brackets. */
    static String word(RowFormat format) {
        return format.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }
}
