package org.thurstone.recipe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the author of a record wrote above it, for people who want a method in full. A jar carries its sources under
 * {@code META-INF/sources}, so that the words are the source's own and cannot fall behind it; of a jar without them nothing is said.
 *
 * @param text paragraphs with an empty line between two; code stands in backquotes
 * @param parameters what each component is, by its name in recipes; those that are not spoken of are left out
 */
public record DocComment(String text, Map<String, String> parameters) {

    private static final String SOURCES = "META-INF/sources/";
    private static final Pattern STRING = Pattern.compile("\"(?:\\\\.|[^\"\\\\\n])*+\"");
    private static final Pattern TAG = Pattern.compile("\\{@(\\w+)\\s+([^{}]*)}");
    private static final Pattern PARAMETER = Pattern.compile("param\\s+(\\w+)\\s+(.*)", Pattern.DOTALL);

    /** Of a record whose jar has its sources. */
    public static Optional<DocComment> of(Class<?> type) {
        String file = type.getName().replaceFirst("\\$.*", "").replace('.', '/') + ".java";
        ClassLoader loader = Optional.ofNullable(type.getClassLoader()).orElseGet(ClassLoader::getSystemClassLoader);
        try (InputStream in = loader.getResourceAsStream(SOURCES + file)) {
            return in == null
                    ? Optional.empty()
                    : in(new String(in.readAllBytes(), StandardCharsets.UTF_8), type.getSimpleName());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of the record of this name in the text of a source file; nothing where it has no comment or is not there. */
    public static Optional<DocComment> in(String source, String record) {
        Matcher declared = Pattern.compile("\\brecord\\s+" + Pattern.quote(record) + "\\b\\s*[(<]")
                .matcher(source);
        if (!declared.find()) {
            return Optional.empty();
        }
        int end = source.lastIndexOf("*/", declared.start());
        int start = end < 0 ? -1 : source.lastIndexOf("/**", end);
        if (start < 0) {
            return Optional.empty();
        }
        // Only annotations stand between a comment and what it is about; a statement there says that it is of something
        // else.
        String between =
                STRING.matcher(source.substring(end + 2, declared.start())).replaceAll("");
        return between.contains(";") ? Optional.empty() : Optional.of(parse(source.substring(start + 3, end)));
    }

    private static DocComment parse(String comment) {
        String plain =
                comment.lines().map(line -> line.replaceFirst("^\\s*\\* ?", "")).reduce("", (a, b) -> a + "\n" + b);
        String[] blocks = plain.split("\n\\s*@(?=\\w+\\s)");
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 1; i < blocks.length; i++) {
            Matcher parameter = PARAMETER.matcher(blocks[i]);
            if (parameter.matches()) {
                parameters.put(Names.kebab(parameter.group(1)), words(parameter.group(2)));
            }
        }
        return new DocComment(words(blocks[0]), parameters);
    }

    /** Tags and markup into plain words, a paragraph a line. */
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

    /** {@code code} in backquotes, the last part of what a link goes to, or the words that it goes by. */
    private static String inline(String tag, String content) {
        return switch (tag) {
            case "code" -> "`" + content + "`";
            case "link", "linkplain" -> {
                String[] targetAndLabel = content.split("\\s+", 2);
                yield targetAndLabel.length == 2
                        ? targetAndLabel[1]
                        : "`" + targetAndLabel[0].replaceFirst("\\(.*", "").replaceFirst(".*[.#]", "") + "`";
            }
            default -> content;
        };
    }
}
