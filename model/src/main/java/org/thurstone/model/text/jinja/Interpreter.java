package org.thurstone.model.text.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurstone.model.text.jinja.Node.Expression;
import org.thurstone.model.text.jinja.Node.Statement;

/** Walks a template's statements; {@link Evaluation} works out its expressions. */
final class Interpreter {

    /** The way in which a list of statements ended. */
    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    /** Steps that a round of a loop costs, whatever it does. */
    private static final int ROUND = 10;

    private final Evaluation evaluation = new Evaluation();
    private final StringBuilder page = new StringBuilder();
    private final List<Mark> generated = new ArrayList<>();

    /** The whole template; once for each interpreter. */
    Rendered page(List<Statement> body, Scope scope) {
        run(body, scope, page);
        return new Rendered(page.toString(), generated);
    }

    private String render(List<Statement> body, Scope scope) {
        StringBuilder out = new StringBuilder();
        run(body, scope, out);
        return out.toString();
    }

    private Flow run(List<Statement> body, Scope scope, StringBuilder out) {
        Flow flow = Flow.ON;
        for (int i = 0; i < body.size() && flow == Flow.ON; i++) {
            try {
                Budget.enter();
                flow = one(body.get(i), scope, out);
                Budget.leave();
            } catch (JinjaException e) {
                throw e.orAt(body.get(i).line());
            }
        }
        return flow;
    }

    private static void print(String text, StringBuilder out) {
        Budget.make(text.length());
        out.append(text);
    }

    private Flow one(Statement statement, Scope scope, StringBuilder out) {
        switch (statement) {
            case Node.Data(String text) -> print(text, out);
            case Node.Print(Expression value, int line) -> print(Values.text(value(value, scope)), out);
            case Node.If(Expression condition, var then, var otherwise, int line) -> {
                return run(Values.truth(value(condition, scope)) ? then : otherwise, scope, out);
            }
            case Node.For loop -> {
                loop(loop, scope, out);
            }
            case Node.Assign(List<String> targets, Expression value, int line) ->
                assign(targets, value(value, scope), scope);
            case Node.AssignBlock(String target, var body, var filters, int line) ->
                assign(List.of(target), filtered(render(body, scope.inner()), filters, scope), scope);
            case Node.Macro macro -> scope.set(macro.name(), macro(macro.parameters(), macro.body(), scope));
            case Node.CallBlock(var parameters, Node.Call call, var body, int line) -> {
                Scope inner = scope.inner();
                Object macro = value(call.function(), scope);
                if (!(macro instanceof Macro callee)) {
                    throw new JinjaException("a call block calls a macro, not " + Values.repr(macro));
                }
                Object said = callee.call(
                        evaluation.positional(call.arguments(), scope),
                        evaluation.named(call.arguments(), scope),
                        Optional.of(macro(parameters, body, inner)));
                print(Values.text(said), out);
            }
            case Node.FilterBlock(var filters, var body, int line) ->
                print(Values.text(filtered(render(body, scope.inner()), filters, scope)), out);
            case Node.Generation(var body) -> {
                int start = out.length();
                Flow flow = run(body, scope, out);
                // Within a macro or a block that is set, the place on the page is not known yet; transformers marks
                // nothing there either.
                if (out == page) {
                    generated.add(new Mark(start, out.length()));
                }
                return flow;
            }
            case Node.Break b -> {
                return Flow.BREAK;
            }
            case Node.Continue c -> {
                return Flow.CONTINUE;
            }
        }
        return Flow.ON;
    }

    private Object value(Expression expression, Scope scope) {
        return evaluation.of(expression, scope);
    }

    private Object filtered(Object start, List<Node.Filter> filters, Scope scope) {
        Object value = start;
        for (Node.Filter filter : filters) {
            value = Filters.apply(
                    filter.name(),
                    value,
                    evaluation.positional(filter.arguments(), scope),
                    evaluation.named(filter.arguments(), scope));
        }
        return value;
    }

    private static void assign(List<String> targets, Object value, Scope scope) {
        if (targets.size() > 1) {
            List<Object> items = Values.items(value);
            if (items.size() != targets.size()) {
                throw new JinjaException(targets.size() + " names cannot take " + items.size() + " values");
            }
            for (int i = 0; i < items.size(); i++) {
                scope.set(targets.get(i), items.get(i));
            }
            return;
        }
        String target = targets.getFirst();
        int dot = target.indexOf('.');
        if (dot < 0) {
            scope.set(target, value);
        } else if (scope.get(target.substring(0, dot)) instanceof Namespace namespace) {
            namespace.attributes().put(target.substring(dot + 1), value);
        } else {
            throw new JinjaException("\"" + target + "\" cannot be set: only a namespace's attributes can");
        }
    }

    private void loop(Node.For loop, Scope scope, StringBuilder out) {
        List<Object> items = new ArrayList<>();
        for (Object item : Values.items(value(loop.items(), scope))) {
            if (loop.filter().isPresent()) {
                Scope inner = scope.inner();
                assign(loop.targets(), item, inner);
                if (!Values.truth(value(loop.filter().get(), inner))) {
                    continue;
                }
            }
            items.add(item);
        }
        if (items.isEmpty()) {
            run(loop.otherwise(), scope.inner(), out);
        }
        for (int i = 0; i < items.size(); i++) {
            Budget.step(ROUND);
            Scope inner = scope.inner();
            inner.set("loop", position(items, i));
            assign(loop.targets(), items.get(i), inner);
            if (run(loop.body(), inner, out) == Flow.BREAK) {
                break;
            }
        }
    }

    private static Map<String, Object> position(List<Object> items, int i) {
        Map<String, Object> loop = new LinkedHashMap<>();
        loop.put("index", i + 1L);
        loop.put("index0", (long) i);
        loop.put("revindex", (long) items.size() - i);
        loop.put("revindex0", items.size() - i - 1L);
        loop.put("first", i == 0);
        loop.put("last", i == items.size() - 1);
        loop.put("length", (long) items.size());
        loop.put("previtem", i > 0 ? items.get(i - 1) : new Undefined("loop.previtem"));
        loop.put("nextitem", i + 1 < items.size() ? items.get(i + 1) : new Undefined("loop.nextitem"));
        loop.put("depth", 1L);
        loop.put("cycle", (Function) (positional, named) -> positional.get(i % Math.max(1, positional.size())));
        return loop;
    }

    private Macro macro(List<Node.Parameter> parameters, List<Statement> body, Scope defined) {
        return (positional, named, caller) -> {
            Scope scope = defined.inner();
            for (int i = 0; i < parameters.size(); i++) {
                Node.Parameter parameter = parameters.get(i);
                Object given = i < positional.size()
                        ? positional.get(i)
                        : named.getOrDefault(
                                parameter.name(),
                                parameter
                                        .fallback()
                                        .map(f -> value(f, scope))
                                        .orElseGet(() -> new Undefined(parameter.name())));
                scope.set(parameter.name(), given);
            }
            caller.ifPresent(c -> scope.set("caller", c));
            return render(body, scope);
        };
    }

    /** A macro is a function that can be given a body. */
    private interface Macro extends Function {
        Object call(List<Object> positional, Map<String, Object> named, Optional<Function> caller);

        @Override
        default Object call(List<Object> positional, Map<String, Object> named) {
            return call(positional, named, Optional.empty());
        }
    }

    /** An attribute of an item, or one of its attribute's: {@code "function.name"}. */
    static Object path(Object item, Object path) {
        if (!(path instanceof String names)) {
            return Evaluation.item(item, path);
        }
        Object value = item;
        for (String name : names.split("\\.")) {
            value = Evaluation.item(value, name.matches("\\d{1,9}") ? Long.valueOf(name) : name);
        }
        return value;
    }
}
