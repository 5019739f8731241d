package org.thurstone.tensor;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.thurstone.data.AtomicFile;

/**
 * A safetensors file of named tensors. The file is memory-mapped, so that opening takes the same time at any size, and only requested tensors are
 * copied.
 *
 * <p>The format: eight bytes with the length of the header, little-endian; the header, JSON, which gives each tensor's element type, shape
 * and bytes; then the data, one tensor after the other without a gap. A header that does not say exactly that is refused.
 */
public final class SafeTensors implements AutoCloseable {

    private static final int CHUNK = 1 << 26;

    /** In the metadata: CRC-32C of the whole file, in which the digits of the checksum themselves are zeros. */
    private static final String CHECKSUM = "crc32c";

    private static final String CHECKSUM_KEY = "\"" + CHECKSUM + "\":\"";
    private static final String NO_CHECKSUM = "0".repeat(8);

    private final Path file;
    private final Header header;
    private final Arena arena;
    private final MemorySegment whole;
    private final MemorySegment data;

    private SafeTensors(Path file, Header header, Arena arena, MemorySegment whole, long begin) {
        this.file = file;
        this.header = header;
        this.arena = arena;
        this.whole = whole;
        this.data = whole.asSlice(begin);
    }

    /**
     * Maps a file until closed. The file must not be changed meanwhile; replacing it by another, as {@link #write} does, is safe.
     *
     * @throws TensorFileError if it cannot be read or is not a valid safetensors file
     */
    @SuppressWarnings("MustBeClosedChecker") // the arena is closed with the SafeTensors, or here on failure
    public static SafeTensors open(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new TensorFileError(file, "is a directory, a pipe or a device, not a file");
        }
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long length = channel.size();
            long headerLength = headerLength(file, channel, length);
            byte[] bytes = read(channel, 8, (int) headerLength).array();
            if (bytes.length == 0 || bytes[0] != '{') {
                throw new TensorFileError(file, "the header does not begin with '{': this is not a safetensors file");
            }
            Header header = Header.read(file, bytes, length - 8 - headerLength);
            MemorySegment whole = channel.map(FileChannel.MapMode.READ_ONLY, 0, length, arena);
            return new SafeTensors(file, header, arena, whole, 8 + headerLength);
        } catch (IOException e) {
            arena.close();
            throw TensorFileError.reading(file, e);
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private static long headerLength(Path file, FileChannel channel, long length) throws IOException {
        if (length < 8) {
            throw new TensorFileError(
                    file, "has " + length + " bytes, too few for any safetensors file: it is empty or cut off");
        }
        long headerLength = read(channel, 0, 8).getLong(0);
        if (headerLength < 0 || headerLength > Header.LARGEST) {
            throw new TensorFileError(
                    file,
                    "claims a header of " + Long.toUnsignedString(headerLength) + " bytes (at most " + Header.LARGEST
                            + " are allowed): this is not a safetensors file");
        }
        if (headerLength > length - 8) {
            throw new TensorFileError(
                    file,
                    "claims a header of " + headerLength + " bytes, but only " + (length - 8)
                            + " follow: the file is cut off");
        }
        return headerLength;
    }

    private static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException("the file shrank while it was read");
            }
        }
        return buffer;
    }

    /** The names of the tensors, in the order of the file. */
    public Set<String> names() {
        return header.entries().sequencedKeySet();
    }

    public boolean has(String name) {
        return header.entries().containsKey(name);
    }

    public long[] shape(String name) {
        return entry(name).shape().clone();
    }

    /**
     * The element type of a tensor.
     *
     * @throws TensorFileError if it is one that only the format knows, such as U8
     */
    public DType type(String name) {
        String type = entry(name).type();
        for (DType d : DType.values()) {
            if (d.safetensorsName().equals(type)) {
                return d;
            }
        }
        throw new TensorFileError(
                file,
                "tensor \"" + name + "\" is of type " + type
                        + "; those that can be read are F32, F64, BF16, F16, I64, I32 and BOOL");
    }

    /** The strings that were written along. */
    public Map<String, String> metadata() {
        Map<String, String> metadata = new TreeMap<>(header.metadata());
        metadata.remove(CHECKSUM);
        return metadata;
    }

    /**
     * Reads the whole file and compares it with the checksum that {@link #write} put into it. A file without one, of another program or an
     * earlier version, is taken as it is.
     *
     * @throws TensorFileError if the file is not what was written
     */
    public void checkSound() {
        String expected = header.metadata().get(CHECKSUM);
        if (expected == null) {
            return;
        }
        CRC32C checksum = new CRC32C();
        try {
            byte[] start = whole.asSlice(0, whole.byteSize() - data.byteSize()).toArray(ValueLayout.JAVA_BYTE);
            byte[] zeros = NO_CHECKSUM.getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(zeros, 0, start, digits(start), zeros.length);
            checksum.update(start);
            for (long at = 0; at < data.byteSize(); at += CHUNK) {
                checksum.update(
                        data.asSlice(at, Math.min(CHUNK, data.byteSize() - at)).asByteBuffer());
            }
        } catch (InternalError e) {
            throw new TensorFileError(file, "was cut off since it was opened", e);
        }
        if (!expected.equals(digits(checksum))) {
            throw new TensorFileError(
                    file, "is damaged: it has the checksum " + digits(checksum) + ", and was written with " + expected);
        }
    }

    /**
     * A copy of a tensor, in main memory, in the current scope.
     *
     * @throws TensorFileError if no tensor has that name, its type cannot be computed with, or the file was cut off since it was opened
     */
    public Tensor tensor(String name) {
        Header.Entry entry = entry(name);
        DType type = type(name);
        Tensor tensor = Tensor.empty(type, entry.shape());
        MemorySegment source = data.asSlice(entry.begin(), entry.end() - entry.begin());
        try {
            if (type == DType.BOOL) {
                requireBooleans(name, source);
            }
            MemorySegment.copy(source, 0, tensor.memory(), 0, source.byteSize());
        } catch (InternalError e) {
            throw new TensorFileError(file, "tensor \"" + name + "\" lies beyond the end: the file was cut off", e);
        }
        return tensor;
    }

    /** Any other byte than 0 or 1 is undefined behaviour in native code. */
    private void requireBooleans(String name, MemorySegment bytes) {
        for (long i = 0; i < bytes.byteSize(); i++) {
            byte value = bytes.get(ValueLayout.JAVA_BYTE, i);
            if (value != 0 && value != 1) {
                throw new TensorFileError(
                        file, "tensor \"" + name + "\" of type BOOL has the byte " + value + " at " + i);
            }
        }
    }

    private Header.Entry entry(String name) {
        Header.Entry entry = header.entries().get(name);
        if (entry == null) {
            List<String> some = names().stream().limit(5).toList();
            throw new TensorFileError(
                    file, "has no tensor \"" + name + "\"; it has " + names().size() + ", the first being " + some);
        }
        return entry;
    }

    @Override
    public void close() {
        arena.close();
    }

    /**
     * Writes tensors to a file, each once more where two names share one. The wider element types come first, so that every tensor is
     * aligned to its elements. The final name holds either what it held before or the whole new file, as with any {@link AtomicFile}.
     *
     * @throws org.thurstone.data.UserError if there is no room or no permission; nothing is left behind
     */
    public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
        SequencedMap<String, Header.Entry> entries = new LinkedHashMap<>();
        List<Map.Entry<String, Tensor>> order = new ArrayList<>(tensors.entrySet());
        order.sort(Comparator.comparingInt(
                (Map.Entry<String, Tensor> e) -> -e.getValue().type().bytes()));
        long at = 0;
        for (Map.Entry<String, Tensor> e : order) {
            if (e.getKey().equals(Header.METADATA)) {
                throw new IllegalArgumentException("no tensor can be named " + Header.METADATA);
            }
            Tensor t = e.getValue();
            long end = at + t.count() * t.type().bytes();
            entries.put(e.getKey(), new Header.Entry(t.type().safetensorsName(), t.shape(), at, end));
            at = end;
        }
        Map<String, String> all = new TreeMap<>(metadata);
        all.put(CHECKSUM, NO_CHECKSUM);
        byte[] header = new Header(entries, all).write();
        if (header.length > Header.LARGEST) {
            throw new IllegalArgumentException(
                    "a header of " + header.length + " bytes is more than the format allows");
        }
        CRC32C checksum = new CRC32C();
        try (AtomicFile whole = AtomicFile.open(file)) {
            write(whole, ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, header.length), checksum);
            write(whole, ByteBuffer.wrap(header), checksum);
            for (Map.Entry<String, Tensor> e : order) {
                write(whole, e.getValue(), checksum);
            }
            whole.overwrite(8 + digits(header), digits(checksum).getBytes(StandardCharsets.US_ASCII));
            whole.commit();
        }
    }

    private static String digits(CRC32C checksum) {
        return HexFormat.of().toHexDigits((int) checksum.getValue());
    }

    /** The position of the checksum's digits in a header. */
    private static int digits(byte[] header) {
        return new String(header, StandardCharsets.ISO_8859_1).indexOf(CHECKSUM_KEY) + CHECKSUM_KEY.length();
    }

    private static void write(AtomicFile file, Tensor tensor, CRC32C checksum) {
        try (Scope scope = Scope.open();
                Gradients off = Gradients.off()) {
            // Straight from the tensor's memory where it is on the CPU and dense; else one tensor at a time is copied
            // there.
            Tensor host = tensor.detach().to(Device.CPU).contiguous();
            MemorySegment bytes = host.memory();
            for (long at = 0; at < bytes.byteSize(); at += CHUNK) {
                write(
                        file,
                        bytes.asSlice(at, Math.min(CHUNK, bytes.byteSize() - at))
                                .asByteBuffer(),
                        checksum);
            }
        }
    }

    private static void write(AtomicFile file, ByteBuffer bytes, CRC32C checksum) {
        checksum.update(bytes.duplicate());
        file.write(bytes);
    }
}
