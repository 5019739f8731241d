package org.thurstone.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.thurstone.data.UserError;
import org.thurstone.data.format.DataFiles;

/**
 * The files that a user named, or standard input. Files are read more than once, so that what comes from standard input is written to a temporary
 * file first; it is deleted in the end.
 *
 * @param files with the temporary one in the place of standard input
 * @param spooled the temporary file
 * @param remarks on the choice of files
 */
record VoteInput(List<Path> files, Optional<Path> spooled, List<String> remarks) implements AutoCloseable {

    private static final String STANDARD_INPUT = "standard input";

    /** @throws UserError if a pattern matches nothing, a file is named twice, or standard input cannot be read */
    static VoteInput of(List<String> given, InputStream standard) {
        boolean reads = given.stream().anyMatch(VoteInput::isStandardInput);
        if (!reads) {
            DataFiles files = DataFiles.of(given);
            return new VoteInput(files.files(), Optional.empty(), files.remarks());
        }
        if (given.size() > 1) {
            throw new UserError("standard input is read alone; write it to a file to read it with others");
        }
        try {
            Path spooled = spool(standard);
            return new VoteInput(List.of(spooled), Optional.of(spooled), List.of());
        } catch (IOException e) {
            throw new UserError("cannot read standard input: " + e.getMessage(), e);
        }
    }

    private static boolean isStandardInput(String name) {
        return name.equals("-") || name.equals("/dev/stdin");
    }

    /** Rows of JSON are recognised by their first character; anything else is CSV, but for gzipped and Parquet files, which are recognised later. */
    private static Path spool(InputStream standard) throws IOException {
        BufferedInputStream in = new BufferedInputStream(standard, 1 << 16);
        in.mark(1 << 12);
        byte[] head = in.readNBytes(1 << 10);
        in.reset();
        int at = head.length > 2 && head[0] == (byte) 0xEF && head[1] == (byte) 0xBB ? 3 : 0;
        while (at < head.length && Character.isWhitespace(head[at])) {
            at++;
        }
        boolean json = at < head.length && (head[at] == '{' || head[at] == '[');
        return Pipe.spooled(in, json ? ".json" : ".csv");
    }

    /** Does something with the files; messages name standard input as such. */
    <T> T read(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (UserError e) {
            throw spooled.isPresent() ? new UserError(named(String.valueOf(e.getMessage())), e) : e;
        }
    }

    /** A text with standard input in the place of the temporary file. */
    String named(String text) {
        return spooled.map(file -> text.replace(file.toString(), STANDARD_INPUT)
                        .replace(file.getFileName().toString(), STANDARD_INPUT))
                .orElse(text);
    }

    @Override
    public void close() {
        spooled.ifPresent(file -> {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                file.toFile().deleteOnExit();
            }
        });
    }
}
