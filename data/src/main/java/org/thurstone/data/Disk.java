package org.thurstone.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

/**
 * All operations that change the file system: no other class creates, writes, renames or deletes files (a test checks this). So there is one place
 * where tests {@linkplain DiskFault inject faults}, and one that stops when the process is told to.
 *
 * <p>{@link AtomicFile}, {@link AtomicDirectory} and {@link GrowingFile} are built on it, and are what other classes write with.
 */
public final class Disk {

    /** Locked for reading by code that changes something, for writing by code that stops all changes. */
    private static final ReentrantReadWriteLock CHANGES = new ReentrantReadWriteLock();

    private Disk() {}

    @FunctionalInterface
    private interface Change<T> {
        T make() throws IOException;
    }

    private static <T> T change(Change<T> change) throws IOException {
        CHANGES.readLock().lock();
        try {
            return change.make();
        } finally {
            CHANGES.readLock().unlock();
        }
    }

    /**
     * Lets no other thread change anything from now on; it waits for ever when it tries. For a process that is about to end.
     *
     * @return whether all changes that had begun have ended within the time
     */
    public static boolean freeze(long time, TimeUnit unit) throws InterruptedException {
        return CHANGES.writeLock().tryLock(time, unit);
    }

    /** A new file to write, with the permissions that the user's umask leaves; fails if there is one. */
    static FileChannel create(Path file) throws IOException {
        return change(() -> {
            DiskFault.PERMISSION.check(file);
            return FileChannel.open(
                    file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        });
    }

    /** A file to read and write; made if it is missing. Locks are taken on such. */
    public static FileChannel open(Path file) throws IOException {
        return change(() -> {
            DiskFault.PERMISSION.check(file);
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        });
    }

    /** Writes the whole buffer at the channel's position. */
    static void write(FileChannel channel, Path file, ByteBuffer bytes) throws IOException {
        change(() -> {
            try {
                DiskFault.FULL.check(file);
            } catch (IOException e) {
                // As much as would have found room.
                channel.write(bytes.slice(bytes.position(), bytes.remaining() / 2));
                throw e;
            }
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return channel;
        });
    }

    /** Cuts a file off. */
    static void truncate(FileChannel channel, long length) throws IOException {
        change(() -> channel.truncate(length));
    }

    /** Brings what was written to the disk. */
    static void force(FileChannel channel, Path file) throws IOException {
        change(() -> {
            DiskFault.FSYNC.check(file);
            channel.force(true);
            return channel;
        });
    }

    /** Makes the names in a directory durable; some systems cannot open directories, and have no need to. */
    public static void forceDirectory(Path directory) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(directory, StandardOpenOption.READ);
        } catch (IOException ignored) {
            return; // Windows
        }
        try (channel) {
            force(channel, directory);
        }
    }

    /** Makes the name of a file or directory durable. */
    public static void forceParent(Path path) throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent != null) {
            forceDirectory(parent);
        }
    }

    /** Makes all files below a directory durable, and their names. */
    static void forceTree(Path root) throws IOException {
        try (Stream<Path> entries = Files.walk(root)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    forceDirectory(entry);
                } else if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                    try (FileChannel channel = FileChannel.open(entry, StandardOpenOption.READ)) {
                        force(channel, entry);
                    } catch (AccessDeniedException e) {
                        // Windows forces only what is open to be written; the writer of the file has forced it.
                    }
                }
            }
        }
    }

    /** Gives a file or directory another name, in one step where the file system can. */
    static void move(Path from, Path to) throws IOException {
        change(() -> {
            DiskFault.PERMISSION.check(to);
            try {
                return Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                return Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
            }
        });
    }

    /** Makes a directory and those above it, durably. */
    public static void createDirectories(Path directory) throws IOException {
        Path whole = directory.toAbsolutePath();
        if (Files.isDirectory(whole)) {
            return;
        }
        Path parent = whole.getParent();
        if (parent != null) {
            createDirectories(parent);
        }
        change(() -> {
            DiskFault.PERMISSION.check(directory);
            return Files.createDirectories(whole); // another thread may have made it
        });
        forceParent(whole);
    }

    /** Gives a file a second name. */
    static void link(Path file, Path name) throws IOException {
        change(() -> {
            DiskFault.PERMISSION.check(name);
            return Files.createLink(name, file);
        });
    }

    /** Deletes a file or an empty directory, if it is there. */
    public static void delete(Path path) throws IOException {
        change(() -> {
            DiskFault.PERMISSION.check(path);
            return Files.deleteIfExists(path);
        });
    }

    /** Deletes a directory and all in it, if it is there. */
    public static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> entries = Files.walk(root)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                delete(entry);
            }
        }
    }
}
