package org.thurstone.feedback.reward;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.thurstone.data.InputFile;
import org.thurstone.data.UserError;

/** Reads a file of one sentence per line, gzipped or not. */
final class Sentences {

    private static final int GZIP = 0x1f8b;

    private Sentences() {}

    /** Reads the sentences; blank lines are skipped. Files are UTF-8, or Latin-1 if the bytes are not UTF-8, as in older corpora. */
    static List<String> read(Path path) {
        try {
            byte[] bytes = InputFile.bytes(path);
            if (bytes.length > 1 && ((bytes[0] & 0xff) << 8 | (bytes[1] & 0xff)) == GZIP) {
                try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                    bytes = in.readAllBytes();
                }
            }
            List<String> sentences = decoded(bytes)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            if (sentences.isEmpty()) {
                throw new UserError(path + " has no sentences; one per line is needed");
            }
            return sentences;
        } catch (IOException e) {
            throw UserError.reading(path, e);
        }
    }

    private static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }
}
