package org.thurstone.tensor.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.SafeTensors;
import org.thurstone.tensor.Scope;
import org.thurstone.tensor.Tensor;
import org.thurstone.tensor.TensorFileError;

class GgufFileTest {

    @TempDir
    Path dir;

    private static Path shared(String name) {
        String root = Optional.ofNullable(System.getProperty("thurstone.shared"))
                .filter(p -> !p.isBlank())
                .or(() -> Optional.ofNullable(System.getenv("THURSTONE_SHARED")))
                .orElse("../../shared");
        Path path = Path.of(root, "models", name);
        assumeTrue(Files.exists(path), () -> "there is no " + path);
        return path;
    }

    /** The values are those of ggml's own Python reader. */
    @Test
    void everyStorageTypeIsUnpackedAsByGgml() {
        try (GgufFile file = GgufFile.open(shared("gguf/types.gguf"));
                SafeTensors expected = SafeTensors.open(shared("gguf/types.safetensors"));
                Scope scope = Scope.open()) {
            assertThat(file.names()).hasSameSizeAs(expected.names()).isNotEmpty();
            for (String name : file.names()) {
                float[] found = file.tensor(name).to(DType.FLOAT32).toFloats();
                float[] wanted = expected.tensor(name).toFloats();
                assertThat(file.shape(name)).as(name).isEqualTo(expected.shape(name));
                for (int k = 0; k < wanted.length; k++) {
                    assertThat(found[k]).as(name + " at " + k).isCloseTo(wanted[k], within(Math.ulp(wanted[k])));
                }
            }
        }
    }

    private Path written(Consumer<GgufWriter> content) {
        GgufWriter writer = new GgufWriter();
        content.accept(writer);
        Path file = dir.resolve("model.gguf");
        writer.write(file);
        return file;
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        float[] values = new float[192];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) Math.sin(k) * (k % 7);
        }
        try (Scope scope = Scope.open()) {
            Tensor tensor = Tensor.of(values, 3, 64);
            long[] shape = {3, 64};
            Path path = written(w -> w.text("general.architecture", "größe")
                    .count("c", 0xFFFF_FFFFL)
                    .number("n", 0.5f)
                    .flag("yes", true)
                    .flag("no", false)
                    .texts("words", List.of("", "Ġa", "\uD83D\uDE42"))
                    .numbers("scores", new float[] {-1, 2.5f})
                    .integers("types", new int[] {1, -3})
                    .tensor("f32", StorageType.F32, shape, () -> tensor)
                    .tensor("f16", StorageType.F16, shape, () -> tensor)
                    .tensor("bf16", StorageType.BF16, shape, () -> tensor)
                    .tensor("q8", StorageType.Q8_0, shape, () -> tensor)
                    .tensor(
                            "odd",
                            StorageType.F32,
                            new long[] {5},
                            () -> tensor.reshape(-1).narrow(0, 0, 5)));
            try (GgufFile file = GgufFile.open(path)) {
                Metadata m = file.metadata();
                assertThat(m.text("general.architecture")).contains("größe");
                assertThat(m.count("c")).hasValue(0xFFFF_FFFFL);
                assertThat(m.number("n")).hasValue(0.5);
                assertThat(m.number("c")).hasValue(0xFFFF_FFFFL);
                assertThat(m.flag("yes")).contains(true);
                assertThat(m.flag("no")).contains(false);
                assertThat(m.texts("words")).contains(List.of("", "Ġa", "\uD83D\uDE42"));
                assertThat(m.numbers("scores").orElseThrow()).containsExactly(-1, 2.5f);
                assertThat(m.counts("types").orElseThrow()).containsExactly(1, -3);
                assertThat(m.text("absent")).isEmpty();
                assertThat(file.shape("f32")).containsExactly(3, 64);
                assertThat(file.tensor("f32").toFloats()).isEqualTo(values);
                assertThat(file.tensor("f16").type()).isEqualTo(DType.FLOAT16);
                assertThat(file.tensor("bf16").type()).isEqualTo(DType.BFLOAT16);
                assertThat(file.tensor("odd").toFloats()).isEqualTo(Arrays.copyOf(values, 5));
                float[] q8 = file.tensor("q8").toFloats();
                for (int k = 0; k < values.length; k++) {
                    assertThat(q8[k]).isCloseTo(values[k], within(6f / 127 * 0.51f));
                }
                assertThatThrownBy(() -> m.count("yes"))
                        .isInstanceOf(TensorFileError.class)
                        .hasMessageContaining("\"yes\" is of the type bool; it has to be a whole number");
            }
        }
    }

    /** A header by hand: what no writer of ours would write. */
    private static final class Header {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Header(long tensors, long keys) {
            raw("GGUF".getBytes(StandardCharsets.US_ASCII)).u32(3).u64(tensors).u64(keys);
        }

        Header raw(byte... bytes) {
            out.writeBytes(bytes);
            return this;
        }

        Header u32(int value) {
            return raw(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(value)
                    .array());
        }

        Header u64(long value) {
            return raw(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(value)
                    .array());
        }

        Header text(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return u64(bytes.length).raw(bytes);
        }

        Header tensor(String name, int type, long offset, long... sizes) {
            text(name).u32(sizes.length);
            for (long size : sizes) {
                u64(size);
            }
            return u32(type).u64(offset);
        }

        Header pad(int alignment, int data) {
            return raw(new byte[(alignment - out.size() % alignment) % alignment])
                    .raw(new byte[data]);
        }
    }

    private void refused(Header header, String message) throws IOException {
        refused(header.out.toByteArray(), message);
    }

    private void refused(byte[] bytes, String message) throws IOException {
        Path file = Files.write(dir.resolve("hostile.gguf"), bytes);
        assertThatThrownBy(() -> GgufFile.open(file).close())
                .isInstanceOf(TensorFileError.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void countsThatTheFileCannotHoldAreRefusedByWhatTheyAreOf() throws IOException {
        for (long count : new long[] {1_000_000_000, Long.MIN_VALUE, Long.MAX_VALUE, -1}) {
            refused(new Header(count, 0), "the number of tensors is said to have the length");
            refused(new Header(0, count), "the number of keys is said to have the length");
            refused(new Header(0, 1).u64(count).raw(new byte[16]), "key 1 of 1 is said to have the length");
            refused(
                    new Header(0, 1).text("name").u32(8).u64(count).raw(new byte[16]),
                    "the value of \"name\" is said to have the length");
            refused(
                    new Header(0, 1).text("tokens").u32(9).u32(8).u64(count).raw(new byte[16]),
                    "the value of \"tokens\" is said to have the length");
        }
    }

    @Test
    void listsWithinListsAreBounded() throws IOException {
        Header header = new Header(0, 1).text("nested").u32(9);
        for (int depth = 0; depth < 10_000; depth++) {
            header.u32(9).u64(1);
        }
        refused(header, "deeper than 4");
    }

    @Test
    void typesThatAreNotKnownEndTheReading() throws IOException {
        refused(new Header(0, 2).text("a").u32(13).raw(new byte[32]), "the value of \"a\" is of the type 13");
        refused(new Header(0, 1).text("a").u32(9).u32(13).u64(0), "the value of \"a\" is of the type 13");
        refused(new Header(1, 0).tensor("w", 4, 0, 32).pad(32, 64), "tensor \"w\" is of the storage type 4");
    }

    @Test
    void impossibleShapesAreRefused() throws IOException {
        for (long[] shape : new long[][] {{(1L << 42) + 1, 1152}, {-1, 2}, {1L << 62, 4}, {0, 4}, {Long.MIN_VALUE}}) {
            refused(new Header(1, 0).tensor("w", 0, 0, shape).pad(32, 64), "tensor \"w\" ");
        }
        refused(new Header(1, 0).tensor("w", 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1).pad(32, 64), "has 9 dimensions");
        refused(
                new Header(1, 0).tensor("w", 12, 0, 576, 256).pad(32, 64),
                "rows of 576 elements, which blocks of 256 (Q4_K) do not fill");
    }

    @Test
    void tensorsLieInTheFileAndNotInEachOther() throws IOException {
        String cut = "the file is cut off, or still being written";
        refused(new Header(1, 0).tensor("w", 0, 0, 32).pad(32, 127), cut);
        refused(new Header(1, 0).tensor("w", 0, 1024, 32).pad(32, 128), cut);
        refused(new Header(1, 0).tensor("w", 0, Long.MAX_VALUE - 31, 32).pad(32, 128), cut);
        refused(new Header(1, 0).tensor("w", 0, -32, 32).pad(32, 128), "is no multiple of 32");
        refused(new Header(1, 0).tensor("w", 0, 8, 32).pad(32, 256), "is no multiple of 32");
        refused(
                new Header(2, 0).tensor("a", 0, 0, 32).tensor("b", 0, 96, 32).pad(32, 512),
                "tensor \"b\" begins inside of \"a\"");
    }

    @Test
    void namesAreThereOnce() throws IOException {
        refused(new Header(2, 0).tensor("w", 0, 0, 8).tensor("w", 0, 32, 8).pad(32, 64), "has the tensor \"w\" twice");
        refused(new Header(0, 2).text("k").u32(4).u32(1).text("k").u32(4).u32(2), "has the key \"k\" twice");
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 32, 64, 4096, 1 << 16})
    void theAlignmentOfTheFileCounts(int alignment) throws IOException {
        for (int name = 1; name <= 40; name += 13) {
            Header header = new Header(1, 1)
                    .text("general.alignment")
                    .u32(4)
                    .u32(alignment)
                    .tensor("w".repeat(name), 0, 0, 1)
                    .pad(alignment, 0)
                    .u32(Float.floatToIntBits(7));
            Path path = Files.write(dir.resolve("aligned.gguf"), header.out.toByteArray());
            try (GgufFile file = GgufFile.open(path);
                    Scope scope = Scope.open()) {
                assertThat(file.tensor("w".repeat(name)).toFloats()).containsExactly(7);
            }
        }
    }

    @Test
    void otherAlignmentsAreRefused() throws IOException {
        for (int alignment : new int[] {0, 3, 1 << 30, 4}) {
            refused(
                    new Header(0, 1).text("general.alignment").u32(4).u32(alignment),
                    "\"general.alignment\" is " + alignment + "; it has to be a power of two");
        }
        refused(
                new Header(0, 1).text("general.alignment").u32(5).u32(32),
                "\"general.alignment\" is of the type int32; it has to be an unsigned whole number of 32 bits");
    }

    @Test
    void filesOfOtherFormatsAreNamed() throws IOException {
        byte[] version1 = new Header(0, 0).out.toByteArray();
        version1[4] = 1;
        refused(version1, "is of version 1 of GGUF");
        byte[] big = new Header(0, 0).out.toByteArray();
        big[4] = 0;
        big[7] = 3;
        refused(big, "is big-endian");
        byte[] later = new Header(0, 0).out.toByteArray();
        later[4] = 9;
        refused(later, "is of version 9 of GGUF");
        refused("tjgg............".getBytes(StandardCharsets.US_ASCII), "is of a format before GGUF");
        refused("\10\0\0\0\0\0\0\0{}      ".getBytes(StandardCharsets.US_ASCII), "perhaps of safetensors");
        refused(new byte[0], "the header ends after the end of the file");
        assertThatThrownBy(() -> GgufFile.open(dir).close()).hasMessageContaining("is a directory");
        assertThatThrownBy(() -> GgufFile.open(dir.resolve("none.gguf")).close())
                .hasMessageContaining("there is no such file");
    }

    /** Whatever byte is damaged: a message or a file that can be read, and nothing else. */
    @Test
    void everyCutAndEveryFlippedByteIsReadOrRefused() throws IOException {
        Path path = written(w -> w.text("general.architecture", "llama")
                .texts("tokens", List.of("a", "b"))
                .numbers("scores", new float[] {0, 1})
                .tensor("w", StorageType.F32, new long[] {2, 4}, () -> Tensor.of(new float[8], 2, 4)));
        byte[] whole = Files.readAllBytes(path);
        for (int length = 0; length < whole.length; length++) {
            readOrRefuse(Arrays.copyOf(whole, length));
        }
        for (int at = 0; at < whole.length; at++) {
            for (int bit = 1; bit < 256; bit <<= 1) {
                byte[] damaged = whole.clone();
                damaged[at] ^= (byte) bit;
                readOrRefuse(damaged);
            }
        }
    }

    private void readOrRefuse(byte[] bytes) throws IOException {
        Path path = Files.write(dir.resolve("damaged.gguf"), bytes);
        try (GgufFile file = GgufFile.open(path);
                Scope scope = Scope.open()) {
            file.metadata().keys().forEach(file.metadata()::shown);
            file.names().forEach(file::tensor);
        } catch (TensorFileError e) {
            assertThat(e).hasMessageStartingWith(path.toString());
        }
    }

    @Test
    void aFileThatIsCutWhileItIsOpenIsAnError() throws IOException {
        int count = 1 << 16;
        Path path = written(
                w -> w.tensor("w", StorageType.F32, new long[] {count}, () -> Tensor.of(new float[count], count)));
        try (GgufFile file = GgufFile.open(path);
                java.nio.channels.FileChannel channel =
                        java.nio.channels.FileChannel.open(path, java.nio.file.StandardOpenOption.WRITE)) {
            channel.truncate(8192);
            try (Scope scope = Scope.open()) {
                assertThatThrownBy(() -> file.tensor("w"))
                        .isInstanceOf(TensorFileError.class)
                        .hasMessageContaining("the file was cut off");
            }
        }
    }

    private Path part(int number, int count, String tensor, int total) {
        Path file = dir.resolve("m-%05d-of-%05d.gguf".formatted(number + 1, count));
        GgufWriter writer = new GgufWriter()
                .count("split.no", number)
                .count("split.count", count)
                .count("split.tensors.count", total);
        if (number == 0) {
            writer.text("general.architecture", "llama");
        }
        float value = number;
        writer.tensor(tensor, StorageType.F32, new long[] {1}, () -> Tensor.of(new float[] {value}, 1))
                .write(file);
        return file;
    }

    @Test
    void anyPartOpensAllOfThem() {
        for (int given = 0; given < 3; given++) {
            List<Path> parts = List.of(part(0, 3, "a", 3), part(1, 3, "b", 3), part(2, 3, "c", 3));
            try (GgufFile file = GgufFile.open(parts.get(given));
                    Scope scope = Scope.open()) {
                assertThat(file.names()).containsExactly("a", "b", "c");
                assertThat(file.tensor("c").toFloats()).containsExactly(2);
                assertThat(file.metadata().text("general.architecture")).contains("llama");
                assertThat(file.files()).containsExactlyElementsOf(parts);
            }
        }
    }

    @Test
    void partsThatAreMissingOrOfAnotherModelAreNamed() throws IOException {
        Path first = part(0, 3, "a", 3);
        Path second = part(1, 3, "b", 3);
        assertThatThrownBy(() -> GgufFile.open(second).close())
                .isInstanceOf(TensorFileError.class)
                .hasMessageContaining("part 3 is missing: ")
                .hasMessageContaining("m-00003-of-00003.gguf");
        Path third = part(2, 3, "b", 3);
        assertThatThrownBy(() -> GgufFile.open(first).close())
                .hasMessageStartingWith(third + ": ")
                .hasMessageContaining("has the tensor \"b\", which another part has as well");
        part(2, 3, "c", 4);
        part(0, 3, "a", 4);
        assertThatThrownBy(() -> GgufFile.open(first).close())
                .hasMessageContaining("\"split.tensors.count\" is 4, and the 3 parts have 3");
        Files.copy(second, third, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> GgufFile.open(first).close())
                .hasMessageStartingWith(third + ": ")
                .hasMessageContaining("says that it is part 2 of 3, and by its name it is part 3 of 3");
        Path renamed = Files.copy(first, dir.resolve("renamed.gguf"));
        assertThatThrownBy(() -> GgufFile.open(renamed).close())
                .hasMessageContaining("its name has to end in -00001-of-00003.gguf");
    }

    @Test
    void onlyWhatCanBeStoredIsWritten() {
        GgufWriter writer = new GgufWriter();
        assertThat(GgufWriter.fits(StorageType.Q8_0, new long[] {64, 56})).isFalse();
        assertThatThrownBy(
                        () -> writer.tensor("w", StorageType.Q8_0, new long[] {64, 56}, () -> Tensor.of(new float[1])))
                .hasMessageContaining("no whole number of blocks");
        assertThatThrownBy(() -> writer.tensor("w", StorageType.Q4_K, new long[] {256}, () -> Tensor.of(new float[1])))
                .hasMessageContaining("Q4_K cannot be written");
        writer.text("k", "v");
        assertThatThrownBy(() -> writer.flag("k", true)).hasMessageContaining("was given before");
    }
}
