package org.thurstone.report;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Writes documents as indented JSON. */
public final class JsonText {

    private static final JsonMapper MAPPER = mapper();

    private JsonText() {}

    /**
     * The text of one document, without a line break at its end. Names of record components become snake_case; empty optionals and numbers that are
     * not finite become null.
     *
     * @param document records, lists, maps and single values
     */
    public static String of(Object document) {
        return MAPPER.writeValueAsString(document);
    }

    private static JsonMapper mapper() {
        Figure figures = new Figure();
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .addModule(new SimpleModule()
                        .addSerializer(Double.class, figures)
                        .addSerializer(Double.TYPE, figures)
                        .addSerializer(double[].class, new FigureArray()))
                .build();
    }

    private static final class FigureArray extends StdSerializer<double[]> {
        FigureArray() {
            super(double[].class);
        }

        @Override
        public void serialize(double[] values, JsonGenerator to, SerializationContext context) {
            to.writeStartArray();
            for (double value : values) {
                write(value, to);
            }
            to.writeEndArray();
        }
    }

    /** JSON has no NaN and no infinity, and a string in place of a number breaks its readers. */
    private static void write(double value, JsonGenerator to) {
        if (Double.isFinite(value)) {
            to.writeNumber(value);
        } else {
            to.writeNull();
        }
    }

    private static final class Figure extends StdSerializer<Double> {
        Figure() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator to, SerializationContext context) {
            write(value, to);
        }
    }
}
