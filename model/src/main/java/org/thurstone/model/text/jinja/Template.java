package org.thurstone.model.text.jinja;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** A template, read once and rendered often; may be used by several threads at once. */
public final class Template {

    private final List<Node.Statement> body;

    private Template(List<Node.Statement> body) {
        this.body = body;
    }

    /**
     * Reads a template.
     *
     * @throws JinjaException if it is not one, or uses what this part of the language lacks; the message names the line
     */
    public static Template parse(String source) {
        if (source.length() > Budget.LONGEST_TEMPLATE) {
            throw new JinjaException("the template has %,d characters; at most %,d are read"
                    .formatted(source.length(), Budget.LONGEST_TEMPLATE));
        }
        try {
            return new Template(new Parser(Lexer.tokens(source)).template());
        } catch (StackOverflowError e) {
            throw Budget.tooDeep();
        }
    }

    /**
     * Renders it.
     *
     * @param values by name: String, Boolean, Integer, Long, Double, List, Map, {@link Function}
     * @throws JinjaException if an expression does not work out, if it takes more steps or makes more text than a template may, or in the
     *     template's own words if it raises an exception
     */
    public String render(Map<String, ?> values) {
        return renderWithNone(values);
    }

    /** Renders it with more names that are defined, and None. */
    public String renderWithNone(Map<String, ?> values, String... none) {
        return rendered(values, none).text();
    }

    /** Renders the template, and records the output of its {@code generation} blocks. */
    public Rendered rendered(Map<String, ?> values, String... none) {
        Scope scope = Scope.of(values);
        for (String name : none) {
            scope.set(name, None.NONE);
        }
        return ScopedValue.where(Budget.CURRENT, Budget.of(values)).call(() -> rendered(scope));
    }

    private Rendered rendered(Scope scope) {
        try {
            return new Interpreter().page(body, scope);
        } catch (StackOverflowError e) {
            throw Budget.tooDeep();
        } catch (ArithmeticException e) {
            throw new JinjaException("a whole number is too large");
        } catch (IndexOutOfBoundsException | NoSuchElementException e) {
            throw new JinjaException("a function or filter lacks an argument");
        }
    }
}
