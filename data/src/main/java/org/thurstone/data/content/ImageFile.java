package org.thurstone.data.content;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.thurstone.data.Content;
import org.thurstone.data.Fingerprint;
import org.thurstone.data.UserError;
import org.thurstone.recipe.Method;

/**
 * An image in a separate file, identified by the hash of its bytes, so that a path cannot silently refer to another image.
 *
 * @param path with slashes, relative to the directory of the file that refers to it, or to a parent directory; never absolute, so that the directory
 *     can be moved
 * @param sha256 of its bytes, 64 hexadecimal digits
 * @param mediaType such as {@code image/png}
 */
@Method(name = "image-file", kind = "content", summary = "an image in a file, by its path and the hash of its bytes")
public record ImageFile(String path, String sha256, Optional<String> mediaType) implements Content {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern MEDIA_TYPE = Pattern.compile("image/[A-Za-z0-9!#$&^_.+-]+");

    public ImageFile {
        if (path.isBlank() || path.contains("\\") || path.startsWith("/")) {
            throw new IllegalArgumentException(
                    "the path of an image is relative and has slashes, not \"" + path + "\"");
        }
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException(
                    "sha256 is 64 hexadecimal digits in small letters, not \"" + sha256 + "\"");
        }
        if (mediaType.isPresent() && !MEDIA_TYPE.matcher(mediaType.get()).matches()) {
            throw new IllegalArgumentException(
                    "the media-type of an image is such as image/png, not \"" + mediaType.get() + "\"");
        }
    }

    /**
     * An image as a file in a directory, or in one below it, mentions it.
     *
     * @throws UserError if it cannot be read
     */
    public static ImageFile of(Path directory, String path, Optional<String> mediaType) {
        return new ImageFile(path, Fingerprint.of(directory.resolve(path)).sha256(), mediaType);
    }

    /**
     * The file itself.
     *
     * @param mentionedIn the file that this was read from; the image is looked for in its directory, then in those above, since the files of a
     *     run lie at several depths
     * @throws UserError if it is not there, or has other bytes
     */
    public Path find(Path mentionedIn) {
        Path first = mentionedIn.toAbsolutePath().normalize().getParent();
        for (Path directory = first; directory != null; directory = directory.getParent()) {
            Path file = directory.resolve(path).normalize();
            if (Files.isRegularFile(file)) {
                if (!Fingerprint.of(file).sha256().equals(sha256)) {
                    throw new UserError(file + " is not the image that " + mentionedIn
                            + " mentions: its SHA-256 differs. Put the original back, or correct the row");
                }
                return file;
            }
        }
        throw new UserError("there is no image " + path + ", which " + mentionedIn + " mentions, in " + first
                + " or a directory above");
    }

    /** The path. */
    @Override
    public Optional<String> summary() {
        return Optional.of(path);
    }
}
