package org.thurstone.recipe.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The index of a jar as text, a statement per line, sorted by class so that equal sources give equal bytes:
 *
 * <pre>
 * method org.thurstone.train.loss.pair.Dpo
 * doc Direct preference optimisation: …
 * doc A second paragraph.
 * param beta how strongly the policy is held to the reference, above 0
 * </pre>
 *
 * <p>A paragraph takes a line, so nothing has to be escaped. Lines that start with {@code #} are comments.
 */
public final class MethodIndex {

    /** Where a jar has it. */
    public static final String RESOURCE = "META-INF/thurstone/methods";

    private static final String PARAGRAPHS = "\n\n";

    private MethodIndex() {}

    /** The text of an index. */
    public static String write(List<IndexedMethod> methods) {
        StringBuilder out =
                new StringBuilder("# Written by " + MethodProcessor.class.getName() + " while the jar was compiled.\n");
        methods.stream().sorted(Comparator.comparing(IndexedMethod::type)).forEach(method -> {
            out.append("method ").append(method.type()).append('\n');
            paragraphs(out, "doc ", method.doc().text());
            method.doc().parameters().forEach((name, text) -> paragraphs(out, "param " + name + " ", text));
        });
        return out.toString();
    }

    private static void paragraphs(StringBuilder out, String start, String text) {
        for (String paragraph : text.split(PARAGRAPHS)) {
            if (!paragraph.isEmpty()) {
                out.append(start).append(paragraph).append('\n');
            }
        }
    }

    /**
     * The entries of an index.
     *
     * @throws IllegalArgumentException if it is damaged, with the number of the line
     */
    public static List<IndexedMethod> read(String text) {
        List<IndexedMethod> methods = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n")) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] words = line.split(" ", 2);
            boolean known = words.length == 2
                    && switch (words[0]) {
                        case "method" -> methods.add(new IndexedMethod(words[1], DocComment.NONE));
                        case "doc" -> !methods.isEmpty() && methods.add(withText(methods.removeLast(), words[1]));
                        case "param" ->
                            !methods.isEmpty() && methods.add(withParameter(methods.removeLast(), words[1]));
                        default -> false;
                    };
            if (!known) {
                throw new IllegalArgumentException("line " + number + " is not a line of an index: \"" + line + "\"");
            }
        }
        return methods;
    }

    private static IndexedMethod withText(IndexedMethod method, String paragraph) {
        DocComment doc = method.doc();
        return new IndexedMethod(method.type(), new DocComment(joined(doc.text(), paragraph), doc.parameters()));
    }

    private static IndexedMethod withParameter(IndexedMethod method, String nameAndText) {
        String[] words = nameAndText.split(" ", 2);
        Map<String, String> parameters = new LinkedHashMap<>(method.doc().parameters());
        parameters.merge(words[0], words.length == 2 ? words[1] : "", MethodIndex::joined);
        return new IndexedMethod(method.type(), new DocComment(method.doc().text(), parameters));
    }

    private static String joined(String text, String paragraph) {
        return text.isEmpty() ? paragraph : text + PARAGRAPHS + paragraph;
    }
}
