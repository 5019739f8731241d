package org.thurstone.data.content;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thurstone.data.Content;
import org.thurstone.recipe.Method;

/**
 * Tokens in order: a path through a vocabulary, a tree or a graph.
 *
 * @param tokens ids, at least 0; may be none
 * @param pieces the text of each token
 */
@Method(name = "token-path", kind = "content", summary = "tokens in order, each an id, with pieces for people")
public record TokenPath(List<Integer> tokens, Optional<List<String>> pieces) implements Content {

    public TokenPath {
        tokens = List.copyOf(tokens);
        pieces = pieces.map(List::copyOf);
        for (int token : tokens) {
            if (token < 0) {
                throw new IllegalArgumentException("tokens are ids of at least 0, not " + token);
            }
        }
        if (pieces.isPresent() && pieces.get().size() != tokens.size()) {
            throw new IllegalArgumentException("pieces are one for each token; there are " + tokens.size()
                    + " tokens and " + pieces.get().size() + " pieces");
        }
    }

    /** Without pieces. */
    public static TokenPath of(int... tokens) {
        return new TokenPath(Arrays.stream(tokens).boxed().toList(), Optional.empty());
    }

    /** The pieces, or else the ids: {@code 5 9 2}. */
    @Override
    public Optional<String> summary() {
        return Optional.of(pieces.map(all -> String.join("", all))
                .orElseGet(() -> tokens.stream().map(String::valueOf).collect(Collectors.joining(" "))));
    }
}
