package org.thurstone.recipe.index;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The doc comment of a record, as plain text.
 *
 * @param text paragraphs with an empty line between two; code stands in backquotes
 * @param parameters what each component is, by its name in Java and in the order of the comment; undocumented ones are left out
 */
public record DocComment(String text, Map<String, String> parameters) {

    /** The comment of a record without a doc comment. */
    public static final DocComment NONE = new DocComment("", Map.of());

    private static final Pattern TAG = Pattern.compile("\\{@(\\w+)\\s+([^{}]*)}");
    private static final Pattern PARAMETER = Pattern.compile("param\\s+(\\w+)\\s+(.*)", Pattern.DOTALL);
    private static final Pattern MARKDOWN_LINK =
            Pattern.compile("\\[([^\\[\\]]+)]\\[[^\\[\\]]+]|\\[([\\w.$#]+(?:\\([^()]*\\))?)]");

    public DocComment {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** Parses a comment as the compiler provides it: without delimiters and without the asterisks at the beginning of its lines. */
    public static DocComment of(String comment) {
        return parse(comment);
    }

    /** Parses a Markdown comment (lines that begin with three slashes), as the compiler provides it. */
    public static DocComment ofMarkdown(String comment) {
        StringBuilder linked = new StringBuilder();
        // Every other piece between backquotes is code, in which brackets are brackets.
        String[] pieces = comment.split("`", -1);
        for (int i = 0; i < pieces.length; i++) {
            linked.append(i == 0 ? "" : "`").append(i % 2 == 1 ? pieces[i] : unlinked(pieces[i]));
        }
        return parse(linked.toString());
    }

    private static String unlinked(String text) {
        return MARKDOWN_LINK
                .matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement(m.group(1) == null ? named(m.group(2)) : m.group(1)));
    }

    private static DocComment parse(String comment) {
        String[] blocks = ("\n" + comment).split("\n\\s*@(?=\\w+\\s)");
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 1; i < blocks.length; i++) {
            Matcher parameter = PARAMETER.matcher(blocks[i]);
            if (parameter.matches()) {
                parameters.put(parameter.group(1), words(parameter.group(2)));
            }
        }
        return new DocComment(words(blocks[0]), parameters);
    }

    /** Tags and markup into plain words, a paragraph per line. */
    private static String words(String text) {
        String untagged = TAG.matcher(text)
                .replaceAll(m ->
                        Matcher.quoteReplacement(inline(m.group(1), m.group(2).strip())));
        String[] paragraphs = untagged.split("\n\\s*\n|<p>");
        StringBuilder words = new StringBuilder();
        for (String paragraph : paragraphs) {
            String flat = paragraph
                    .replaceAll("</?[a-zA-Z]+>", "")
                    .replaceAll("\\s+", " ")
                    .strip();
            if (!flat.isEmpty()) {
                words.append(words.isEmpty() ? "" : "\n\n").append(flat);
            }
        }
        return words.toString().replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    /** {@code code} in backquotes, the last part of what a link goes to, or the link's label. */
    private static String inline(String tag, String content) {
        return switch (tag) {
            case "code" -> "`" + content + "`";
            case "link", "linkplain" -> {
                String[] targetAndLabel = content.split("\\s+", 2);
                yield targetAndLabel.length == 2 ? targetAndLabel[1] : named(targetAndLabel[0]);
            }
            default -> content;
        };
    }

    /** The last part of {@code org.a.B#c(int)}: {@code c}. */
    private static String named(String target) {
        return "`" + target.replaceFirst("\\(.*", "").replaceFirst(".*[.#]", "") + "`";
    }
}
