package org.thurstone.model.text.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thurstone.model.text.jinja.Token.Kind;

/**
 * Cuts a template into tokens. Blocks and comments are trimmed as {@code transformers} sets Jinja up ({@code trim_blocks},
 * {@code lstrip_blocks}): a line break right after one, and blanks between the start of the line and one, belong to the tag. A minus sign
 * inside a tag's brackets takes all white space on that side, a plus sign none.
 */
final class Lexer {

    private static final Pattern OPENING = Pattern.compile("\\{([%{#])([-+]?)");
    private static final Pattern RAW =
            Pattern.compile("([-+]?)%\\}(.*?)\\{%([-+]?)\\s*endraw\\s*([-+]?)%\\}", Pattern.DOTALL);
    private static final Pattern RAW_TAG = Pattern.compile("[-+]?%\\}");
    private static final Pattern TOKEN = Pattern.compile(
            "(?<space>\\s+)"
                    + "|(?<float>\\d[\\d_]*(?:\\.\\d+(?:[eE][-+]?\\d+)?|[eE][-+]?\\d+))|(?<integer>\\d[\\d_]*)"
                    + "|(?<name>[\\p{L}_][\\p{L}\\p{N}_]*)"
                    + "|(?<string>'(?:[^'\\\\]|\\\\.)*+'|\"(?:[^\"\\\\]|\\\\.)*+\")"
                    + "|(?<operator>\\*\\*|//|==|!=|<=|>=|[-+*/%~<>=()\\[\\]{},.:|])",
            Pattern.DOTALL);

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private boolean startsLine = true;

    private Lexer(String source) {
        String unix = source.replace("\r\n", "\n").replace('\r', '\n');
        this.source = unix.endsWith("\n") ? unix.substring(0, unix.length() - 1) : unix;
    }

    static List<Token> tokens(String source) {
        return new Lexer(source).all();
    }

    private List<Token> all() {
        Matcher opening = OPENING.matcher(source);
        while (opening.find(at)) {
            boolean print = opening.group(1).equals("{");
            data(source.substring(at, opening.start()), opening.group(2), print);
            advance(opening.end());
            switch (opening.group(1)) {
                case "#" -> comment();
                case "{" -> tag(Kind.PRINT_BEGIN, Kind.PRINT_END, "}}");
                default -> {
                    if (!raw()) {
                        tag(Kind.BLOCK_BEGIN, Kind.BLOCK_END, "%}");
                    }
                }
            }
        }
        add(Kind.DATA, source.substring(at));
        tokens.add(new Token(Kind.END, "the end of the template", line));
        return tokens;
    }

    /** Text up to a tag, less what the tag takes of it. */
    private void data(String text, String sign, boolean print) {
        String kept = text;
        if (sign.equals("-")) {
            kept = text.stripTrailing();
        } else if (!print && !sign.equals("+")) {
            int lineStart = text.lastIndexOf('\n') + 1;
            if ((lineStart > 0 || startsLine) && blank(text.substring(lineStart))) {
                kept = text.substring(0, lineStart);
            }
        }
        add(Kind.DATA, kept);
    }

    private static boolean blank(String text) {
        return text.chars().allMatch(c -> c == ' ' || c == '\t');
    }

    private void comment() {
        int end = source.indexOf("#}", at);
        if (end < 0) {
            throw JinjaException.at(line, "a comment {# has no end #}");
        }
        String sign = end > at ? source.substring(end - 1, end) : "";
        advance(end + 2);
        trim(sign, true);
    }

    /** Takes what a tag takes of the text behind it. */
    private void trim(String sign, boolean block) {
        int end = at;
        if (sign.equals("-")) {
            while (end < source.length() && Character.isWhitespace(source.charAt(end))) {
                end++;
            }
        } else if (block && !sign.equals("+") && source.startsWith("\n", at)) {
            end++;
        }
        startsLine = end > at && source.charAt(end - 1) == '\n';
        advance(end);
    }

    /** Reads {@code raw … endraw} behind an opening bracket, if that is what follows. */
    private boolean raw() {
        int word = at;
        while (word < source.length() && Character.isWhitespace(source.charAt(word))) {
            word++;
        }
        if (!source.startsWith("raw", word)) {
            return false;
        }
        int after = word + 3;
        while (after < source.length() && Character.isWhitespace(source.charAt(after))) {
            after++;
        }
        Matcher raw = RAW.matcher(source);
        if (!RAW_TAG.matcher(source).region(after, source.length()).lookingAt()) {
            return false;
        }
        if (!raw.region(after, source.length()).lookingAt()) {
            throw JinjaException.at(line, "a block has no end: endraw is missing");
        }
        advance(raw.start(2));
        trim(raw.group(1), true);
        String inside = source.substring(Math.min(at, raw.end(2)), raw.end(2));
        data(inside, raw.group(3), false);
        advance(raw.end());
        trim(raw.group(4), true);
        return true;
    }

    private void tag(Kind begin, Kind end, String closing) {
        add(begin, begin == Kind.PRINT_BEGIN ? "{{" : "{%");
        Matcher token = TOKEN.matcher(source);
        int depth = 0;
        while (true) {
            boolean signed = source.startsWith("-" + closing, at) || source.startsWith("+" + closing, at);
            if (depth == 0 && (signed || source.startsWith(closing, at))) {
                String sign = signed ? source.substring(at, at + 1) : "";
                add(end, closing);
                advance(at + sign.length() + closing.length());
                trim(sign, end == Kind.BLOCK_END);
                return;
            }
            if (at >= source.length()) {
                throw JinjaException.at(line, "a tag has no end " + closing);
            }
            if (!token.region(at, source.length()).lookingAt()) {
                throw JinjaException.at(line, "\"" + source.charAt(at) + "\" is not expected here");
            }
            depth += depth(token.group());
            one(token);
            advance(token.end());
        }
    }

    private static int depth(String text) {
        return switch (text) {
            case "(", "[", "{" -> 1;
            case ")", "]", "}" -> -1;
            default -> 0;
        };
    }

    private void one(Matcher token) {
        for (Kind kind : List.of(Kind.FLOAT, Kind.INTEGER, Kind.NAME, Kind.STRING, Kind.OPERATOR)) {
            String text = token.group(kind.name().toLowerCase(java.util.Locale.ROOT));
            if (text != null) {
                add(
                        kind,
                        switch (kind) {
                            case STRING -> Strings.unescape(text.substring(1, text.length() - 1), line);
                            case FLOAT, INTEGER -> text.replace("_", "");
                            default -> text;
                        });
            }
        }
    }

    private void add(Kind kind, String text) {
        if (kind != Kind.DATA || !text.isEmpty()) {
            tokens.add(new Token(kind, text, line));
        }
    }

    private void advance(int to) {
        for (int i = at; i < to; i++) {
            if (source.charAt(i) == '\n') {
                line++;
            }
        }
        if (to > at) {
            startsLine = source.charAt(to - 1) == '\n';
        }
        at = to;
    }
}
