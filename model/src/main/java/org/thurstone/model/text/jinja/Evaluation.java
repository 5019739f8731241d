package org.thurstone.model.text.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurstone.model.text.jinja.Node.Expression;

/** Works out expressions. */
final class Evaluation {

    Object of(Expression expression, Scope scope) {
        Budget.enter();
        Object value = value(expression, scope);
        Budget.leave();
        return value;
    }

    private Object value(Expression expression, Scope scope) {
        return switch (expression) {
            case Node.Literal(Object value) -> value;
            case Node.Name(String name) -> scope.get(name);
            case Node.ListOf(var items) -> all(items, scope);
            case Node.MapOf(var entries) -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                entries.forEach(e -> map.put(Values.key(of(e.getKey(), scope)), of(e.getValue(), scope)));
                yield map;
            }
            case Node.Attribute(Expression of, String name) -> attribute(of(of, scope), name);
            case Node.Item(Expression of, Expression key) -> item(of(of, scope), of(key, scope));
            case Node.Slice(Expression of, var start, var stop, var step) ->
                slice(of(of, scope), number(start, scope), number(stop, scope), number(step, scope));
            case Node.Call(Expression function, Node.Arguments arguments) -> {
                Object callee = of(function, scope);
                if (callee instanceof Function f) {
                    yield Values.of(f.call(positional(arguments, scope), named(arguments, scope)));
                }
                throw callee instanceof Undefined u
                        ? u.error()
                        : new JinjaException(Values.repr(callee) + " cannot be called");
            }
            case Node.Filtered(Expression value, Node.Filter filter) ->
                Filters.apply(
                        filter.name(),
                        of(value, scope),
                        positional(filter.arguments(), scope),
                        named(filter.arguments(), scope));
            case Node.Test(Expression value, String name, Node.Arguments arguments, boolean negated) ->
                Tests.holds(name, of(value, scope), positional(arguments, scope)) != negated;
            case Node.Unary(String operator, Expression value) -> unary(operator, of(value, scope));
            case Node.Binary(String operator, Expression left, Expression right) ->
                binary(operator, of(left, scope), right, scope);
            case Node.Compare compare -> compare(compare, scope);
            case Node.Conditional(Expression condition, Expression then, var otherwise) ->
                Values.truth(of(condition, scope))
                        ? of(then, scope)
                        : otherwise.map(o -> of(o, scope)).orElseGet(() -> new Undefined("the missing else"));
        };
    }

    List<Object> positional(Node.Arguments arguments, Scope scope) {
        return all(arguments.positional(), scope);
    }

    Map<String, Object> named(Node.Arguments arguments, Scope scope) {
        Map<String, Object> named = new LinkedHashMap<>();
        arguments.named().forEach((name, value) -> named.put(name, of(value, scope)));
        return named;
    }

    private List<Object> all(List<Expression> expressions, Scope scope) {
        List<Object> values = new ArrayList<>();
        expressions.forEach(e -> values.add(of(e, scope)));
        return values;
    }

    private Optional<Integer> number(Optional<Expression> bound, Scope scope) {
        return bound.map(b -> of(b, scope))
                .filter(v -> !(v instanceof None))
                .map(v -> Math.clamp(Values.integer(v), Integer.MIN_VALUE / 2, Integer.MAX_VALUE / 2));
    }

    private static Object unary(String operator, Object value) {
        return switch (operator) {
            case "not" -> !Values.truth(value);
            case "-" -> value instanceof Double d ? (Object) (-d) : (Object) (-Values.integer(value));
            default -> value;
        };
    }

    private Object binary(String operator, Object left, Expression right, Scope scope) {
        return switch (operator) {
            case "and" -> Values.truth(left) ? of(right, scope) : left;
            case "or" -> Values.truth(left) ? left : of(right, scope);
            default -> Arithmetic.apply(operator, left, of(right, scope));
        };
    }

    private Object compare(Node.Compare compare, Scope scope) {
        Object left = of(compare.first(), scope);
        for (int i = 0; i < compare.operators().size(); i++) {
            Object right = of(compare.others().get(i), scope);
            boolean holds = switch (compare.operators().get(i)) {
                case "==" -> Values.equal(left, right);
                case "!=" -> !Values.equal(left, right);
                case "in" -> Values.contains(right, left);
                case "not in" -> !Values.contains(right, left);
                case "<" -> Values.compare(left, right) < 0;
                case "<=" -> Values.compare(left, right) <= 0;
                case ">" -> Values.compare(left, right) > 0;
                default -> Values.compare(left, right) >= 0;
            };
            if (!holds) {
                return false;
            }
            left = right;
        }
        return true;
    }

    /** {@code of.name}: a method if there is one of that name, else an item. */
    private static Object attribute(Object of, String name) {
        return switch (of) {
            case Undefined u -> throw u.error();
            case Namespace n -> Optional.ofNullable(n.attributes().get(name)).orElseGet(() -> new Undefined(name));
            case String s -> (Function) (positional, named) -> Strings.method(s, name, positional);
            case Map<?, ?> map ->
                switch (name) {
                    case "items" -> (Function) (positional, named) -> Filters.pairs(map);
                    case "keys" -> (Function) (positional, named) -> Values.items(map);
                    case "values" ->
                        (Function) (positional, named) ->
                                map.values().stream().map(Values::of).toList();
                    case "get" ->
                        (Function) (positional, named) -> map.containsKey(Values.key(positional.getFirst()))
                                ? Values.of(map.get(positional.getFirst()))
                                : positional.size() > 1 ? positional.get(1) : None.NONE;
                    default -> item(map, name);
                };
            case List<?> list ->
                switch (name) {
                    case "index" -> (Function) (positional, named) -> index(Values.items(list), positional.getFirst());
                    case "count" ->
                        (Function) (positional, named) -> Values.items(list).stream()
                                .filter(i -> Values.equal(i, positional.getFirst()))
                                .count();
                    default -> new Undefined(name);
                };
            default -> new Undefined(name);
        };
    }

    private static long index(List<Object> items, Object item) {
        for (int i = 0; i < items.size(); i++) {
            if (Values.equal(items.get(i), item)) {
                return i;
            }
        }
        return -1;
    }

    /** {@code of[key]}; undefined where there is none. */
    static Object item(Object of, Object key) {
        return switch (of) {
            case Undefined u -> throw u.error();
            case Map<?, ?> map when map.containsKey(Values.key(key)) -> Values.of(map.get(key));
            case Namespace n ->
                Optional.ofNullable(n.attributes().get(Values.text(key)))
                        .orElseGet(() -> new Undefined(Values.text(key)));
            case List<?> list when key instanceof Long index -> at(list, index);
            case String text when key instanceof Long index -> at(Values.items(text), index);
            default -> new Undefined(Values.text(key));
        };
    }

    private static Object at(List<?> items, long index) {
        long place = index < 0 ? index + items.size() : index;
        return place >= 0 && place < items.size()
                ? Values.of(items.get((int) place))
                : new Undefined("[" + index + "]");
    }

    private static Object slice(Object of, Optional<Integer> start, Optional<Integer> stop, Optional<Integer> step) {
        if (of instanceof Undefined u) {
            throw u.error();
        }
        List<Object> items = Values.items(of);
        int size = items.size();
        int by = step.orElse(1);
        if (by == 0) {
            throw new JinjaException("a slice needs a step other than 0");
        }
        int low = by > 0 ? 0 : -1;
        int high = by > 0 ? size : size - 1;
        int from = start.map(s -> Math.clamp(s < 0 ? s + size : s, low, high)).orElse(by > 0 ? low : high);
        int to = stop.map(s -> Math.clamp(s < 0 ? s + size : s, low, high)).orElse(by > 0 ? high : low);
        List<Object> taken = new ArrayList<>();
        for (long i = from; by > 0 ? i < to : i > to; i += by) {
            taken.add(items.get((int) i));
        }
        Budget.make(taken.size());
        return of instanceof String
                ? String.join("", taken.stream().map(Values::text).toList())
                : taken;
    }
}
