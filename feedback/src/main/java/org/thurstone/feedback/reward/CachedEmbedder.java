package org.thurstone.feedback.reward;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.thurstone.data.AtomicFile;
import org.thurstone.data.Disk;
import org.thurstone.data.UserError;

/**
 * Keeps the vectors of a list of texts in a file that is named after the texts and the model, and reads them from there the next time. A
 * truncated or damaged file is written again; if it cannot be written, a warning says so. For large fixed lists (training sentences), not for
 * completions.
 *
 * @param name of the inner embedder, so that another one's vectors are never taken for its
 * @param directory made where it is missing
 * @param warnings takes a line if the vectors cannot be kept
 */
record CachedEmbedder(Embedder inner, String name, Path directory, Consumer<String> warnings) implements Embedder {

    private static final int FORMAT = 0x7e3b_0001;

    @Override
    public float[][] embed(List<String> texts) {
        Path file = directory.resolve(key(texts) + ".embeddings");
        Optional<float[][]> kept = read(file, texts.size());
        if (kept.isPresent()) {
            return kept.get();
        }
        float[][] vectors = inner.embed(texts);
        try {
            Disk.createDirectories(directory);
            AtomicFile.write(file, out -> write(vectors, out));
        } catch (IOException e) {
            notKept(UserError.writing(directory, e));
        } catch (UserError e) {
            notKept(e);
        }
        return vectors;
    }

    private void notKept(UserError why) {
        warnings.accept(why.getMessage() + "; embeddings are not cached for the next run");
    }

    private static void write(float[][] vectors, OutputStream to) throws IOException {
        CheckedOutputStream sum = new CheckedOutputStream(to, new CRC32());
        DataOutputStream out = new DataOutputStream(sum);
        out.writeInt(FORMAT);
        out.writeInt(vectors.length);
        out.writeInt(vectors.length == 0 ? 0 : vectors[0].length);
        for (float[] vector : vectors) {
            for (float each : vector) {
                out.writeFloat(each);
            }
        }
        out.writeLong(sum.getChecksum().getValue());
        out.flush();
    }

    private static Optional<float[][]> read(Path file, int count) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (CheckedInputStream sum = new CheckedInputStream(
                        new BufferedInputStream(Files.newInputStream(file), 1 << 16), new CRC32());
                DataInputStream in = new DataInputStream(sum)) {
            if (in.readInt() != FORMAT || in.readInt() != count) {
                return Optional.empty();
            }
            int dimensions = in.readInt();
            if (dimensions < 0 || 20 + 4L * count * dimensions != Files.size(file)) {
                return Optional.empty();
            }
            float[][] vectors = new float[count][dimensions];
            for (float[] vector : vectors) {
                for (int i = 0; i < dimensions; i++) {
                    vector[i] = in.readFloat();
                }
            }
            long expected = sum.getChecksum().getValue();
            return in.readLong() == expected ? Optional.of(vectors) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Each text with its length before it, so that moving a border between two texts makes another key. */
    private String key(List<String> texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
            for (String text : texts) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
