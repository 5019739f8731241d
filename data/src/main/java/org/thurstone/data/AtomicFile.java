package org.thurstone.data;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a file completely or not at all. The file is written under a temporary name in the same directory, synced and renamed, and the directory is
 * synced too; a crash at any moment leaves either the old file or the new one. Without {@link #commit}, the temporary file is deleted.
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

    private final Path target;
    private final Path aside;
    private final FileChannel channel;
    private final OutputStream out;
    private boolean done;

    private AtomicFile(Path target, Path aside, FileChannel channel) {
        this.target = target;
        this.aside = aside;
        this.channel = channel;
        this.out = new Named(new BufferedOutputStream(new Bytes(), 1 << 16));
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
        SideFiles.sweepBeside(target);
        Path aside = SideFiles.beside(target);
        try {
            return new AtomicFile(target, aside, Disk.create(aside));
        } catch (IOException e) {
            SideFiles.finished(aside);
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

    /** Copies a file's bytes. The copy has the permissions of a new file, not those of the original. */
    public static void copy(Path from, Path to) {
        try (InputStream in = Files.newInputStream(from)) {
            write(to, in::transferTo);
        } catch (IOException e) {
            throw UserError.reading(from, e);
        }
    }

    /** Where to write; buffered. Its {@code close} only flushes, so it can be wrapped in streams that close what they wrap. */
    public OutputStream out() {
        return out;
    }

    /** Writes bytes that are not on Java's heap as they lie. */
    public void write(ByteBuffer bytes) {
        try {
            out.flush();
            Disk.write(channel, target, bytes);
        } catch (IOException e) {
            throw UserError.writing(target, e);
        }
    }

    /** Writes over bytes that were written before: a checksum that is known only in the end, say. */
    public void overwrite(long position, byte[] bytes) {
        try {
            out.flush();
            long end = channel.position();
            channel.position(position);
            Disk.write(channel, target, ByteBuffer.wrap(bytes));
            channel.position(end);
        } catch (IOException e) {
            throw UserError.writing(target, e);
        }
    }

    /** Puts the file under its name, durably. */
    public void commit() {
        if (done) {
            throw new IllegalStateException(target + " was committed or closed before");
        }
        try {
            out.flush();
            Disk.force(channel, target);
            channel.close();
            CrashPoint.WRITE.reached();
            Disk.move(aside, target);
            done = true;
            SideFiles.finished(aside);
            Disk.forceParent(target);
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
            Disk.delete(aside);
            SideFiles.finished(aside);
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

    /** Bytes of this file. */
    private final class Bytes extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            Disk.write(channel, target, ByteBuffer.wrap(bytes, offset, length));
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
