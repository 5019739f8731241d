package org.thurstone.model.text.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thurstone.model.text.jinja.Node.Expression;
import org.thurstone.model.text.jinja.Token.Kind;

/** Reads expressions, weakest operator first, in Jinja's order: if, or, and, not, comparisons, + −, ~, * / // %, **, signs, filters. */
final class Expressions {

    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Set<String> NO_ARGUMENT = Set.of("else", "or", "and", "is", "if", "in", "not");

    private final Tokens tokens;

    Expressions(Tokens tokens) {
        this.tokens = tokens;
    }

    /** An expression, or several separated by commas, which make a list. */
    Expression tuple() {
        Expression first = expression();
        if (!tokens.peek().is(Kind.OPERATOR, ",")) {
            return first;
        }
        List<Expression> items = new ArrayList<>(List.of(first));
        while (tokens.take(Kind.OPERATOR, ",")) {
            if (tokens.peek().kind() == Kind.BLOCK_END
                    || tokens.peek().kind() == Kind.PRINT_END
                    || tokens.peek().is(Kind.OPERATOR, ")")) {
                break;
            }
            items.add(expression());
        }
        return new Node.ListOf(items);
    }

    Expression expression() {
        tokens.enter();
        Expression value = withoutCondition();
        while (tokens.take(Kind.NAME, "if")) {
            Expression condition = withoutCondition();
            Optional<Expression> otherwise =
                    tokens.take(Kind.NAME, "else") ? Optional.of(expression()) : Optional.empty();
            value = new Node.Conditional(condition, value, otherwise);
        }
        tokens.leave();
        return value;
    }

    /** The expression that a {@code for} iterates over; an {@code if} after it belongs to the loop. */
    Expression withoutCondition() {
        Expression left = and();
        while (tokens.take(Kind.NAME, "or")) {
            left = new Node.Binary("or", left, and());
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (tokens.take(Kind.NAME, "and")) {
            left = new Node.Binary("and", left, not());
        }
        return left;
    }

    private Expression not() {
        if (!tokens.take(Kind.NAME, "not")) {
            return compare();
        }
        tokens.enter();
        Expression negated = new Node.Unary("not", not());
        tokens.leave();
        return negated;
    }

    private Expression compare() {
        Expression first = sum();
        List<String> operators = new ArrayList<>();
        List<Expression> others = new ArrayList<>();
        while (true) {
            if (tokens.peek().kind() == Kind.OPERATOR
                    && COMPARISONS.contains(tokens.peek().text())) {
                operators.add(tokens.next().text());
            } else if (tokens.take(Kind.NAME, "in")) {
                operators.add("in");
            } else if (tokens.peek().is(Kind.NAME, "not") && tokens.peek(1).is(Kind.NAME, "in")) {
                tokens.next();
                tokens.next();
                operators.add("not in");
            } else {
                return operators.isEmpty() ? first : new Node.Compare(first, operators, others);
            }
            others.add(sum());
        }
    }

    private Expression sum() {
        Expression left = concatenation();
        while (tokens.peek().is(Kind.OPERATOR, "+") || tokens.peek().is(Kind.OPERATOR, "-")) {
            left = new Node.Binary(tokens.next().text(), left, concatenation());
        }
        return left;
    }

    private Expression concatenation() {
        Expression left = product();
        while (tokens.take(Kind.OPERATOR, "~")) {
            left = new Node.Binary("~", left, product());
        }
        return left;
    }

    private Expression product() {
        Expression left = power();
        while (tokens.peek().kind() == Kind.OPERATOR
                && Set.of("*", "/", "//", "%").contains(tokens.peek().text())) {
            left = new Node.Binary(tokens.next().text(), left, power());
        }
        return left;
    }

    private Expression power() {
        Expression left = sign(true);
        while (tokens.take(Kind.OPERATOR, "**")) {
            left = new Node.Binary("**", left, sign(true));
        }
        return left;
    }

    private Expression sign(boolean filtered) {
        Expression value;
        if (tokens.peek().is(Kind.OPERATOR, "-") || tokens.peek().is(Kind.OPERATOR, "+")) {
            tokens.enter();
            value = new Node.Unary(tokens.next().text(), sign(false));
            tokens.leave();
        } else {
            value = postfix(primary());
        }
        return filtered ? filtersAndTests(value) : value;
    }

    private Expression filtersAndTests(Expression start) {
        Expression value = start;
        while (true) {
            if (tokens.take(Kind.OPERATOR, "|")) {
                value = new Node.Filtered(value, filter());
            } else if (tokens.take(Kind.NAME, "is")) {
                value = test(value);
            } else if (tokens.peek().is(Kind.OPERATOR, "(")) {
                value = new Node.Call(value, arguments());
            } else {
                return value;
            }
        }
    }

    /** A filter's name and arguments, after the bar. */
    Node.Filter filter() {
        String name = tokens.name();
        return new Node.Filter(name, tokens.peek().is(Kind.OPERATOR, "(") ? arguments() : Node.Arguments.NONE);
    }

    /** Further filters after the first one, each with its bar. */
    List<Node.Filter> filters(Optional<Node.Filter> first) {
        List<Node.Filter> filters = new ArrayList<>();
        first.ifPresent(filters::add);
        while (tokens.take(Kind.OPERATOR, "|")) {
            filters.add(filter());
        }
        return filters;
    }

    private Expression test(Expression value) {
        boolean negated = tokens.take(Kind.NAME, "not");
        String name = tokens.name();
        Node.Arguments arguments = Node.Arguments.NONE;
        Token next = tokens.peek();
        if (next.is(Kind.OPERATOR, "(")) {
            arguments = arguments();
        } else if (Set.of(Kind.STRING, Kind.INTEGER, Kind.FLOAT).contains(next.kind())
                || (next.kind() == Kind.NAME && !NO_ARGUMENT.contains(next.text()))
                || next.is(Kind.OPERATOR, "[")
                || next.is(Kind.OPERATOR, "{")) {
            arguments = new Node.Arguments(List.of(postfix(primary())), Map.of());
        }
        return new Node.Test(value, name, arguments, negated);
    }

    private Expression postfix(Expression start) {
        Expression value = start;
        while (true) {
            if (tokens.take(Kind.OPERATOR, ".")) {
                Token name = tokens.next();
                value = name.kind() == Kind.INTEGER
                        ? new Node.Item(value, new Node.Literal(whole(name)))
                        : new Node.Attribute(value, name.text());
            } else if (tokens.peek().is(Kind.OPERATOR, "[")) {
                tokens.next();
                value = subscript(value);
                tokens.expect(Kind.OPERATOR, "]");
            } else if (tokens.peek().is(Kind.OPERATOR, "(")) {
                value = new Node.Call(value, arguments());
            } else {
                return value;
            }
        }
    }

    private Expression subscript(Expression of) {
        Optional<Expression> start = bound();
        if (!tokens.take(Kind.OPERATOR, ":")) {
            return new Node.Item(
                    of, start.orElseThrow(() -> JinjaException.at(tokens.peek().line(), "[] needs an index")));
        }
        Optional<Expression> stop = bound();
        Optional<Expression> step = tokens.take(Kind.OPERATOR, ":") ? bound() : Optional.empty();
        return new Node.Slice(of, start, stop, step);
    }

    private Optional<Expression> bound() {
        return tokens.peek().is(Kind.OPERATOR, ":") || tokens.peek().is(Kind.OPERATOR, "]")
                ? Optional.empty()
                : Optional.of(expression());
    }

    private Node.Arguments arguments() {
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        tokens.expect(Kind.OPERATOR, "(");
        while (!tokens.take(Kind.OPERATOR, ")")) {
            if (tokens.peek().kind() == Kind.NAME && tokens.peek(1).is(Kind.OPERATOR, "=")) {
                String name = tokens.name();
                tokens.next();
                named.put(name, expression());
            } else {
                positional.add(expression());
            }
            if (!tokens.peek().is(Kind.OPERATOR, ")")) {
                tokens.expect(Kind.OPERATOR, ",");
            }
        }
        return new Node.Arguments(positional, named);
    }

    private Expression primary() {
        Token token = tokens.next();
        return switch (token.kind()) {
            case NAME ->
                switch (token.text()) {
                    case "true", "True" -> new Node.Literal(true);
                    case "false", "False" -> new Node.Literal(false);
                    case "none", "None" -> new Node.Literal(None.NONE);
                    default -> new Node.Name(token.text());
                };
            case STRING -> {
                StringBuilder text = new StringBuilder(token.text());
                while (tokens.peek().kind() == Kind.STRING) {
                    text.append(tokens.next().text());
                }
                yield new Node.Literal(text.toString());
            }
            case INTEGER -> new Node.Literal(whole(token));
            case FLOAT -> new Node.Literal(Double.valueOf(token.text()));
            case OPERATOR ->
                switch (token.text()) {
                    case "(" -> {
                        if (tokens.take(Kind.OPERATOR, ")")) {
                            yield new Node.ListOf(List.of());
                        }
                        Expression inner = tuple();
                        tokens.expect(Kind.OPERATOR, ")");
                        yield inner;
                    }
                    case "[" -> new Node.ListOf(items("]"));
                    case "{" -> new Node.MapOf(entries());
                    default -> throw unexpected(token);
                };
            default -> throw unexpected(token);
        };
    }

    private static Long whole(Token number) {
        try {
            return Long.valueOf(number.text());
        } catch (NumberFormatException e) {
            throw JinjaException.at(number.line(), "the whole number " + number.text() + " is too large");
        }
    }

    private static JinjaException unexpected(Token token) {
        return JinjaException.at(token.line(), "a value is expected, not \"" + token.text() + "\"");
    }

    private List<Expression> items(String end) {
        List<Expression> items = new ArrayList<>();
        while (!tokens.take(Kind.OPERATOR, end)) {
            items.add(expression());
            if (!tokens.peek().is(Kind.OPERATOR, end)) {
                tokens.expect(Kind.OPERATOR, ",");
            }
        }
        return items;
    }

    private List<Map.Entry<Expression, Expression>> entries() {
        List<Map.Entry<Expression, Expression>> entries = new ArrayList<>();
        while (!tokens.take(Kind.OPERATOR, "}")) {
            Expression key = expression();
            tokens.expect(Kind.OPERATOR, ":");
            entries.add(Map.entry(key, expression()));
            if (!tokens.peek().is(Kind.OPERATOR, "}")) {
                tokens.expect(Kind.OPERATOR, ",");
            }
        }
        return entries;
    }
}
