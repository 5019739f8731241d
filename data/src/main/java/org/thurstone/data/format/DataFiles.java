package org.thurstone.data.format;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thurstone.data.Count;
import org.thurstone.data.UserError;

/**
 * Finds the files that a user named: by path, by a pattern such as {@code data/*.jsonl}, or by folder. Of a folder in Hugging Face's layout
 * (files in it or in its {@code data/}, named by split, perhaps in shards) the split {@code train} is taken; of another folder all files of rows.
 *
 * @param files at least one, in the order given; those of one pattern or folder by name
 * @param remarks what a user should know of the choice: shards that were not named, splits that were not taken
 */
public record DataFiles(List<Path> files, List<String> remarks) {

    private static final Pattern SHARD = Pattern.compile("(.+)-(\\d{5})-of-(\\d{5})(?:-[0-9a-f]+)?(\\..+)");

    private static final Pattern ROWS =
            Pattern.compile(".*\\.(jsonl|json|ndjson|csv|tsv|parquet)(\\.gz)?", Pattern.CASE_INSENSITIVE);

    /** Files of a data set that hold no rows. */
    private static final Set<String> DESCRIPTIONS = Set.of("dataset_info.json", "dataset_infos.json", "state.json");

    private static final String TRAIN = "train";

    public DataFiles {
        files = List.copyOf(files);
        remarks = List.copyOf(remarks);
    }

    /** @throws UserError if a pattern matches nothing, a folder has no rows, a shard is missing, or a file is named twice */
    public static DataFiles of(List<String> given) {
        return of(given, Use.TRAINING);
    }

    /** Finds files of held-out examples: of a folder, the test or validation split is used. */
    public static DataFiles heldOut(String given) {
        return of(List.of(given), Use.HOLDING_OUT);
    }

    /**
     * The purpose of a split.
     *
     * @param splits the words in the names of such splits
     */
    private record Use(String words, Set<String> splits) {

        private static final Use TRAINING = new Use("for training", Set.of(TRAIN, "training"));

        private static final Use HOLDING_OUT =
                new Use("to hold out", Set.of("test", "validation", "valid", "val", "dev", "eval", "evaluation"));

        boolean isFor(String split) {
            return Stream.of(split.toLowerCase(Locale.ROOT).split("[^\\p{Alnum}]+"))
                    .anyMatch(splits::contains);
        }
    }

    private static DataFiles of(List<String> given, Use use) {
        List<Path> files = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        for (String name : given) {
            Optional<Path> path = existing(name);
            if (path.filter(Files::isDirectory).isPresent()) {
                folder(path.get(), use, files, remarks);
            } else if (path.isEmpty() && isPattern(name)) {
                List<Path> matching = matching(name);
                requireShards(matching);
                files.addAll(matching);
            } else {
                Path file = Path.of(name);
                files.add(file);
                shard(file, given).ifPresent(remarks::add);
            }
        }
        Set<Path> seen = new HashSet<>();
        for (Path file : files) {
            if (!seen.add(file.toAbsolutePath().normalize())) {
                throw new UserError(file + " is named twice");
            }
        }
        return new DataFiles(files, remarks);
    }

    /** The names of the files, short where they differ, for messages and ids. */
    public Map<Path, String> names() {
        Map<String, Long> counts = files.stream()
                .collect(Collectors.groupingBy(f -> f.getFileName().toString(), Collectors.counting()));
        Map<Path, String> names = new TreeMap<>();
        files.forEach(f -> {
            String name = f.getFileName().toString();
            names.put(f, counts.getOrDefault(name, 0L) == 1 ? name : f.toString());
        });
        return names;
    }

    private static Optional<Path> existing(String name) {
        try {
            return Optional.of(Path.of(name)).filter(Files::exists);
        } catch (InvalidPathException e) {
            return Optional.empty(); // a pattern may hold what no path can
        }
    }

    private static boolean isPattern(String name) {
        return name.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    }

    private static List<Path> matching(String pattern) {
        int special = 0;
        while ("*?[{".indexOf(pattern.charAt(special)) < 0) {
            special++;
        }
        int slash = pattern.lastIndexOf('/', special);
        Path root = Path.of(slash < 0 ? "" : slash == 0 ? "/" : pattern.substring(0, slash));
        String rest = pattern.substring(slash + 1);
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + rest);
        int depth = rest.contains("**")
                ? Integer.MAX_VALUE
                : (int) rest.chars().filter(c -> c == '/').count() + 1;
        try (Stream<Path> all = Files.walk(root.toString().isEmpty() ? Path.of(".") : root, depth)) {
            Path base = root.toString().isEmpty() ? Path.of(".") : root;
            List<Path> matching = all.filter(Files::isRegularFile)
                    .map(base::relativize)
                    .filter(matcher::matches)
                    .filter(file -> !hidden(file))
                    .sorted()
                    .map(root::resolve)
                    .toList();
            if (matching.isEmpty()) {
                throw new UserError("no file matches " + pattern);
            }
            return matching;
        } catch (IOException e) {
            throw new UserError("no file matches " + pattern + ": there is no directory " + root, e);
        }
    }

    private static boolean hidden(Path file) {
        return file.getFileName().toString().startsWith(".");
    }

    private static void folder(Path folder, Use use, List<Path> files, List<String> remarks) {
        List<Path> rows = rows(folder);
        if (rows.isEmpty()) {
            rows = rows(folder.resolve("data"));
        }
        if (rows.isEmpty()) {
            throw new UserError(
                    folder + " has no files of rows (.jsonl, .json, .csv, .tsv, .parquet), nor has a folder data in it"
                            + (holdsArrow(folder)
                                    ? "; Arrow files are not read: write the data set with to_parquet or to_json"
                                    : "")
                            + "; name the files, or a pattern such as " + folder + "/**.parquet");
        }
        Map<String, List<Path>> splits =
                rows.stream().collect(Collectors.groupingBy(DataFiles::split, TreeMap::new, Collectors.toList()));
        List<String> wanted = splits.keySet().stream().filter(use::isFor).toList();
        if (wanted.isEmpty()
                && splits.keySet().stream()
                        .anyMatch(split -> Use.TRAINING.isFor(split) || Use.HOLDING_OUT.isFor(split))) {
            throw new UserError(folder + " has no split " + use.words + ", only " + String.join(", ", splits.keySet())
                    + "; name the file itself");
        }
        if (wanted.size() > 1 && !wanted.contains(TRAIN)) {
            throw new UserError(folder + " has several splits " + use.words + ", " + String.join(", ", wanted)
                    + "; name one, such as " + pattern(splits.getOrDefault(wanted.getFirst(), rows)));
        }
        if (wanted.isEmpty()) {
            remarks.add(folder + ": " + Count.of(rows.size(), "file") + " of rows");
            requireShards(rows);
            files.addAll(rows);
            return;
        }
        String split = wanted.contains(TRAIN) ? TRAIN : wanted.getFirst();
        List<Path> taken = splits.getOrDefault(split, List.of());
        requireShards(taken);
        files.addAll(taken);
        String others = splits.entrySet().stream()
                .filter(e -> !e.getKey().equals(split))
                .map(e -> e.getKey() + " (" + pattern(e.getValue()) + ")")
                .collect(Collectors.joining(", "));
        remarks.add(folder + ": the split " + split + ", " + Count.of(taken.size(), "file")
                + (others.isEmpty()
                        ? ""
                        : "; not taken" + (use.equals(Use.TRAINING) ? ", but can be held out: " : ": ") + others));
    }

    private static boolean holdsArrow(Path folder) {
        try (Stream<Path> all = Files.walk(folder, 2)) {
            return all.anyMatch(file -> file.toString().endsWith(".arrow"));
        } catch (IOException e) {
            return false; // only a hint
        }
    }

    private static String pattern(List<Path> files) {
        Path first = files.getFirst();
        return files.size() == 1
                ? first.toString()
                : first.resolveSibling(
                                SHARD.matcher(first.getFileName().toString()).replaceFirst("$1-*$4"))
                        .toString();
    }

    private static List<Path> rows(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !hidden(file))
                    .filter(file -> ROWS.matcher(file.getFileName().toString()).matches())
                    .filter(file -> !DESCRIPTIONS.contains(file.getFileName().toString()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw UserError.reading(folder, e);
        }
    }

    /** The split that a file's name says: {@code train} of {@code train-00000-of-00004.parquet}, else the name without its end. */
    private static String split(Path file) {
        String name = file.getFileName().toString();
        Matcher shard = SHARD.matcher(name);
        return shard.matches() ? shard.group(1) : name.replaceAll("\\..*", "");
    }

    private static void requireShards(List<Path> files) {
        Map<String, Set<Integer>> there = new TreeMap<>();
        Map<String, Integer> of = new TreeMap<>();
        for (Path file : files) {
            Matcher shard = SHARD.matcher(file.getFileName().toString());
            if (shard.matches()) {
                String series = file.resolveSibling(shard.group(1)) + " of " + Integer.parseInt(shard.group(3));
                there.computeIfAbsent(series, s -> new HashSet<>()).add(Integer.parseInt(shard.group(2)));
                of.put(series, Integer.parseInt(shard.group(3)));
            }
        }
        there.forEach((series, numbers) -> {
            for (int i = 0; i < of.getOrDefault(series, 0); i++) {
                if (!numbers.contains(i)) {
                    throw new UserError(
                            "the shard %05d of the %s is missing: the data are incomplete; name the files that are there to use them alone"
                                    .formatted(i, series.replaceAll("(.*) of (\\d+)", "$2 shards of $1")));
                }
            }
        });
    }

    /** The remark on a file that is one of several shards, unless all are named. */
    private static Optional<String> shard(Path file, List<String> given) {
        Matcher shard = SHARD.matcher(file.getFileName().toString());
        if (!shard.matches() || Integer.parseInt(shard.group(3)) < 2) {
            return Optional.empty();
        }
        int shards = Integer.parseInt(shard.group(3));
        long named = given.stream()
                .map(DataFiles::fileName)
                .filter(name -> name.matches(Pattern.quote(shard.group(1)) + "-\\d{5}-of-" + shard.group(3) + ".*"))
                .distinct()
                .count();
        return named == shards
                ? Optional.empty()
                : Optional.of(file + " is one of " + shards + " shards; "
                        + file.resolveSibling(shard.group(1) + "-*" + shard.group(4)) + " takes all");
    }

    private static String fileName(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
