package org.thurstone.loop.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.thurstone.data.CrashPoint;
import org.thurstone.data.UserError;

/**
 * Parts of an output that is still being computed, appended and synced one by one. After each part comes a line with its number and a
 * checksum; what follows the last such line belongs to a part that was not finished, and is cut off.
 */
final class PartFile implements AutoCloseable {

    private static final String END = "# part ";

    private final Path path;
    private final FileChannel channel;
    private final List<String> finished;

    private PartFile(Path path, FileChannel channel, List<String> finished) {
        this.path = path;
        this.channel = channel;
        this.finished = finished;
    }

    static PartFile open(Path path) {
        List<String> finished = new ArrayList<>();
        try {
            long good = 0;
            if (Files.exists(path)) {
                byte[] bytes = Files.readAllBytes(path);
                int begin = 0;
                int line = 0;
                for (int i = 0; i < bytes.length; i++) {
                    if (bytes[i] == '\n') {
                        String text = new String(bytes, line, i - line, StandardCharsets.UTF_8);
                        if (text.startsWith(END)) {
                            String part = new String(bytes, begin, line - begin, StandardCharsets.UTF_8);
                            if (!text.equals(end(finished.size(), part))) {
                                throw new UserError("part " + finished.size() + " in " + path
                                        + " is damaged: delete the file to compute its parts again");
                            }
                            finished.add(part);
                            begin = i + 1;
                            good = begin;
                        }
                        line = i + 1;
                    }
                }
            }
            FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.truncate(good);
            channel.position(good);
            return new PartFile(path, channel, finished);
        } catch (IOException e) {
            throw UserError.writing(path, e);
        }
    }

    private static String end(int number, String part) {
        CRC32C sum = new CRC32C();
        sum.update(part.getBytes(StandardCharsets.UTF_8));
        return END + number + " " + Long.toHexString(sum.getValue());
    }

    /** The texts of the parts that are there. */
    List<String> finished() {
        return List.copyOf(finished);
    }

    /** Appends a part, durably. */
    void append(String part) {
        ByteBuffer bytes = ByteBuffer.wrap((part + end(finished.size(), part) + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            throw UserError.writing(path, e);
        }
        finished.add(part);
        CrashPoint.APPEND.reached();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw UserError.writing(path, e);
        }
    }
}
