package org.thurstone.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the documents as something to be run. A fenced block with a file name after its language is a file; a block {@code sh} has commands, of
 * which those that start with {@code thurstone} are run. Before a block of commands, {@code <!-- small: OPTIONS -->} makes them small, and
 * {@code <!-- answered: FILE -->} fills in a file of exported questions first. dev/run-docs reads pages in the same way, and makes nothing small.
 *
 * @param files content by name
 */
record Page(String name, Map<String, String> files, List<Step> steps) {

    /** @param answered questions to fill in before the command, or empty */
    record Step(int line, List<String> arguments, int code, String answered) {}

    private static final Pattern FENCE = Pattern.compile("```(\\w*)(?: (\\S+))?");
    private static final Pattern HINT = Pattern.compile("<!-- (small|answered): (.*) -->");
    private static final Pattern CODE = Pattern.compile("#.*exit code (\\d+)");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    static Page read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        Map<String, String> files = new LinkedHashMap<>();
        List<Step> steps = new ArrayList<>();
        String small = "";
        String answered = "";
        for (int i = 0; i < lines.size(); i++) {
            Matcher hint = HINT.matcher(lines.get(i));
            if (hint.matches()) {
                if (hint.group(1).equals("small")) {
                    small = hint.group(2);
                } else {
                    answered = hint.group(2);
                }
            }
            Matcher fence = FENCE.matcher(lines.get(i));
            if (!fence.matches()) {
                continue;
            }
            int begin = i + 1;
            do {
                i++;
            } while (!lines.get(i).equals("```"));
            if (fence.group(2) != null) {
                files.put(fence.group(2), String.join("\n", lines.subList(begin, i)) + "\n");
            } else if (fence.group(1).equals("sh")) {
                for (int k = begin; k < i; k++) {
                    if (lines.get(k).startsWith("thurstone ")) {
                        steps.add(step(k + 1, lines.get(k), small, answered));
                        answered = "";
                    }
                }
                small = "";
            }
        }
        return new Page(file.getFileName().toString(), files, steps);
    }

    private static Step step(int line, String command, String small, String answered) {
        Matcher code = CODE.matcher(command);
        int expected = code.find() ? Integer.parseInt(code.group(1)) : 0;
        List<String> arguments = new ArrayList<>(words(command.replaceFirst("\\s#.*", "")));
        arguments.removeFirst();
        arguments.addAll(words(small));
        return new Step(line, List.copyOf(arguments), expected, answered);
    }

    private static List<String> words(String text) {
        return WORD.matcher(text)
                .results()
                .map(w -> w.group(1) != null ? w.group(1) : w.group(2) != null ? w.group(2) : w.group(3))
                .toList();
    }
}
