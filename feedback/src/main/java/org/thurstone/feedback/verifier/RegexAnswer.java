package org.thurstone.feedback.verifier;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.thurstone.data.UserError;
import org.thurstone.recipe.Method;

/**
 * The answer captured by a regular expression: its first group (or, without groups, the whole match) in the last match, compared by exact match.
 *
 * @param pattern a Java regular expression; {@code .} matches no line break unless it begins with {@code (?s)}
 */
@Method(name = "regex", kind = "verifier", summary = "the answer captured by a regular expression")
public record RegexAnswer(String pattern) implements AnswerCheck {

    public RegexAnswer {
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new UserError("\"%s\" is not a regular expression: %s".formatted(pattern, e.getMessage()), e);
        }
    }

    @Override
    public Verdict check(String completion, String expected) {
        Matcher matcher = Pattern.compile(pattern).matcher(completion);
        Optional<String> answer = Optional.empty();
        while (matcher.find()) {
            answer = Optional.ofNullable(matcher.group(Math.min(1, matcher.groupCount())));
        }
        return answer.map(String::strip)
                .map(found -> Verdict.compared(found.equals(expected.strip()), found, expected))
                .orElseGet(() -> Verdict.none("nothing in the completion matches " + pattern));
    }
}
