package org.thurstone.model.text.jinja;

import java.util.List;
import org.thurstone.model.text.jinja.Token.Kind;

/** The tokens of a template, read one by one. */
final class Tokens {

    private final List<Token> tokens;
    private int at;
    private int depth;

    Tokens(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** Goes one level deeper into blocks or expressions; {@link #leave} comes back. */
    void enter() {
        depth++;
        if (depth > Budget.DEEPEST) {
            throw JinjaException.at(
                    peek().line(), "the template is nested more than " + Budget.DEEPEST + " levels deep");
        }
    }

    void leave() {
        depth--;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(at);
        if (token.kind() != Kind.END) {
            at++;
        }
        return token;
    }

    /** Reads a token if it is this one. */
    boolean take(Kind kind, String text) {
        boolean there = peek().is(kind, text);
        if (there) {
            next();
        }
        return there;
    }

    void expect(Kind kind, String text) {
        if (!take(kind, text)) {
            throw JinjaException.at(peek().line(), "\"" + text + "\" is expected, not \"" + peek().text() + "\"");
        }
    }

    String name() {
        Token token = next();
        if (token.kind() != Kind.NAME) {
            throw JinjaException.at(token.line(), "a name is expected, not \"" + token.text() + "\"");
        }
        return token.text();
    }
}
