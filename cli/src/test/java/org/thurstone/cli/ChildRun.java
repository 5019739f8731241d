package org.thurstone.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thurstone.data.CrashPoint;

/**
 * The command in a process of its own, which can be halted at a {@link CrashPoint}.
 *
 * @param log takes what the process says; overwritten by each
 */
record ChildRun(Path log) {

    private static final Pattern COUNT = Pattern.compile("(write|append|respondent) (\\d+)");

    /** @param counts the crash points that the process reached */
    record Ended(int code, String log, Map<CrashPoint, Long> counts) {}

    /** Runs the command to its end, and counts crash points. */
    Ended run(List<String> arguments) throws IOException, InterruptedException {
        return run(List.of("-Dthurstone.count-crash-points=true"), arguments);
    }

    /** @param place where to halt, such as {@code append:3} */
    Ended run(String place, String... arguments) throws IOException, InterruptedException {
        return run(List.of("-Dthurstone.halt-at=" + place), List.of(arguments));
    }

    /** @param options of Java */
    Ended run(List<String> options, List<String> arguments) throws IOException, InterruptedException {
        return ended(begin(options, arguments));
    }

    /** Begins the command. */
    Process begin(List<String> options, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Short lives: what starts fast is worth more than what runs fast later.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Waits until it ends. */
    Ended ended(Process process) throws IOException, InterruptedException {
        int code = process.waitFor();
        String said = Files.readString(log);
        Map<CrashPoint, Long> counts = new EnumMap<>(CrashPoint.class);
        Matcher count = COUNT.matcher(said.substring(Math.max(0, said.lastIndexOf("crash points: "))));
        while (count.find()) {
            counts.put(CrashPoint.valueOf(count.group(1).toUpperCase(Locale.ROOT)), Long.parseLong(count.group(2)));
        }
        return new Ended(code, said, counts);
    }
}
