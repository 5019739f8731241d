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
        return new Template(new Parser(Lexer.tokens(source)).template());
    }

    /**
     * Renders it.
     *
     * @param values by name: String, Boolean, Integer, Long, Double, List, Map, {@link Function}
     * @throws JinjaException if an expression does not work out, or in the template's own words if it raises an exception
     */
    public String render(Map<String, ?> values) {
        return renderWithNone(values);
    }

    /** Renders it with more names that are defined, and None. */
    public String renderWithNone(Map<String, ?> values, String... none) {
        return rendered(values, none).text();
    }

    /** The same, with what its {@code generation} blocks put out. */
    public Rendered rendered(Map<String, ?> values, String... none) {
        Scope scope = Scope.of(values);
        for (String name : none) {
            scope.set(name, None.NONE);
        }
        try {
            return new Interpreter().page(body, scope);
        } catch (StackOverflowError e) {
            throw new JinjaException("the template calls itself without end");
        } catch (IndexOutOfBoundsException | NoSuchElementException e) {
            throw new JinjaException("a function or filter lacks an argument");
        }
    }
}
