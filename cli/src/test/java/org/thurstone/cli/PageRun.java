package org.thurstone.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Runs the commands of pages in the directory in which this process was started, and prints a line per command. A process of its own, since
 * pages name files relative to where they are run.
 */
final class PageRun {

    private PageRun() {}

    /** Arguments: pages. */
    public static void main(String[] args) throws IOException {
        TinyModel.ofCharacters(Path.of("model"));
        for (String arg : args) {
            Page page = Page.read(Path.of(arg));
            for (Map.Entry<String, String> file : page.files().entrySet()) {
                Files.writeString(Path.of(file.getKey()), file.getValue());
            }
            for (Page.Step step : page.steps()) {
                if (!step.answered().isEmpty()) {
                    fillIn(Path.of(step.answered()));
                }
                long begin = System.nanoTime();
                Shell shell = Shell.run(step.arguments().toArray(String[]::new));
                boolean fine = shell.code() == step.code();
                System.out.printf(
                        "%s:%d: %s (%d ms)%n",
                        page.name(),
                        step.line(),
                        fine ? "fine" : "exit code " + shell.code() + ", not " + step.code(),
                        (System.nanoTime() - begin) / 1_000_000);
                if (!fine) {
                    System.out.println(shell.err().lines().map(l -> "  " + l).collect(Collectors.joining("\n")));
                }
            }
        }
    }

    private static void fillIn(Path questions) throws IOException {
        String text = Files.readString(questions);
        Files.writeString(questions, text.replaceAll("\"preference\":\\s*(null|\"\")", "\"preference\":\"left\""));
    }
}
