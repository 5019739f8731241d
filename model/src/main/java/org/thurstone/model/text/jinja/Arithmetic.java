package org.thurstone.model.text.jinja;

import java.util.ArrayList;
import java.util.List;

/** Operators between two values. */
final class Arithmetic {

    private Arithmetic() {}

    static Object apply(String operator, Object left, Object right) {
        if (operator.equals("~")) {
            return joined(Values.text(left), Values.text(right));
        }
        for (Object side : List.of(left, right)) {
            if (side instanceof Undefined u) {
                throw u.error();
            }
        }
        if (operator.equals("+") && left instanceof String a && right instanceof String b) {
            return joined(a, b);
        }
        if (operator.equals("+") && left instanceof List<?> a && right instanceof List<?> b) {
            Budget.make(a.size() + (long) b.size());
            List<Object> both = new ArrayList<>(a);
            both.addAll(b);
            return both;
        }
        if (operator.equals("*") && left instanceof String a && right instanceof Long times) {
            return Strings.repeat(a, times);
        }
        if (operator.equals("*") && left instanceof Long && right instanceof String) {
            return apply("*", right, left);
        }
        if (!Values.numeric(left) || !Values.numeric(right)) {
            throw new JinjaException(
                    Values.repr(left) + " " + operator + " " + Values.repr(right) + " does not work out");
        }
        boolean whole = !(left instanceof Double) && !(right instanceof Double);
        return whole && !operator.equals("/")
                ? whole(operator, Values.integer(left), Values.integer(right))
                : (Object) real(operator, Values.real(left), Values.real(right));
    }

    private static String joined(String a, String b) {
        Budget.make(a.length() + (long) b.length());
        return a + b;
    }

    private static Object whole(String operator, long a, long b) {
        if (b == 0 && (operator.equals("//") || operator.equals("%"))) {
            throw new JinjaException("division by zero");
        }
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "//" -> Math.floorDiv(a, b);
            case "%" -> Math.floorMod(a, b);
            default ->
                b >= 0
                        ? (Object) Math.round(real("**", (double) a, (double) b))
                        : (Object) real("**", (double) a, (double) b);
        };
    }

    private static double real(String operator, double a, double b) {
        if (b == 0 && List.of("/", "//", "%").contains(operator)) {
            throw new JinjaException("division by zero");
        }
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / b;
            case "//" -> Math.floor(a / b);
            case "%" -> a - b * Math.floor(a / b);
            default -> Math.pow(a, b);
        };
    }
}
