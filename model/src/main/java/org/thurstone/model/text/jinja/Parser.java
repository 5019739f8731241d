package org.thurstone.model.text.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.thurstone.model.text.jinja.Node.Expression;
import org.thurstone.model.text.jinja.Node.Statement;
import org.thurstone.model.text.jinja.Token.Kind;

/** Reads statements; expressions are {@link Expressions}' business. */
final class Parser {

    private final Tokens tokens;
    private final Expressions expressions;

    Parser(List<Token> tokens) {
        this.tokens = new Tokens(tokens);
        this.expressions = new Expressions(this.tokens);
    }

    List<Statement> template() {
        List<Statement> body = until(Set.of());
        tokens.expect(Kind.END, "the end of the template");
        return body;
    }

    /** Statements up to a block that begins with one of the words; its opening bracket and word are consumed. */
    private List<Statement> until(Set<String> ends) {
        List<Statement> body = new ArrayList<>();
        while (true) {
            Token token = tokens.peek();
            switch (token.kind()) {
                case DATA -> body.add(new Node.Data(tokens.next().text()));
                case PRINT_BEGIN -> {
                    tokens.next();
                    body.add(new Node.Print(expressions.tuple(), token.line()));
                    tokens.expect(Kind.PRINT_END, "}}");
                }
                case BLOCK_BEGIN -> {
                    tokens.next();
                    if (ends.contains(tokens.peek().text())) {
                        return body;
                    }
                    body.add(statement());
                }
                default -> {
                    if (!ends.isEmpty()) {
                        throw JinjaException.at(
                                token.line(), "a block has no end: " + String.join(" or ", ends) + " is missing");
                    }
                    return body;
                }
            }
        }
    }

    /** The body of a block that ends with the word. */
    private List<Statement> body(String end) {
        tokens.expect(Kind.BLOCK_END, "%}");
        List<Statement> body = until(Set.of(end));
        close(end);
        return body;
    }

    private void close(String end) {
        tokens.expect(Kind.NAME, end);
        tokens.expect(Kind.BLOCK_END, "%}");
    }

    private Statement statement() {
        tokens.enter();
        Statement read = statement(tokens.next());
        tokens.leave();
        return read;
    }

    private Statement statement(Token word) {
        return switch (word.text()) {
            case "if" -> condition(word.line());
            case "for" -> loop(word.line());
            case "set" -> assign(word.line());
            case "macro" -> {
                String name = tokens.name();
                yield new Node.Macro(name, parameters(), body("endmacro"));
            }
            case "call" -> {
                List<Node.Parameter> parameters = tokens.peek().is(Kind.OPERATOR, "(") ? parameters() : List.of();
                if (!(expressions.expression() instanceof Node.Call call)) {
                    throw JinjaException.at(word.line(), "a call block calls a macro");
                }
                yield new Node.CallBlock(parameters, call, body("endcall"), word.line());
            }
            case "filter" ->
                new Node.FilterBlock(
                        expressions.filters(Optional.of(expressions.filter())), body("endfilter"), word.line());
            case "generation" -> new Node.Generation(body("endgeneration"));
            case "break", "continue" -> {
                tokens.expect(Kind.BLOCK_END, "%}");
                yield word.text().equals("break") ? new Node.Break() : new Node.Continue();
            }
            default ->
                throw JinjaException.at(word.line(), "there is no block \"" + word.text() + "\" in chat templates");
        };
    }

    private Statement condition(int line) {
        tokens.enter();
        Expression condition = expressions.tuple();
        tokens.expect(Kind.BLOCK_END, "%}");
        List<Statement> then = until(Set.of("elif", "else", "endif"));
        Token end = tokens.next();
        List<Statement> otherwise = switch (end.text()) {
            case "elif" -> List.of(condition(end.line()));
            case "else" -> body("endif");
            default -> {
                tokens.expect(Kind.BLOCK_END, "%}");
                yield List.of();
            }
        };
        tokens.leave();
        return new Node.If(condition, then, otherwise, line);
    }

    private Statement loop(int line) {
        List<String> targets = names();
        tokens.expect(Kind.NAME, "in");
        Expression items = expressions.withoutCondition();
        Optional<Expression> filter =
                tokens.take(Kind.NAME, "if") ? Optional.of(expressions.expression()) : Optional.empty();
        tokens.expect(Kind.BLOCK_END, "%}");
        List<Statement> body = until(Set.of("else", "endfor"));
        List<Statement> otherwise = List.of();
        if (tokens.take(Kind.NAME, "else")) {
            otherwise = body("endfor");
        } else {
            close("endfor");
        }
        return new Node.For(targets, items, filter, body, otherwise, line);
    }

    private List<String> names() {
        boolean bracket = tokens.take(Kind.OPERATOR, "(");
        List<String> names = new ArrayList<>(List.of(tokens.name()));
        while (tokens.take(Kind.OPERATOR, ",")) {
            names.add(tokens.name());
        }
        if (bracket) {
            tokens.expect(Kind.OPERATOR, ")");
        }
        return names;
    }

    private Statement assign(int line) {
        List<String> targets = names();
        if (targets.size() == 1 && tokens.take(Kind.OPERATOR, ".")) {
            targets = List.of(targets.getFirst() + "." + tokens.name());
        }
        if (tokens.take(Kind.OPERATOR, "=")) {
            Expression value = expressions.tuple();
            tokens.expect(Kind.BLOCK_END, "%}");
            return new Node.Assign(targets, value, line);
        }
        List<Node.Filter> filters = expressions.filters(Optional.empty());
        return new Node.AssignBlock(targets.getFirst(), body("endset"), filters, line);
    }

    private List<Node.Parameter> parameters() {
        List<Node.Parameter> parameters = new ArrayList<>();
        tokens.expect(Kind.OPERATOR, "(");
        while (!tokens.take(Kind.OPERATOR, ")")) {
            String name = tokens.name();
            parameters.add(new Node.Parameter(
                    name, tokens.take(Kind.OPERATOR, "=") ? Optional.of(expressions.expression()) : Optional.empty()));
            if (!tokens.peek().is(Kind.OPERATOR, ")")) {
                tokens.expect(Kind.OPERATOR, ",");
            }
        }
        return parameters;
    }
}
