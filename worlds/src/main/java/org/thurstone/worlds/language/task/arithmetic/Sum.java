package org.thurstone.worlds.language.task.arithmetic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sum of several operands with mixed signs, whose partial sums all lie in 0 … limit − 1.
 *
 * @param operands signed: the first positive, the others added
 */
record Sum(List<Integer> operands) {

    private static final Pattern PROMPT = Pattern.compile("(\\d+(?:[+-]\\d+)*):");
    private static final Pattern TERM = Pattern.compile("[+-]?\\d+");

    public Sum {
        operands = List.copyOf(operands);
    }

    /** Draws until every partial sum is in range: operands from 1 to {@code largest}, signs even. */
    public static Sum draw(int fewest, int most, int largest, int limit, RandomGenerator random) {
        while (true) {
            int count = random.nextInt(fewest, most + 1);
            List<Integer> operands = new ArrayList<>();
            int sum = 0;
            boolean inside = true;
            for (int i = 0; i < count && inside; i++) {
                int operand = random.nextInt(1, largest + 1) * (i > 0 && random.nextBoolean() ? -1 : 1);
                operands.add(operand);
                sum += operand;
                inside = sum >= 0 && sum < limit;
            }
            if (inside) {
                return new Sum(operands);
            }
        }
    }

    /** Reads what {@link #prompt()} writes. */
    public static Optional<Sum> parse(String prompt) {
        Matcher whole = PROMPT.matcher(prompt);
        if (!whole.matches()) {
            return Optional.empty();
        }
        List<Integer> operands = new ArrayList<>();
        Matcher terms = TERM.matcher(whole.group(1));
        while (terms.find()) {
            operands.add(Integer.parseInt(terms.group()));
        }
        return Optional.of(new Sum(operands));
    }

    /** {@code 12+7-5:} */
    public String prompt() {
        StringBuilder text = new StringBuilder();
        for (int operand : operands) {
            text.append(operand >= 0 && !text.isEmpty() ? "+" : "").append(operand);
        }
        return text.append(':').toString();
    }

    public int answer() {
        return operands.stream().mapToInt(Integer::intValue).sum();
    }

    /** {@code 12+7=19-5=14#14}: the right derivation. */
    public String derivation() {
        return derivation((sum, operand) -> sum + operand);
    }

    /** A step of a derivation: the next partial sum, given a partial sum and an operand. */
    interface Step {
        int apply(int sum, int operand);
    }

    String derivation(Step step) {
        StringBuilder text = new StringBuilder().append(operands.getFirst());
        int sum = operands.getFirst();
        for (int operand : operands.subList(1, operands.size())) {
            sum = step.apply(sum, operand);
            text.append(operand < 0 ? "" : "+").append(operand).append('=').append(sum);
        }
        return text.append('#').append(sum).toString();
    }
}
