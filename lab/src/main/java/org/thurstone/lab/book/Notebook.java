package org.thurstone.lab.book;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thurstone.data.AtomicFile;
import org.thurstone.data.Disk;
import org.thurstone.data.UserError;
import org.thurstone.loop.run.Codec;
import org.thurstone.report.SvgFile;
import tools.jackson.core.JacksonException;

/**
 * A directory of results and the pages generated from them. A page shows the result with the smallest seed, and the verdicts of the same code and
 * size with other seeds.
 */
public record Notebook(Path directory) {

    private static final Codec.Text<Result> STORED = Codec.recorded(Result.class);

    /** What is known of a replication with a seed; nothing where it was never run, or by a version that wrote otherwise. */
    public Optional<Result> result(Entry entry, long seed) {
        return read(file(entry, seed));
    }

    /** All that is known of a replication, by seed. */
    private List<Result> results(Entry entry) {
        List<Result> results = new ArrayList<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(directory.resolve("results"), entry.name() + "{,-seed-*}.json")) {
            files.forEach(file -> read(file).ifPresent(results::add));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw UserError.reading(directory, e);
        }
        results.sort(Comparator.comparingLong(Result::seed));
        return results;
    }

    /** Results of other code than there is now, by seed. */
    public List<Result> stale(Entry entry) {
        String edition = entry.edition();
        return results(entry).stream().filter(r -> !r.holdsAt(edition)).toList();
    }

    private static Optional<Result> read(Path file) {
        try {
            return Optional.of(STORED.read(Files.readString(file)));
        } catch (NoSuchFileException | JacksonException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw UserError.reading(file, e);
        }
    }

    /** Keeps a result, and writes its page. */
    public void keep(Entry entry, Result result) {
        created(directory.resolve("results"));
        boolean further = results(entry).stream().anyMatch(r -> r.seed() < result.seed());
        AtomicFile.write(file(entry, result.seed()), STORED.write(further ? result.withoutPlots() : result));
        page(line(entry));
    }

    /** The path of the page of a replication, if it exists. */
    public Path page(Entry entry) {
        return directory.resolve(entry.name() + ".md");
    }

    private void page(Line line) {
        if (line.result().isEmpty()) {
            return;
        }
        Entry entry = line.entry();
        Result result = line.result().get();
        AtomicFile.write(page(entry), Pages.page(entry, result, line.again()));
        if (!result.findings().plots().isEmpty()) {
            AtomicFile.write(
                    directory.resolve(entry.name() + ".svg"),
                    SvgFile.of(result.findings().plots()));
        }
    }

    /** Writes the table of all replications and every page. */
    public void index(List<Entry> entries) {
        created(directory);
        List<Line> lines = lines(entries);
        lines.forEach(this::page);
        AtomicFile.write(directory.resolve("README.md"), Pages.index(lines));
    }

    /**
     * A line of the table.
     *
     * @param again results of the same code and size with other seeds
     */
    public record Line(Entry entry, Optional<Result> result, List<Result> again) {

        public String about() {
            return entry.part().summary();
        }

        /** In a word or two. */
        public String verdict() {
            return result.map(r -> r.verdict().words()).orElse("not yet");
        }

        /** The verdicts with other seeds, in a few words; empty where there is none. */
        public String repeated() {
            return again.stream()
                    .map(other -> agrees(other) ? "the same" : other.verdict().words())
                    .collect(Collectors.joining(", "));
        }

        /** Whether the verdict was the same with all other seeds. */
        boolean kept() {
            return again.stream().allMatch(this::agrees);
        }

        private boolean agrees(Result other) {
            return result.filter(first -> first.verdict() == other.verdict()).isPresent();
        }
    }

    /** The lines of the table, in the order of the entries. */
    public List<Line> lines(List<Entry> entries) {
        return entries.stream().map(this::line).toList();
    }

    private Line line(Entry entry) {
        List<Result> results = results(entry);
        List<Result> again = results.stream()
                .skip(1)
                .filter(r -> r.sameCode(results.getFirst())
                        && r.smoke() == results.getFirst().smoke())
                .toList();
        return new Line(entry, results.stream().findFirst(), again);
    }

    private Path file(Entry entry, long seed) {
        return directory.resolve("results").resolve(entry.name() + (seed == 1 ? "" : "-seed-" + seed) + ".json");
    }

    private static void created(Path directory) {
        try {
            Disk.createDirectories(directory);
        } catch (IOException e) {
            throw UserError.writing(directory, e);
        }
    }
}
