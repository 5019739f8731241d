package org.thurstone.report;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Documents for machines, as indented JSON. */
public final class JsonText {

    private static final JsonMapper MAPPER = mapper();

    private JsonText() {}

    /**
     * The text of one document, without a line break at its end. Names of record components become snake_case; an empty optional and NaN
     * become null.
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
                .addModule(
                        new SimpleModule().addSerializer(Double.class, figures).addSerializer(Double.TYPE, figures))
                .build();
    }

    /** JSON has no NaN, and a string in place of a number breaks its readers. */
    private static final class Figure extends StdSerializer<Double> {
        Figure() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator to, SerializationContext context) {
            if (value.isNaN()) {
                to.writeNull();
            } else {
                to.writeNumber(value);
            }
        }
    }
}
