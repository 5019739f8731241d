package org.thurstone.data;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Something that the user can put right: a bad row, a missing file, a tokenizer that does not fit its model. The message says what was
 * wrong, where, and what would be right; it is all that the command line shows.
 */
public class UserError extends RuntimeException {

    private static final long serialVersionUID = 1;

    public UserError(String message) {
        super(message);
    }

    public UserError(String message, Throwable cause) {
        super(message, cause);
    }

    /** The error for a file that cannot be read. */
    public static UserError reading(Path path, IOException e) {
        return new UserError("cannot read " + path + ": " + reason(e), e);
    }

    /** The error for a file that cannot be written; nothing is left under its name. */
    public static UserError writing(Path path, IOException e) {
        return new UserError("cannot write " + path + ": " + reason(e), e);
    }

    /** The error for something other than a file that cannot be written. */
    public static UserError writing(String what, IOException e) {
        return new UserError("cannot write " + what + ": " + reason(e), e);
    }

    /** Why a file cannot be used, in a few words. */
    public static String reason(IOException e) {
        String said = e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : e.getMessage();
        String words = said == null ? "" : said;
        String lower = words.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("quota exceeded")) {
            return "the disk is full; free some space and try again";
        }
        if (lower.contains("broken pipe")) {
            return "its reader has closed it";
        }
        if (e instanceof AccessDeniedException || lower.contains("permission denied")) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException there) {
            return there.getFile() + " is in the way, a file or a link that leads nowhere";
        }
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        if (lower.contains("read-only file system")) {
            return "the file system is read-only";
        }
        if (e instanceof NotDirectoryException) {
            return "it is not a directory";
        }
        // Java's file exceptions often say no more than the name of the file.
        boolean named = e instanceof FileSystemException f && words.equals(f.getFile());
        return words.isEmpty() || named ? e.getClass().getSimpleName() + (named ? " " + words : "") : words;
    }
}
