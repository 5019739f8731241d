package org.thurstone.tensor.gguf;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.thurstone.tensor.Tensor;
import org.thurstone.tensor.TensorFileError;

/**
 * One file, mapped until closed: metadata, and named tensors that are unpacked when they are asked for. Everything that the file says of lengths and
 * offsets is compared with its size when it is opened, so that a cut or hostile file is refused at once, and with little memory.
 *
 * <p>The format: the letters GGUF, a version, the numbers of tensors and of keys; the keys with their values; the tensors' names, sizes, storage types
 * and offsets; then, at a multiple of the alignment, the data. All numbers are little-endian.
 */
public final class GgufFile implements AutoCloseable {

    private static final byte[] MAGIC = "GGUF".getBytes(StandardCharsets.US_ASCII);
    private static final String ALIGNMENT = "general.alignment";
    private static final long USUAL_ALIGNMENT = 32;
    private static final long LARGEST_ALIGNMENT = 1 << 16;
    private static final int MOST_TENSORS = 1 << 16;
    private static final long LONGEST_NAME = 1 << 10;
    private static final int MOST_DIMENSIONS = 4;

    /** Blocks that are unpacked at a time. */
    private static final int CHUNK = 1 << 12;

    /**
     * One tensor.
     *
     * @param in the file that it is in
     * @param shape rows first, as everywhere here; the file has them the other way round
     * @param begin bytes from the start of the file
     * @param end bytes from the start of the file, exclusive
     */
    private record Entry(MemorySegment in, StorageType type, long[] shape, long begin, long end) {}

    private final Path file;
    private final Arena arena;
    private final MemorySegment bytes;
    private final Metadata metadata;
    private final SequencedMap<String, Entry> entries = new LinkedHashMap<>();
    private final List<GgufFile> others = new ArrayList<>();

    private GgufFile(Path file, Arena arena, MemorySegment bytes) {
        this.file = file;
        this.arena = arena;
        this.bytes = bytes;
        Cursor cursor = new Cursor(file, bytes, 0);
        requireVersion(cursor);
        long tensors = cursor.count(1, () -> "the number of tensors");
        long keys = cursor.count(1, () -> "the number of keys");
        if (tensors > MOST_TENSORS) {
            throw cursor.wrong("claims to have " + tensors + " tensors; no more than " + MOST_TENSORS + " are allowed");
        }
        this.metadata = new Metadata(file, bytes, cursor, keys);
        readEntries(cursor, tensors);
    }

    /**
     * Maps a file until closed, and with a part of a model its other parts. A file must not be changed meanwhile; replacing it by another is safe.
     *
     * @throws TensorFileError if it cannot be read or is not a valid file of this format, or a part is missing or of another model
     */
    @SuppressWarnings("MustBeClosedChecker") // closed with the file, or here on failure
    public static GgufFile open(Path file) {
        GgufFile one = openAlone(file);
        try {
            GgufParts parts = GgufParts.of(one);
            return parts.count() == 1 ? one : joined(one, parts);
        } catch (RuntimeException e) {
            one.close();
            throw e;
        }
    }

    /** The first part with the tensors of all. */
    @SuppressWarnings("MustBeClosedChecker") // closed with the first part, or here on failure
    private static GgufFile joined(GgufFile given, GgufParts parts) {
        List<GgufFile> all = new ArrayList<>();
        try {
            for (int number = 0; number < parts.count(); number++) {
                GgufFile part = number == parts.number() ? given : openAlone(parts.path(number));
                all.add(part);
                parts.requireSame(part, number);
            }
            GgufFile first = all.getFirst();
            for (GgufFile part : all.subList(1, all.size())) {
                part.entries.forEach((name, entry) -> {
                    if (first.entries.putIfAbsent(name, entry) != null) {
                        throw new TensorFileError(
                                part.file, "has the tensor \"" + name + "\", which another part has as well");
                    }
                });
                first.others.add(part);
            }
            parts.requireTotal(first, first.entries.size());
            return first;
        } catch (RuntimeException e) {
            all.forEach(part -> part.others.clear());
            all.stream().filter(part -> part != given).forEach(GgufFile::close);
            throw e;
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // the arena is closed with the file, or here on failure
    private static GgufFile openAlone(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new TensorFileError(
                    file,
                    Files.exists(file) ? "is a directory, a pipe or a device, not a file" : "there is no such file");
        }
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new GgufFile(file, arena, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
        } catch (IOException e) {
            arena.close();
            throw TensorFileError.reading(file, e);
        } catch (InternalError e) {
            arena.close();
            throw new TensorFileError(file, "was cut off while it was read", e);
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private static void requireVersion(Cursor cursor) {
        byte[] magic = new byte[MAGIC.length];
        for (int k = 0; k < magic.length; k++) {
            magic[k] = (byte) cursor.integer8(() -> "the header");
        }
        if (!Arrays.equals(magic, MAGIC)) {
            String letters = new String(magic, StandardCharsets.ISO_8859_1);
            boolean older = List.of("tjgg", "lmgg", "fmgg", "algg", "ggjt", "ggml", "ggmf")
                    .contains(letters);
            throw cursor.wrong(
                    older
                            ? "is of a format before GGUF (ggml, ggjt); convert it with a llama.cpp of 2023 first"
                            : "does not begin with GGUF: it is a file of another kind"
                                    + (magic[3] == 0 ? ", perhaps of safetensors" : ""));
        }
        long version = cursor.unsigned32(() -> "the version");
        if (version == 1) {
            throw cursor.wrong("is of version 1 of GGUF; versions 2 and 3 can be read");
        }
        if (version == Integer.toUnsignedLong(Integer.reverseBytes(2))
                || version == Integer.toUnsignedLong(Integer.reverseBytes(3))) {
            throw cursor.wrong("is big-endian; only little-endian files can be read");
        }
        if (version != 2 && version != 3) {
            throw cursor.wrong("is of version " + version + " of GGUF; versions 2 and 3 can be read");
        }
    }

    private void readEntries(Cursor cursor, long count) {
        Map<String, long[]> offsets = new LinkedHashMap<>();
        for (long t = 0; t < count; t++) {
            String where = "tensor " + (t + 1) + " of " + count;
            String name = cursor.text(LONGEST_NAME, () -> where);
            long dimensions = cursor.unsigned32(() -> where);
            if (dimensions > MOST_DIMENSIONS) {
                throw wrong(name, "has " + dimensions + " dimensions; at most " + MOST_DIMENSIONS + " are possible");
            }
            long[] shape = new long[(int) dimensions];
            for (int d = shape.length - 1; d >= 0; d--) {
                shape[d] = cursor.integer64(() -> where);
            }
            long number = cursor.unsigned32(() -> where);
            StorageType type = StorageType.of(number)
                    .orElseThrow(() -> wrong(
                            name,
                            "is of the storage type " + number + ", which is not known: what can be read is "
                                    + StorageType.readableNames()));
            long offset = cursor.integer64(() -> where);
            if (offsets.put(name, new long[] {offset}) != null) {
                throw new TensorFileError(file, "has the tensor \"" + name + "\" twice");
            }
            entries.put(name, new Entry(bytes, type, shape, offset, bytes(name, type, shape)));
        }
        place(cursor.at());
    }

    private long bytes(String name, StorageType type, long[] shape) {
        long row = shape.length == 0 ? 1 : shape[shape.length - 1];
        if (row % type.elements() != 0) {
            throw wrong(
                    name,
                    "has rows of " + row + " elements, which blocks of " + type.elements() + " (" + type
                            + ") do not fill");
        }
        try {
            long blocks = row / type.elements();
            for (int d = 0; d < shape.length; d++) {
                if (shape[d] <= 0) {
                    throw wrong(name, "has the impossible shape " + unsigned(shape));
                }
                if (d < shape.length - 1) {
                    blocks = Math.multiplyExact(blocks, shape[d]);
                }
            }
            return Math.multiplyExact(blocks, type.bytes());
        } catch (ArithmeticException e) {
            throw new TensorFileError(file, "tensor \"" + name + "\" has the impossible shape " + unsigned(shape), e);
        }
    }

    private static String unsigned(long[] shape) {
        return Arrays.stream(shape).mapToObj(Long::toUnsignedString).toList().toString();
    }

    /** Turns offsets into places in the file, which must be there and must not overlap. */
    private void place(long headerEnd) {
        long alignment = alignment();
        long data = (headerEnd + alignment - 1) / alignment * alignment;
        long room = Math.max(0, bytes.byteSize() - data);
        entries.replaceAll((name, e) -> {
            if (e.begin < 0 || e.begin % alignment != 0) {
                throw wrong(
                        name,
                        "begins at byte " + Long.toUnsignedString(e.begin) + " of the data, which is no multiple of "
                                + alignment);
            }
            if (e.begin > room || e.end > room - e.begin) {
                throw wrong(
                        name,
                        "of type " + e.type + " and shape " + Arrays.toString(e.shape) + " takes " + e.end
                                + " bytes from byte " + e.begin + " of the data on, and there are only " + room
                                + ": the file is cut off, or still being written");
            }
            return new Entry(e.in, e.type, e.shape, data + e.begin, data + e.begin + e.end);
        });
        List<Map.Entry<String, Entry>> order = new ArrayList<>(entries.entrySet());
        order.sort(Comparator.comparingLong(e -> e.getValue().begin));
        for (int k = 1; k < order.size(); k++) {
            if (order.get(k).getValue().begin < order.get(k - 1).getValue().end) {
                throw wrong(
                        order.get(k).getKey(),
                        "begins inside of \"" + order.get(k - 1).getKey() + "\"");
            }
        }
    }

    private long alignment() {
        long alignment = metadata.unsigned32(ALIGNMENT).orElse(USUAL_ALIGNMENT);
        if (Long.bitCount(alignment) != 1 || alignment < 8 || alignment > LARGEST_ALIGNMENT) {
            throw metadata.wrong(
                    ALIGNMENT, "is " + alignment + "; it has to be a power of two from 8 to " + LARGEST_ALIGNMENT);
        }
        return alignment;
    }

    private TensorFileError wrong(String tensor, String what) {
        return new TensorFileError(file, "tensor \"" + tensor + "\" " + what);
    }

    public Path file() {
        return file;
    }

    public Metadata metadata() {
        return metadata;
    }

    /** The names of the tensors, in the order of the file. */
    public Set<String> names() {
        return entries.sequencedKeySet();
    }

    public boolean has(String name) {
        return entries.containsKey(name);
    }

    /** Rows first. */
    public long[] shape(String name) {
        return entry(name).shape.clone();
    }

    public StorageType type(String name) {
        return entry(name).type;
    }

    private Entry entry(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new TensorFileError(
                    file,
                    "has no tensor \"" + name + "\"; it has " + entries.size() + ", the first being "
                            + names().stream().limit(5).toList());
        }
        return entry;
    }

    /**
     * A tensor in main memory, in the current scope: in float32, but 16-bit types as they are.
     *
     * @throws TensorFileError if no tensor has that name, its storage type can only be listed, or the file was cut off since it was opened
     */
    public Tensor tensor(String name) {
        Entry entry = entry(name);
        StorageType type = entry.type;
        if (!type.readable()) {
            throw wrong(
                    name,
                    "is stored as " + type + ", which cannot be read; what can be is " + StorageType.readableNames());
        }
        MemorySegment from = stored(name);
        try {
            return type.quantized()
                    ? Tensor.filled(type.exact(), entry.shape, to -> unpack(type, from, to))
                    : Tensor.filled(
                            type.exact(), entry.shape, to -> MemorySegment.copy(from, 0, to, 0, from.byteSize()));
        } catch (InternalError e) {
            throw new TensorFileError(file, "tensor \"" + name + "\" lies beyond the end: the file was cut off", e);
        }
    }

    /** The bytes of a tensor in the file. */
    MemorySegment stored(String name) {
        Entry entry = entry(name);
        return entry.in.asSlice(entry.begin, entry.end - entry.begin);
    }

    private static void unpack(StorageType type, MemorySegment from, MemorySegment to) {
        byte[] blocks = new byte[CHUNK * type.bytes()];
        float[] values = new float[CHUNK * type.elements()];
        long count = from.byteSize() / type.bytes();
        for (long done = 0; done < count; done += CHUNK) {
            int now = (int) Math.min(CHUNK, count - done);
            MemorySegment.copy(from, ValueLayout.JAVA_BYTE, done * type.bytes(), blocks, 0, now * type.bytes());
            for (int b = 0; b < now; b++) {
                type.unpacking().unpack(blocks, b * type.bytes(), values, b * type.elements());
            }
            MemorySegment.copy(
                    values,
                    0,
                    to,
                    ValueLayout.JAVA_FLOAT_UNALIGNED,
                    done * type.elements() * Float.BYTES,
                    now * type.elements());
        }
    }

    /** The files that it consists of: this one, and the other parts of the model. */
    public List<Path> files() {
        List<Path> files = new ArrayList<>(List.of(file));
        others.forEach(part -> files.add(part.file));
        return files;
    }

    @Override
    public void close() {
        others.forEach(part -> part.arena.close());
        arena.close();
    }
}
