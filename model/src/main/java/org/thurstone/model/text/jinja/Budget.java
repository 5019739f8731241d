package org.thurstone.model.text.jinja;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Limits the steps and the memory of one rendering of a template. A chat template is a program that comes with a stranger's model: loops within
 * loops, a macro that calls itself twice, or a text that is doubled again and again would run for ever or fill the memory. The limits grow with the
 * conversation and are far above what real templates need (some hundred steps per turn).
 *
 * <p>It is bound to the thread while a template is rendered, so that every operation, however deep, can charge what it costs before it does it.
 */
final class Budget {

    static final ScopedValue<Budget> CURRENT = ScopedValue.newInstance();

    /** The longest template that is read; real ones have at most some ten thousand characters. */
    static final int LONGEST_TEMPLATE = 1_000_000;

    /** The maximum depth of nested expressions, blocks, calls and values. */
    static final int DEEPEST = 200;

    private static final long STEPS = 5_000_000;
    private static final long STEPS_PER_CHARACTER = 64;
    private static final long CHARACTERS = 32_000_000;
    private static final long CHARACTERS_PER_CHARACTER = 256;

    /** Going over texts is so much faster than taking a step. */
    private static final int CHARACTERS_PER_STEP = 16;

    private final long maxSteps;
    private final long maxCharacters;
    private long steps;
    private long characters;
    private int depth;

    private Budget(long input) {
        this.maxSteps = STEPS + STEPS_PER_CHARACTER * input;
        this.maxCharacters = CHARACTERS + CHARACTERS_PER_CHARACTER * input;
    }

    /** A budget for a template with these values. */
    static Budget of(Map<String, ?> values) {
        return new Budget(size(values, 0));
    }

    private static long size(Object value, int depth) {
        if (depth > DEEPEST) {
            return 1;
        }
        long size = 1;
        if (value instanceof String text) {
            size += text.length();
        } else if (value instanceof List<?> list) {
            for (Object item : list) {
                size += size(item, depth + 1);
            }
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                size += size(entry.getKey(), depth + 1) + size(entry.getValue(), depth + 1);
            }
        }
        return size;
    }

    /** Charges steps: an expression worked out, an item gone to. */
    static void step(long count) {
        Budget budget = CURRENT.get();
        budget.steps += count;
        if (budget.steps > budget.maxSteps) {
            throw refusal("takes more than %,d steps", budget.maxSteps);
        }
    }

    /** Charges going over a text. */
    static void read(long length) {
        step(length / CHARACTERS_PER_STEP);
    }

    /** Charges looking for one text in another, at its worst. */
    static void search(String in, String what) {
        step((long) in.length() * Math.max(1, what.length()) / (4 * CHARACTERS_PER_STEP));
    }

    /** Charges characters, or other items, before they are made. */
    static void make(long length) {
        Budget budget = CURRENT.get();
        budget.characters += length;
        if (budget.characters > budget.maxCharacters || length > budget.maxCharacters) {
            throw refusal("makes more than %,d characters", budget.maxCharacters);
        }
        read(length);
    }

    /** Charges count texts of a length. */
    static void make(long count, long length) {
        make(length > 0 && count > Long.MAX_VALUE / length ? Long.MAX_VALUE : count * length);
    }

    /** Charges a value that was made: the characters of a text, or the items of a list. @return the value */
    static Object made(Object value) {
        make(
                switch (value) {
                    case List<?> list -> list.size();
                    case String text -> text.length();
                    default -> 0;
                });
        return value;
    }

    /** Goes one level deeper; {@link #leave} comes back. */
    static void enter() {
        Budget budget = CURRENT.get();
        budget.depth++;
        if (budget.depth > DEEPEST) {
            throw tooDeep();
        }
        step(1);
    }

    static void leave() {
        CURRENT.get().depth--;
    }

    static JinjaException tooDeep() {
        return new JinjaException(
                "the template calls itself without end, or is nested more than " + DEEPEST + " levels deep");
    }

    private static JinjaException refusal(String what, long limit) {
        return new JinjaException(
                "the template " + String.format(Locale.ROOT, what, limit) + ", the limit for this conversation");
    }
}
