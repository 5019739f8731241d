package org.thurstone.data;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file that is there whole or not at all. It is written aside in the same directory, forced to the disk, renamed, and the directory
 * is forced too; a crash at any moment leaves the old file or the new one. Without {@link #commit} nothing appears under the name and
 * what was written aside is deleted.
 *
 * {@snippet :
 * try (AtomicFile file = AtomicFile.open(path)) {
 *     file.out().write(bytes);
 *     file.commit();
 * }
 * }
 */
public final class AtomicFile implements AutoCloseable {

    /** Writes the contents of a file. */
    @FunctionalInterface
    public interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    private static final AtomicLong COUNT = new AtomicLong();

    /** The name of a file that is not finished, with the number of its process. */
    private static final Pattern UNFINISHED = Pattern.compile("\\..+\\.(\\d{1,18})-\\d+\\.tmp");

    private final Path target;
    private final Path aside;
    private final FileChannel channel;
    private final OutputStream out;
    private boolean done;

    private AtomicFile(Path target, Path aside, FileChannel channel) {
        this.target = target;
        this.aside = aside;
        this.channel = channel;
        this.out = new Named(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16));
    }

    /**
     * Begins a file; an existing one stays as it is until {@link #commit}.
     *
     * @throws UserError if the directory is missing or may not be written
     */
    public static AtomicFile open(Path path) {
        Path target = followed(path).toAbsolutePath();
        Path directory = target.getParent();
        if (directory == null || Files.isDirectory(target)) {
            throw new UserError("cannot write " + path + ": it is a directory; name a file");
        }
        if (!Files.isDirectory(directory)) {
            throw new UserError("cannot write " + path + ": there is no directory " + directory + "; create it first");
        }
        // The name tells whose it was if the process is killed; the leading dot keeps it out of globs.
        Path aside = directory.resolve("." + target.getFileName() + "."
                + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet() + ".tmp");
        try {
            FileChannel channel = FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return new AtomicFile(target, aside, channel);
        } catch (IOException e) {
            throw UserError.writing(path, e);
        }
    }

    /** Writes a whole file or, if the body fails, nothing. */
    public static void write(Path path, Body body) {
        try (AtomicFile file = open(path)) {
            body.writeTo(file.out());
            file.commit();
        } catch (IOException e) {
            throw UserError.writing(path, e);
        }
    }

    /** Writes a whole file of bytes. */
    public static void write(Path path, byte[] bytes) {
        write(path, out -> out.write(bytes));
    }

    /** Writes a whole file of text in UTF-8. */
    public static void write(Path path, String text) {
        write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Deletes what killed processes have left unfinished below a directory. A file is left alone if the process that its name tells is still
     * running; one that began after the file was last written to has only taken over the number of a dead one.
     *
     * @throws UserError if a directory cannot be read, or a file cannot be deleted
     */
    public static void sweep(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(AtomicFile::isAbandoned).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw UserError.writing(root, e);
        } catch (UncheckedIOException e) {
            throw UserError.writing(root, Objects.requireNonNull(e.getCause()));
        }
    }

    private static boolean isAbandoned(Path file) {
        Matcher unfinished = UNFINISHED.matcher(file.getFileName().toString());
        if (!unfinished.matches() || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        Optional<ProcessHandle> owner = ProcessHandle.of(Long.parseLong(unfinished.group(1)));
        try {
            Instant written = Files.getLastModifiedTime(file).toInstant();
            return owner.flatMap(o -> o.info().startInstant().map(written::isBefore))
                    .orElse(owner.isEmpty());
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where to write; buffered. Its {@code close} only flushes, so it can be wrapped in streams that close what they wrap. */
    public OutputStream out() {
        return out;
    }

    /** Puts the file under its name, durably. */
    public void commit() {
        if (done) {
            throw new IllegalStateException(target + " was committed or closed before");
        }
        try {
            out.flush();
            channel.force(true);
            channel.close();
            CrashPoint.WRITE.reached();
            try {
                Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(aside, target, StandardCopyOption.REPLACE_EXISTING);
            }
            done = true;
            forceDirectory(target);
            CrashPoint.WRITE.reached();
        } catch (IOException e) {
            throw UserError.writing(target, e);
        }
    }

    /** Deletes what was written aside, unless it was committed. */
    @Override
    public void close() {
        if (done) {
            return;
        }
        done = true;
        try {
            channel.close();
        } catch (IOException ignored) {
            // The file is being thrown away: what could not be flushed is not missed.
        }
        try {
            Files.deleteIfExists(aside);
        } catch (IOException e) {
            throw new UserError("cannot delete the unfinished file " + aside + "; delete it by hand", e);
        }
    }

    /** A link stays a link: the file it points to is replaced. */
    private static Path followed(Path path) {
        try {
            return Files.isSymbolicLink(path) && Files.exists(path) ? path.toRealPath() : path;
        } catch (IOException e) {
            throw UserError.writing(path, e);
        }
    }

    /** A rename is durable once its directory is; some systems cannot open directories, and have no need to. */
    private static void forceDirectory(Path target) {
        Path directory = target.getParent();
        if (directory == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException ignored) {
            // Windows
        }
    }

    /** Fails with the name of the file that was meant, not of the one aside. */
    private final class Named extends FilterOutputStream {
        Named(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) {
            attempt(() -> out.write(b));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            attempt(() -> out.write(bytes, offset, length));
        }

        @Override
        public void flush() {
            attempt(out::flush);
        }

        @Override
        public void close() {
            flush();
        }

        private void attempt(Write write) {
            try {
                write.run();
            } catch (IOException e) {
                throw UserError.writing(target, e);
            }
        }
    }

    @FunctionalInterface
    private interface Write {
        void run() throws IOException;
    }
}
