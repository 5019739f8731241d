package org.thurstone.lab.book;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.thurstone.data.AtomicFile;
import org.thurstone.data.UserError;
import org.thurstone.loop.run.Stored;
import org.thurstone.report.SvgFile;
import tools.jackson.core.JacksonException;

/** A directory of results, with the pages that are made of them. */
public record Notebook(Path directory) {

    private static final Stored<Result> STORED = Stored.json(Result.class);

    /** What is known of a replication; nothing where it was never run, or by a version that wrote otherwise. */
    public Optional<Result> result(Entry entry) {
        Path file = file(entry);
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
        AtomicFile.write(file(entry), STORED.write(result));
        page(entry, result);
    }

    private void page(Entry entry, Result result) {
        AtomicFile.write(directory.resolve(entry.stem() + ".md"), Pages.page(entry, result));
        if (!result.findings().plots().isEmpty()) {
            AtomicFile.write(
                    directory.resolve(entry.stem() + ".svg"),
                    SvgFile.of(result.findings().plots()));
        }
    }

    /** Writes the table of all rows, and every page again. */
    public void index(List<Entry> entries) {
        created(directory);
        List<Line> lines = lines(entries);
        for (Line line : lines) {
            line.entry().ifPresent(e -> line.result().ifPresent(r -> page(e, r)));
        }
        AtomicFile.write(directory.resolve("README.md"), Pages.index(lines));
    }

    /** A line of the table: a row with a replication, or without. */
    public record Line(int row, String about, Optional<Entry> entry, Optional<Result> result) {

        /** In a word or two. */
        public String verdict() {
            return result.map(r -> r.verdict().words()).orElse("not yet");
        }
    }

    /** Of all wanted rows, and of others that somebody tried, by row. */
    public List<Line> lines(List<Entry> entries) {
        List<Line> lines = new ArrayList<>();
        for (Entry e : entries) {
            lines.add(new Line(e.row(), e.part().summary(), Optional.of(e), result(e)));
        }
        Wanted.rows().forEach((row, about) -> {
            if (entries.stream().noneMatch(e -> e.part().rows().contains(row))) {
                lines.add(new Line(row, about, Optional.empty(), Optional.empty()));
            }
        });
        lines.sort(Comparator.comparingInt(Line::row));
        return lines;
    }

    private Path file(Entry entry) {
        return directory.resolve("results").resolve(entry.stem() + ".json");
    }

    private static void created(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw UserError.writing(directory, e);
        }
    }
}
