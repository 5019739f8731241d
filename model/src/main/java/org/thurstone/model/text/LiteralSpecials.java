package org.thurstone.model.text;

import java.security.SecureRandom;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Tells special tokens that are spelled out in a message from those that a chat template writes.
 *
 * <p>What is said is marked before it is rendered: a guard is put into every special token that it spells. In the rendered text the tokens that are
 * still whole are the template's. They are replaced by names that nothing else spells, and the guards are taken out; a tokenizer that knows the special
 * tokens by these names only then reads the whole text at once, so that everything else is tokenised as it would be.
 *
 * <p>Guards and names are random characters of Unicode's private use area, so that no text can forge them.
 */
final class LiteralSpecials {

    private static final int LENGTH = 12;
    private static final int FIRST = 0xE000;
    private static final int LAST = 0xF8FF;

    private final String guard;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Pattern spelled;

    /** @param specials spellings of the special tokens */
    LiteralSpecials(List<String> specials) {
        SecureRandom random = new SecureRandom();
        this.guard = name(random);
        // The longest first: one may begin another.
        List<String> ordered = specials.stream()
                .filter(special -> special.codePointCount(0, special.length()) > 1)
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .toList();
        ordered.forEach(special -> names.put(special, name(random)));
        this.spelled = Pattern.compile(ordered.stream().map(Pattern::quote).collect(Collectors.joining("|")));
    }

    private static String name(SecureRandom random) {
        return random.ints(LENGTH, FIRST, LAST + 1)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    /** The text with a guard in every special token that it spells. */
    String guarded(String text) {
        if (names.isEmpty()) {
            return text;
        }
        String found = text;
        for (Matcher match = spelled.matcher(found); match.find(); match = spelled.matcher(found)) {
            StringBuilder out = new StringBuilder();
            match.reset();
            while (match.find()) {
                int second = match.group().offsetByCodePoints(0, 1);
                match.appendReplacement(
                        out,
                        Matcher.quoteReplacement(match.group().substring(0, second)
                                + guard
                                + match.group().substring(second)));
            }
            match.appendTail(out);
            found = out.toString();
        }
        return found;
    }

    boolean isGuarded(String text) {
        return text.contains(guard);
    }

    /** The text without guards. */
    String plain(String text) {
        return text.replace(guard, "");
    }

    /** A text for the tokenizer that knows special tokens by their names. */
    String named(String text) {
        return plain(spelled.matcher(text).replaceAll(match -> Matcher.quoteReplacement(names.get(match.group()))));
    }

    /** The {@code tokenizer.json} of the tokenizer that knows special tokens by their names. */
    JsonNode renamed(JsonNode tokenizer) {
        ObjectNode json = (ObjectNode) tokenizer.deepCopy();
        for (JsonNode added : json.path("added_tokens")) {
            rename(added, "content");
        }
        JsonNode model = json.path("model");
        rename(model, "unk_token");
        JsonNode vocabulary = model.path("vocab");
        if (vocabulary instanceof ObjectNode ids) {
            for (Map.Entry<String, String> special : names.entrySet()) {
                JsonNode id = ids.remove(special.getKey());
                if (id != null) {
                    ids.set(special.getValue(), id);
                }
            }
        } else if (vocabulary instanceof ArrayNode pieces) {
            for (JsonNode piece : pieces) {
                String name = names.get(piece.path(0).asString(""));
                if (name != null && piece instanceof ArrayNode pair) {
                    pair.set(0, StringNode.valueOf(name));
                }
            }
        }
        return json;
    }

    private void rename(JsonNode parent, String key) {
        String name = names.get(parent.path(key).asString(""));
        if (name != null && parent instanceof ObjectNode object) {
            object.put(key, name);
        }
    }
}
