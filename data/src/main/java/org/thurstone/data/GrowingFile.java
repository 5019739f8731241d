package org.thurstone.data;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that records are appended to. A record that cannot be written whole is cut off again, so that the file ends with a whole one
 * whatever happens but a kill; what a kill leaves is for the reader to cut off.
 */
public final class GrowingFile implements Closeable {

    private final Path path;
    private final FileChannel channel;
    private boolean dirty;

    private GrowingFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Opens a file, which is made if it is missing, to append at its end.
     *
     * @throws UserError if it cannot be written
     */
    public static GrowingFile open(Path path) {
        try {
            boolean fresh = !Files.exists(path);
            GrowingFile file = new GrowingFile(path, Disk.open(path));
            try {
                file.channel.position(file.channel.size());
                if (fresh) {
                    Disk.forceParent(path);
                }
                return file;
            } catch (IOException e) {
                file.channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw UserError.writing(path, e);
        }
    }

    /** The position at which the next record begins. */
    public long length() {
        try {
            return channel.position();
        } catch (IOException e) {
            throw UserError.writing(path, e);
        }
    }

    /** Appends a record; it outlives this process, and once {@linkplain #force forced} the machine. */
    public void append(byte[] record) {
        long before = length();
        dirty = true;
        try {
            Disk.write(channel, path, ByteBuffer.wrap(record));
        } catch (IOException e) {
            try {
                Disk.truncate(channel, before);
                channel.position(before);
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw UserError.writing(path, e);
        }
    }

    /** Appends a text in UTF-8. */
    public void append(String record) {
        append(record.getBytes(StandardCharsets.UTF_8));
    }

    /** Cuts the file off; the next record follows there. */
    public void cut(long length) {
        try {
            if (channel.size() > length) {
                dirty = true;
                Disk.truncate(channel, length);
            }
            channel.position(length);
        } catch (IOException e) {
            throw UserError.writing(path, e);
        }
    }

    /** Makes all records durable. */
    public void force() {
        if (dirty) {
            try {
                Disk.force(channel, path);
            } catch (IOException e) {
                throw UserError.writing(path, e);
            }
            dirty = false;
        }
    }

    /** Bytes that are there. */
    byte[] read(long position, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        try {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, position + bytes.position()) < 0) {
                    throw new EOFException("the file was cut off by something else");
                }
            }
            return bytes.array();
        } catch (IOException e) {
            throw UserError.reading(path, e);
        }
    }

    /** All bytes, from the first. Closing the stream leaves the file, and its lock, which another opening and closing would not. */
    InputStream contents() {
        return new InputStream() {
            private long at;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int read = channel.read(ByteBuffer.wrap(into, offset, length), at);
                at += Math.max(0, read);
                return read;
            }
        };
    }

    /** Keeps other processes that ask for this lock from it until the file is closed. @return whether it was free */
    boolean lock() {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            throw UserError.writing(path, e);
        }
    }

    /** Closes the file without syncing it. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw UserError.writing(path, e);
        }
    }
}
