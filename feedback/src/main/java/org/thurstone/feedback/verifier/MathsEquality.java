package org.thurstone.feedback.verifier;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Whether two answers are the same mathematics: the same once normalised; the same number, exactly or within a tolerance; the same
 * function of their letters, tried at fixed points; or lists, tuples and intervals whose members are. Lists without brackets and sets
 * in braces may be in any order. A percentage equals its number and its hundredth. Answers that take more than {@link Effort#LIMIT}
 * operations to compare are not equal.
 *
 * @param tolerance relative to the larger of the expected number and 1; at least 0
 */
record MathsEquality(double tolerance) {

    private static final int POINTS = 4;

    boolean equal(String answer, String expected) {
        return equal(answer, expected, new Effort());
    }

    /** @param effort counts what the comparison takes */
    boolean equal(String answer, String expected, Effort effort) {
        try {
            return plainEqual(PlainMaths.of(answer), PlainMaths.of(expected), effort);
        } catch (Effort.Exceeded e) {
            return false;
        }
    }

    private boolean plainEqual(String ours, String theirs, Effort effort) {
        effort.step();
        if (ours.equals(theirs) && !ours.isEmpty()) {
            return true;
        }
        return percentEqual(ours, theirs, effort) || listEqual(ours, theirs, effort) || worded(ours, theirs);
    }

    private boolean percentEqual(String ours, String theirs, Effort effort) {
        boolean weSay = ours.endsWith("%");
        boolean theySay = theirs.endsWith("%");
        String a = ours.replaceAll("\\\\?%$", "");
        String b = theirs.replaceAll("\\\\?%$", "");
        if (valueEqual(a, b, effort)) {
            return true;
        }
        return weSay != theySay
                && (weSay ? valueEqual("(" + a + ")/100", b, effort) : valueEqual(a, "(" + b + ")/100", effort));
    }

    private boolean valueEqual(String ours, String theirs, Effort effort) {
        Optional<Value> a = Evaluation.of(ours, effort);
        Optional<Value> b = Evaluation.of(theirs, effort);
        if (a.isPresent() && b.isPresent()) {
            return a.get().near(b.get(), tolerance);
        }
        return a.isEmpty() && b.isEmpty() && sameFunction(ours, theirs, effort);
    }

    private boolean sameFunction(String ours, String theirs, Effort effort) {
        int told = 0;
        for (int point = 1; point <= POINTS; point++) {
            double shift = point * 0.618033988749895;
            // Positive, irrational-looking and different for every letter, so that roots exist and coincidences do not.
            Optional<Value> a = Evaluation.of(ours, letter -> 0.3 + (letter * shift) % 2.7, effort);
            Optional<Value> b = Evaluation.of(theirs, letter -> 0.3 + (letter * shift) % 2.7, effort);
            if (a.isEmpty() || b.isEmpty()) {
                return false;
            }
            if (Double.isFinite(a.get().toDouble()) && Double.isFinite(b.get().toDouble())) {
                if (!a.get().near(b.get(), 1e-9)) {
                    return false;
                }
                told++;
            }
        }
        return told > 0;
    }

    private boolean listEqual(String ours, String theirs, Effort effort) {
        Members a = Members.of(ours);
        Members b = Members.of(theirs);
        if (!a.brackets().equals(b.brackets())
                || a.members().size() != b.members().size()) {
            return false;
        }
        if (a.members().size() < 2 && a.brackets().isEmpty()) {
            return false;
        }
        return a.ordered() ? inOrder(a.members(), b.members(), effort) : inAnyOrder(a.members(), b.members(), effort);
    }

    private boolean inOrder(List<String> ours, List<String> theirs, Effort effort) {
        for (int i = 0; i < ours.size(); i++) {
            if (!plainEqual(ours.get(i), theirs.get(i), effort)) {
                return false;
            }
        }
        return true;
    }

    private boolean inAnyOrder(List<String> ours, List<String> theirs, Effort effort) {
        List<String> left = new ArrayList<>(theirs);
        BiPredicate<String, String> same = (a, b) -> plainEqual(a, b, effort);
        for (String member : ours) {
            Optional<String> match =
                    left.stream().filter(other -> same.test(member, other)).findFirst();
            if (match.isEmpty()) {
                return false;
            }
            left.remove(match.get());
        }
        return true;
    }

    private static boolean worded(String ours, String theirs) {
        String a = ours.toLowerCase(Locale.ROOT).replaceAll("^\\((.)\\)$", "$1");
        String b = theirs.toLowerCase(Locale.ROOT).replaceAll("^\\((.)\\)$", "$1");
        return !a.isEmpty() && a.chars().allMatch(Character::isLetter) && a.equals(b);
    }

    /** The parts between top-level commas, and the enclosing brackets, if any. */
    private record Members(String brackets, List<String> members) {

        boolean ordered() {
            return !brackets.isEmpty() && !brackets.equals("{}");
        }

        static Members of(String text) {
            String inside = text.replace("\\{", "⟨").replace("\\}", "⟩");
            String brackets = "";
            if (inside.length() >= 2 && closesAtEnd(inside)) {
                brackets = ("" + inside.charAt(0) + inside.charAt(inside.length() - 1))
                        .replace('⟨', '{')
                        .replace('⟩', '}');
                inside = inside.substring(1, inside.length() - 1);
            }
            List<String> members = new ArrayList<>();
            int depth = 0;
            int start = 0;
            for (int i = 0; i < inside.length(); i++) {
                char c = inside.charAt(i);
                depth += "([{⟨".indexOf(c) >= 0 ? 1 : ")]}⟩".indexOf(c) >= 0 ? -1 : 0;
                if (c == ',' && depth == 0) {
                    members.add(restored(inside.substring(start, i)));
                    start = i + 1;
                }
            }
            members.add(restored(inside.substring(start)));
            return new Members(brackets, members);
        }

        private static String restored(String text) {
            return text.replace("⟨", "\\{").replace("⟩", "\\}");
        }

        private static boolean closesAtEnd(String text) {
            if ("([⟨".indexOf(text.charAt(0)) < 0) {
                return false;
            }
            int depth = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                depth += "([⟨".indexOf(c) >= 0 ? 1 : ")]⟩".indexOf(c) >= 0 ? -1 : 0;
                if (depth == 0) {
                    return i == text.length() - 1;
                }
            }
            return false;
        }
    }
}
