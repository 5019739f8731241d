package org.thurstone.model.diagnosis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.thurstone.model.text.Tokenizer;
import org.thurstone.model.text.WordTokenizerFile;

/** Whether Hugging Face's tokenizer library loads and encodes a known text correctly. */
final class TokenizerLibrary {

    private static final String PART = "tokenizers";

    private TokenizerLibrary() {}

    static Finding finding() {
        try {
            Path directory = Files.createTempDirectory("thurstone-doctor");
            try {
                new WordTokenizerFile(List.of("12", "+", "7"), "\\d+|\\S").write(directory, 16);
                int[] tokens = Tokenizer.load(directory).encode("12+7", false);
                return Arrays.equals(tokens, new int[] {3, 4, 5})
                        ? Finding.fine(PART, "the library loads and works")
                        : Finding.fails(
                                PART,
                                "the library loads, but reads 12+7 as " + Arrays.toString(tokens),
                                "delete the library's cache, ~/.djl.ai/tokenizers, and try again");
            } finally {
                delete(directory);
            }
        } catch (Throwable e) { // a library that cannot be linked is an Error, and is what this is here to tell
            return Finding.fails(
                    PART,
                    "the library cannot be used: " + Diagnosis.oneLine(e),
                    "check whether the home directory and " + System.getProperty("java.io.tmpdir")
                            + " can be written; the library unpacks itself to ~/.djl.ai (elsewhere: ENGINE_CACHE_DIR)");
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
