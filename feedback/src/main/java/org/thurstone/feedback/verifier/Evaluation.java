package org.thurstone.feedback.verifier;

import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of an expression as {@link PlainMaths} writes it: {@code + - * / ^}, brackets, {@code \frac}, {@code \sqrt}, pi, one-letter
 * variables and products without a sign. A whole number right before a fraction of whole numbers is a mixed number, as schoolbooks have
 * it. Nothing here can run long: expressions and powers are bounded.
 */
final class Evaluation {

    private static final int LONGEST = 400;
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?|\\.\\d+|\\d+\\.");
    private static final Pattern MIXED = Pattern.compile("(\\d+)\\\\frac\\{(\\d+)\\}\\{(\\d+)\\}");
    private static final Pattern WORD = Pattern.compile("(?<!\\\\)(?<!\\\\[a-zA-Z]{1,8})[a-zA-Z]{3,}");

    private final String text;
    private final IntToDoubleFunction variables;
    private final Effort effort;
    private int at;

    private Evaluation(String text, IntToDoubleFunction variables, Effort effort) {
        this.text = text;
        this.variables = variables;
        this.effort = effort;
    }

    /** Empty if the text is not an arithmetic expression. */
    static Optional<Value> of(String text) {
        return of(text, new Effort());
    }

    /** As {@link #of(String)}, as part of a longer comparison. */
    static Optional<Value> of(String text, Effort effort) {
        return of(text, letter -> Double.NaN, effort).filter(value -> Double.isFinite(value.toDouble()));
    }

    /** With a value for each letter; empty if the text is not an expression. The value may be NaN, for example for the root of a negative number. */
    static Optional<Value> of(String text, IntToDoubleFunction variables, Effort effort) {
        // Three letters in a row are a word, not a product of unknowns: "red" must not equal "der".
        if (text.isEmpty() || text.length() > LONGEST || WORD.matcher(text).find()) {
            return Optional.empty();
        }
        try {
            Evaluation evaluation = new Evaluation(text, variables, effort);
            Value value = evaluation.sum();
            return evaluation.at == text.length() ? Optional.of(value) : Optional.empty();
        } catch (NotAnExpression | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static final class NotAnExpression extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotAnExpression() {
            super("", null, false, false);
        }
    }

    private Value sum() {
        Value value = product();
        while (true) {
            if (take("+")) {
                value = effort.of(value.plus(product()));
            } else if (take("-")) {
                value = effort.of(value.plus(negative(product())));
            } else {
                return value;
            }
        }
    }

    private Value product() {
        Value value = signed();
        while (true) {
            if (take("*")) {
                value = effort.of(value.times(signed()));
            } else if (take("/")) {
                value = effort.of(value.over(signed()));
            } else if (at < text.length() && beginsFactor(text.charAt(at))) {
                value = effort.of(value.times(power()));
            } else {
                return value;
            }
        }
    }

    private Value signed() {
        if (take("-")) {
            return negative(signed());
        }
        return take("+") ? signed() : power();
    }

    private Value power() {
        Value base = primary();
        return take("^") ? effort.of(base.power(signed())) : base;
    }

    private Value primary() {
        if (at >= text.length()) {
            throw new NotAnExpression();
        }
        Matcher mixed = MIXED.matcher(text).region(at, text.length());
        if (mixed.lookingAt()) {
            at = mixed.end();
            return exact(mixed.group(1)).plus(exact(mixed.group(2)).over(exact(mixed.group(3))));
        }
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        if (number.lookingAt()) {
            at = number.end();
            return exact(number.group());
        }
        if (take("(")) {
            return closed(")");
        }
        if (take("{")) {
            return closed("}");
        }
        if (take("\\frac{")) {
            Value above = closed("}");
            need("{");
            return effort.of(above.over(closed("}")));
        }
        if (take("\\sqrt[")) {
            Value degree = closed("]");
            return effort.of(primary().root(degree));
        }
        if (take("\\sqrt")) {
            return effort.of(primary().root(exact("2")));
        }
        if (take("\\pi")) {
            return new Value.Approximate(Math.PI);
        }
        char letter = text.charAt(at);
        if (Character.isLetter(letter)) {
            at++;
            return new Value.Approximate(variables.applyAsDouble(letter));
        }
        throw new NotAnExpression();
    }

    private Value closed(String bracket) {
        Value inside = sum();
        need(bracket);
        return inside;
    }

    /** A digit never does: two adjacent numbers are not a product. */
    private static boolean beginsFactor(char c) {
        return c == '(' || c == '{' || c == '\\' || Character.isLetter(c);
    }

    private boolean take(String token) {
        boolean here = text.startsWith(token, at);
        if (here) {
            at += token.length();
        }
        return here;
    }

    private void need(String token) {
        if (!take(token)) {
            throw new NotAnExpression();
        }
    }

    private Value exact(String decimal) {
        return effort.of(new Value.Exact(Rational.of(decimal)));
    }

    private Value negative(Value value) {
        return value.times(exact("-1"));
    }
}
