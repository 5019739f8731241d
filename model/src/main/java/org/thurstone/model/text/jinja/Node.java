package org.thurstone.model.text.jinja;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The syntax tree of a template. */
sealed interface Node {

    /** Something that is done. */
    sealed interface Statement extends Node {
        /** Where it begins in the source; 0 where nothing can go wrong. */
        default int line() {
            return 0;
        }
    }

    /** Something that has a value. */
    sealed interface Expression extends Node {}

    record Data(String text) implements Statement {}

    record Print(Expression value, int line) implements Statement {}

    record If(Expression condition, List<Statement> then, List<Statement> otherwise, int line) implements Statement {}

    /**
     * @param filter which items count; empty for all
     * @param otherwise done where there are no items
     */
    record For(
            List<String> targets,
            Expression items,
            Optional<Expression> filter,
            List<Statement> body,
            List<Statement> otherwise,
            int line)
            implements Statement {}

    /**
     * @param targets names, or one {@code namespace.name}
     */
    record Assign(List<String> targets, Expression value, int line) implements Statement {}

    record AssignBlock(String target, List<Statement> body, List<Filter> filters, int line) implements Statement {}

    record Macro(String name, List<Parameter> parameters, List<Statement> body) implements Statement {}

    record Parameter(String name, Optional<Expression> fallback) {}

    /** A call whose body the macro can ask for as {@code caller()}. */
    record CallBlock(List<Parameter> parameters, Call call, List<Statement> body, int line) implements Statement {}

    record FilterBlock(List<Filter> filters, List<Statement> body, int line) implements Statement {}

    /** {@code generation}: done as it stands; what it puts out is what the assistant says. */
    record Generation(List<Statement> body) implements Statement {}

    record Break() implements Statement {}

    record Continue() implements Statement {}

    record Literal(Object value) implements Expression {}

    record Name(String name) implements Expression {}

    record ListOf(List<Expression> items) implements Expression {}

    record MapOf(List<Map.Entry<Expression, Expression>> entries) implements Expression {}

    /** {@code of.name}. */
    record Attribute(Expression of, String name) implements Expression {}

    /** {@code of[key]}. */
    record Item(Expression of, Expression key) implements Expression {}

    /** {@code of[start:stop:step]}. */
    record Slice(Expression of, Optional<Expression> start, Optional<Expression> stop, Optional<Expression> step)
            implements Expression {}

    record Call(Expression function, Arguments arguments) implements Expression {}

    record Arguments(List<Expression> positional, Map<String, Expression> named) {
        static final Arguments NONE = new Arguments(List.of(), Map.of());
    }

    record Filter(String name, Arguments arguments) {}

    record Filtered(Expression value, Filter filter) implements Expression {}

    record Test(Expression value, String name, Arguments arguments, boolean negated) implements Expression {}

    /** {@code -}, {@code +} or {@code not}. */
    record Unary(String operator, Expression value) implements Expression {}

    record Binary(String operator, Expression left, Expression right) implements Expression {}

    /** {@code a < b <= c}: as many operators as there are values after the first. */
    record Compare(Expression first, List<String> operators, List<Expression> others) implements Expression {}

    record Conditional(Expression condition, Expression then, Optional<Expression> otherwise) implements Expression {}
}
