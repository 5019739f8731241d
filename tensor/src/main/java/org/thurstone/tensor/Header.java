package org.thurstone.tensor;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * The header of a safetensors file: which tensor lies where, in the order of the file, and free-form metadata.
 *
 * @param entries by name, in the order in which they lie in the file
 * @param metadata strings under {@code __metadata__}
 */
record Header(SequencedMap<String, Entry> entries, Map<String, String> metadata) {

    static final String METADATA = "__metadata__";

    /** The maximum length of a header in bytes, as in the reference implementation. */
    static final long LARGEST = 100_000_000;

    /** Bits an element takes, by the format's names; more than {@link DType} computes with, so that a file can hold them unread. */
    private static final Map<String, Integer> BITS = Map.ofEntries(
            Map.entry("BOOL", 8),
            Map.entry("U8", 8),
            Map.entry("I8", 8),
            Map.entry("F8_E5M2", 8),
            Map.entry("F8_E4M3", 8),
            Map.entry("F8_E8M0", 8),
            Map.entry("I16", 16),
            Map.entry("U16", 16),
            Map.entry("F16", 16),
            Map.entry("BF16", 16),
            Map.entry("I32", 32),
            Map.entry("U32", 32),
            Map.entry("F32", 32),
            Map.entry("C64", 64),
            Map.entry("F64", 64),
            Map.entry("I64", 64),
            Map.entry("U64", 64));

    /**
     * One tensor.
     *
     * @param type the format's name of the element type
     * @param begin bytes from the end of the header
     * @param end bytes from the end of the header, exclusive
     */
    record Entry(String type, long[] shape, long begin, long end) {}

    /**
     * Reads a header and holds it against the length of the data that follow it.
     *
     * @throws TensorFileError if the JSON is malformed, a name occurs twice, an element type is unknown, or the tensors do not cover the
     *     data exactly, one after the other
     */
    static Header read(Path file, byte[] bytes, long dataLength) {
        Json json = new Json(file, bytes);
        List<Map.Entry<String, Entry>> found = new ArrayList<>();
        Map<String, String> metadata = new TreeMap<>();
        json.object("the header", name -> {
            if (name.equals(METADATA)) {
                json.object(METADATA, key -> metadata.put(key, json.string()));
            } else {
                found.add(Map.entry(name, entry(file, name, json)));
            }
        });
        json.end();
        found.sort(Comparator.<Map.Entry<String, Entry>>comparingLong(e -> e.getValue().begin)
                .thenComparingLong(e -> e.getValue().end));
        SequencedMap<String, Entry> entries = new LinkedHashMap<>();
        long at = 0;
        for (Map.Entry<String, Entry> e : found) {
            Entry entry = e.getValue();
            if (entry.begin != at) {
                throw new TensorFileError(
                        file,
                        "tensor \"" + e.getKey() + "\" begins at byte " + entry.begin + " of the data, "
                                + (entry.begin < at ? "inside of" : "with a gap after")
                                + " the tensor before it, which ends at " + at);
            }
            if (entry.end > dataLength) {
                throw new TensorFileError(
                        file,
                        "tensor \"" + e.getKey() + "\" ends at byte " + entry.end + " of the data, but there are only "
                                + dataLength + ": the file is cut off, or still being written");
            }
            at = entry.end;
            entries.put(e.getKey(), entry);
        }
        if (at != dataLength) {
            throw new TensorFileError(
                    file, "the last tensor ends at byte " + at + " of the data, but there are " + dataLength);
        }
        return new Header(entries, metadata);
    }

    private static Entry entry(Path file, String name, Json json) {
        String[] type = {""};
        List<Long> shape = new ArrayList<>();
        List<Long> offsets = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        json.object("tensor \"" + name + "\"", key -> {
            keys.add(key);
            switch (key) {
                case "dtype" -> type[0] = json.string();
                case "shape" -> json.naturals(shape);
                case "data_offsets" -> json.naturals(offsets);
                default ->
                    throw new TensorFileError(
                            file,
                            "tensor \"" + name + "\" has the key \"" + key
                                    + "\", which is not one of dtype, shape, data_offsets");
            }
        });
        for (String key : List.of("dtype", "shape", "data_offsets")) {
            if (!keys.contains(key)) {
                throw new TensorFileError(file, "tensor \"" + name + "\" has no " + key);
            }
        }
        Integer bits = BITS.get(type[0]);
        if (bits == null) {
            throw new TensorFileError(
                    file, "tensor \"" + name + "\" is of type \"" + type[0] + "\", which the format does not know");
        }
        if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
            throw new TensorFileError(
                    file, "tensor \"" + name + "\" has data_offsets " + offsets + " instead of [begin, end]");
        }
        long[] sizes = shape.stream().mapToLong(Long::longValue).toArray();
        long wanted = bytes(file, name, sizes, bits / 8);
        long there = offsets.get(1) - offsets.get(0);
        if (wanted != there) {
            throw new TensorFileError(
                    file,
                    "tensor \"" + name + "\" of type " + type[0] + " and shape " + Arrays.toString(sizes) + " takes "
                            + wanted + " bytes, but its data_offsets span " + there);
        }
        return new Entry(type[0], sizes, offsets.get(0), offsets.get(1));
    }

    private static long bytes(Path file, String name, long[] shape, long bytes) {
        try {
            for (long size : shape) {
                bytes = Math.multiplyExact(bytes, size);
            }
            return bytes;
        } catch (ArithmeticException e) {
            throw new TensorFileError(
                    file, "tensor \"" + name + "\" has the impossible shape " + Arrays.toString(shape), e);
        }
    }

    /** The header's JSON, padded with spaces so that the data after it begin at a multiple of eight bytes. */
    byte[] write() {
        StringBuilder json = new StringBuilder("{");
        if (!metadata.isEmpty()) {
            Json.quote(json, METADATA).append(":{");
            String comma = "";
            for (Map.Entry<String, String> e : new TreeMap<>(metadata).entrySet()) {
                json.append(comma);
                Json.quote(Json.quote(json, e.getKey()).append(':'), e.getValue());
                comma = ",";
            }
            json.append('}');
        }
        String comma = metadata.isEmpty() ? "" : ",";
        for (Map.Entry<String, Entry> e : entries.entrySet()) {
            Entry entry = e.getValue();
            Json.quote(json.append(comma), e.getKey())
                    .append(":{\"dtype\":\"")
                    .append(entry.type)
                    .append("\",\"shape\":")
                    .append(Arrays.toString(entry.shape).replace(" ", ""))
                    .append(",\"data_offsets\":[")
                    .append(entry.begin)
                    .append(',')
                    .append(entry.end)
                    .append("]}");
            comma = ",";
        }
        byte[] text = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(text, (text.length + 7) / 8 * 8);
        Arrays.fill(padded, text.length, padded.length, (byte) ' ');
        return padded;
    }
}
