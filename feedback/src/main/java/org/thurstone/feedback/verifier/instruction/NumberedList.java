package org.thurstone.feedback.verifier.instruction;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** There is a list of exactly so many lines that begin with 1., 2., and so on. */
public record NumberedList(int number) implements Instruction {

    public static final String KIND = "detectable_format:numbered_list";

    private static final Pattern ITEM = Pattern.compile("^\\s*(\\d{1,4})[.)]\\s+\\S", Characters.FLAGS);

    @Override
    public boolean holds(String answer) {
        List<Integer> found = ITEM.matcher(answer)
                .results()
                .map(item -> Integer.valueOf(item.group(1)))
                .toList();
        return found.equals(IntStream.rangeClosed(1, number).boxed().toList());
    }

    @Override
    public String kind() {
        return KIND;
    }
}
