package org.thurstone.feedback.verifier.instruction;

import java.util.ArrayList;
import java.util.List;

/** There are two different answers, separated by six asterisks. */
public record TwoAnswers() implements Instruction {

    public static final String KIND = "combination:two_responses";

    @Override
    public boolean holds(String answer) {
        String[] parts = answer.split("\\*{6}", -1);
        List<String> filled = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            if (!Characters.isBlank(parts[i])) {
                filled.add(Characters.strip(parts[i]));
            } else if (i > 0 && i < parts.length - 1) {
                return false;
            }
        }
        return filled.size() == 2 && !filled.get(0).equals(filled.get(1));
    }

    @Override
    public String kind() {
        return KIND;
    }
}
