package org.thurstone.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The fingerprint of a file when it was read, so that a run can record its data.
 *
 * @param sha256 SHA-256 of the bytes as they lie on the disk (compressed ones too), 64 hexadecimal digits
 * @param bytes the length of the file
 */
public record Fingerprint(String sha256, long bytes) {

    /**
     * Reads a file once, in constant memory.
     *
     * @throws UserError if it cannot be read
     */
    public static Fingerprint of(Path path) {
        MessageDigest digest = newDigest();
        long bytes = 0;
        try (InputStream in = InputFile.open(path)) {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                bytes += n;
            }
        } catch (IOException e) {
            throw UserError.reading(path, e);
        }
        return new Fingerprint(HexFormat.of().formatHex(digest.digest()), bytes);
    }

    /** The fingerprint of a text, in UTF-8. */
    public static Fingerprint ofText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Fingerprint(HexFormat.of().formatHex(newDigest().digest(bytes)), bytes.length);
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
