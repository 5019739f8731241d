package org.thurstone.model.text.jinja;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The tests of the template language ({@code value is test}). */
final class Tests {

    private Tests() {}

    static boolean holds(String name, Object value, List<Object> arguments) {
        return switch (name) {
            case "defined" -> !(value instanceof Undefined);
            case "undefined" -> value instanceof Undefined;
            case "none" -> value instanceof None;
            case "string" -> value instanceof String;
            case "mapping" -> value instanceof Map;
            case "iterable", "sequence" ->
                value instanceof String || value instanceof List || value instanceof Map || value instanceof Undefined;
            case "number" -> Values.numeric(value);
            case "integer" -> value instanceof Long;
            case "float" -> value instanceof Double;
            case "boolean" -> value instanceof Boolean;
            case "true" -> Boolean.TRUE.equals(value);
            case "false" -> Boolean.FALSE.equals(value);
            case "callable" -> value instanceof Function;
            case "odd" -> Math.floorMod(Values.integer(value), 2) == 1;
            case "even" -> Math.floorMod(Values.integer(value), 2) == 0;
            case "divisibleby" ->
                Arithmetic.apply("%", Values.integer(value), Values.integer(first(name, arguments)))
                        .equals(0L);
            case "lower" -> Values.text(value).equals(Values.text(value).toLowerCase(Locale.ROOT));
            case "upper" -> Values.text(value).equals(Values.text(value).toUpperCase(Locale.ROOT));
            case "eq", "equalto", "==" -> Values.equal(value, first(name, arguments));
            case "ne", "!=" -> !Values.equal(value, first(name, arguments));
            case "lt", "lessthan", "<" -> Values.compare(value, first(name, arguments)) < 0;
            case "le", "<=" -> Values.compare(value, first(name, arguments)) <= 0;
            case "gt", "greaterthan", ">" -> Values.compare(value, first(name, arguments)) > 0;
            case "ge", ">=" -> Values.compare(value, first(name, arguments)) >= 0;
            case "in" -> Values.contains(first(name, arguments), value);
            case "sameas" -> Values.equal(value, first(name, arguments));
            default -> throw new JinjaException("there is no test \"" + name + "\" in chat templates");
        };
    }

    private static Object first(String name, List<Object> arguments) {
        if (arguments.isEmpty()) {
            throw new JinjaException("the test \"" + name + "\" needs something to compare with");
        }
        return arguments.getFirst();
    }
}
