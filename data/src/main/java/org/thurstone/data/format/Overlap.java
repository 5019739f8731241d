package org.thurstone.data.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.thurstone.data.Message;
import org.thurstone.data.Role;

/**
 * Puts turns before a conversation that may repeat them, as a {@code prompt} next to whole conversations does. White space and case do not tell
 * turns apart, nor does it matter whether a system turn is a turn of its own or the first lines of the user's.
 */
final class Overlap {

    private Overlap() {}

    /**
     * The turns with what stands before them, each once.
     *
     * @throws BadRow if both would have the user speak twice in a row
     */
    static List<Message> joined(List<Message> before, List<Message> turns) {
        if (before.stream()
                        .allMatch(turn ->
                                turn.content().isBlank() && turn.details().isEmpty())
                || repeats(turns, before)) {
            return turns;
        }
        List<Message> joined = new ArrayList<>(before);
        joined.addAll(turns.subList(shared(before, turns), turns.size()));
        for (int i = 1; i < joined.size(); i++) {
            if (joined.get(i).role() == Role.USER
                    && i == before.size()
                    && joined.get(i - 1).role() == Role.USER) {
                throw new BadRow(
                        "the prompt is not the first turn of the conversation, and both are turns of the user");
            }
        }
        return joined;
    }

    /** Whether some neighbouring turns say what the others say. */
    static boolean repeats(List<Message> turns, List<Message> before) {
        String said = bare(before);
        Role last = before.getLast().role();
        for (int from = 0; from < turns.size(); from++) {
            for (int to = from + 1; to <= turns.size(); to++) {
                Message end = turns.get(to - 1);
                if (end.role() == last && (bare(turns.subList(from, to)).equals(said) || endsWith(end, before))) {
                    return true;
                }
            }
        }
        return false;
    }

    static boolean same(Message a, Message b) {
        return a.role() == b.role()
                && a.details().equals(b.details())
                && bare(List.of(a)).equals(bare(List.of(b)));
    }

    /** The number of turns at the end of the first list that begin the second. */
    private static int shared(List<Message> before, List<Message> turns) {
        for (int count = Math.min(before.size(), turns.size()); count > 0; count--) {
            List<Message> end = before.subList(before.size() - count, before.size());
            boolean same = true;
            for (int i = 0; i < count; i++) {
                same &= same(end.get(i), turns.get(i)) || (i == 0 && endsWith(end.get(i), turns.subList(0, 1)));
            }
            if (same) {
                return count;
            }
        }
        return 0;
    }

    /** Whether the last lines of a turn are what another one says. */
    private static boolean endsWith(Message turn, List<Message> other) {
        return other.size() == 1
                && other.getFirst().role() == turn.role()
                && turn.content()
                        .strip()
                        .endsWith("\n" + other.getFirst().content().strip());
    }

    /** The content of a turn without white space and in lower case; tool calls and other details as they are. */
    private static String bare(List<Message> turns) {
        return turns.stream()
                .map(turn -> turn.content()
                                .codePoints()
                                .filter(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c))
                                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                                .toString()
                                .toLowerCase(Locale.ROOT)
                        + (turn.details().isEmpty() ? "" : turn.details()))
                .collect(Collectors.joining());
    }
}
