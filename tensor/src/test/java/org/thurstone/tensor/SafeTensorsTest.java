package org.thurstone.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.thurstone.data.UserError;

class SafeTensorsTest {

    @TempDir
    Path directory;

    private Path file(String header, int dataBytes) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(text.length).put(text);
        return Files.write(directory.resolve("model.safetensors"), bytes.array());
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void everyTypeIsReadBackUnchanged(DType type) {
        Path file = directory.resolve("x.safetensors");
        double[] values = type == DType.BOOL ? new double[] {1, 0, 1, 1, 0, 0} : new double[] {1, -2, 3, 0.5, 96, 7};
        Tensor x = Tensor.of(values, 2, 3).to(type);
        SafeTensors.write(file, Map.of("x", x), Map.of());
        try (SafeTensors read = SafeTensors.open(file)) {
            assertThat(read.type("x")).isEqualTo(type);
            assertThat(read.shape("x")).containsExactly(2, 3);
            assertThat(read.tensor("x").toDoubles()).containsExactly(x.toDoubles());
        }
    }

    @Test
    void aFileWrittenByHandIsRead() throws IOException {
        String header = "{\"b\":{\"dtype\":\"I32\",\"shape\":[],\"data_offsets\":[8,12]},"
                + " \"a \\u00e9\" : {\"shape\":[2],\"data_offsets\":[0,8],\"dtype\":\"F32\"},\"__metadata__\":{\"format\":\"pt\"}}  ";
        Path file = file(header, 12);
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        data.putFloat(bytes.length - 12, 1.5f).putFloat(bytes.length - 8, -2).putInt(bytes.length - 4, 42);
        Files.write(file, bytes);
        try (SafeTensors read = SafeTensors.open(file)) {
            assertThat(read.names()).containsExactly("a é", "b");
            assertThat(read.tensor("a é").toDoubles()).containsExactly(1.5, -2);
            assertThat(read.tensor("b").item()).isEqualTo(42);
            assertThat(read.shape("b")).isEmpty();
            assertThat(read.metadata()).containsExactly(Map.entry("format", "pt"));
            assertThatThrownBy(() -> read.tensor("c"))
                    .isInstanceOf(TensorFileError.class)
                    .hasMessageContaining("no tensor \"c\"")
                    .hasMessageContaining("model.safetensors");
        }
    }

    @Test
    void dataAreAlignedWhateverTheOrderAndNames() throws IOException {
        Path file = directory.resolve("x.safetensors");
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("flag", Tensor.of(new boolean[] {true}));
        tensors.put("empty", Tensor.of(new float[0], 0, 4));
        tensors.put("\"quoted\" \\ \u0001 😀", Tensor.of(new float[] {3}));
        tensors.put("strided", Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3).transpose(0, 1));
        SafeTensors.write(file, tensors, Map.of("note", "line\nbreak"));
        byte[] bytes = Files.readAllBytes(file);
        assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong() % 8)
                .isZero();
        try (SafeTensors read = SafeTensors.open(file)) {
            assertThat(read.names()).containsExactly("strided", "empty", "\"quoted\" \\ \u0001 😀", "flag");
            assertThat(read.tensor("strided").toDoubles()).containsExactly(1, 4, 2, 5, 3, 6);
            assertThat(read.tensor("empty").shape()).containsExactly(0, 4);
            assertThat(read.tensor("\"quoted\" \\ \u0001 😀").item()).isEqualTo(3);
            assertThat(read.tensor("flag").item()).isEqualTo(1);
            assertThat(read.metadata()).containsEntry("note", "line\nbreak");
        }
        SafeTensors.write(file, Map.of(), Map.of());
        try (SafeTensors read = SafeTensors.open(file)) {
            assertThat(read.names()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}                         | 8  | malformed
        {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} x                      | 8  | malformed
        {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],}}                       | 8  | malformed
        {"a":{"dtype":"F32","shape":[02],"data_offsets":[0,8]}}                       | 8  | whole number
        {"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}                       | 8  | whole number
        {"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}                      | 8  | malformed
        {"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}     | 8  | 99999999999999999999
        {"a":{"dtype":"F32","shape":[9000000000000000000,8],"data_offsets":[0,8]}}    | 8  | impossible shape
        {"a":{"dtype":"F33","shape":[2],"data_offsets":[0,8]}}                        | 8  | "a" is of type "F33"
        {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}                        | 8  | "a" of type F32 and shape [3] takes 12 bytes
        {"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}                        | 8  | data_offsets [8, 0]
        {"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}                          | 8  | data_offsets [0]
        {"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}                       | 12 | gap
        {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}} | 12 | "b" begins at byte 4 of the data, inside of
        {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[12,20]}} | 20 | "b" begins at byte 12 of the data, with a gap
        {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}                        | 7  | "a" ends at byte 8 of the data, but there are only 7
        {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}                        | 9  | ends at byte 8 of the data, but there are 9
        {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | 8 | "a" twice
        {"a":{"dtype":"F32","shape":[2]}}                                             | 8  | "a" has no data_offsets
        {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"more":1}}               | 8  | "more"
        {"__metadata__":{"a":1}}                                                      | 0  | malformed
        []                                                                            | 0  | not a safetensors file
        """)
    void aHeaderThatLiesIsRefused(String header, int dataBytes, String message) throws IOException {
        Path file = file(header, dataBytes);
        assertThatThrownBy(() -> SafeTensors.open(file))
                .isInstanceOf(TensorFileError.class)
                .hasMessageContaining(message)
                .hasMessageContaining(file.toString());
    }

    @Test
    void filesOfOtherKindsAreRefused() throws IOException {
        Path file = directory.resolve("x");
        assertThatThrownBy(() -> SafeTensors.open(file)).hasMessageContaining("there is no");
        assertThatThrownBy(() -> SafeTensors.open(directory)).isInstanceOf(TensorFileError.class);
        Files.write(file, new byte[0]);
        assertThatThrownBy(() -> SafeTensors.open(file)).hasMessageContaining("0 bytes");
        Files.writeString(file, "PK\u0003\u0004 this was pickled");
        assertThatThrownBy(() -> SafeTensors.open(file)).hasMessageContaining("not a safetensors file");
        Files.write(file, new byte[] {100, 0, 0, 0, 0, 0, 0, 0, '{', '}'});
        assertThatThrownBy(() -> SafeTensors.open(file)).hasMessageContaining("cut off");
        Files.write(file, new byte[] {3, 0, 0, 0, 0, 0, 0, 0, '{', (byte) 0xff, '}'});
        assertThatThrownBy(() -> SafeTensors.open(file)).hasMessageContaining("UTF-8");
    }

    @Test
    void everyCutOfAFileIsNoticed() throws IOException {
        Path file = directory.resolve("x.safetensors");
        SafeTensors.write(file, Map.of("x", Tensor.of(new float[] {1, 2, 3})), Map.of("k", "v"));
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Path cut = Files.write(directory.resolve("cut"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SafeTensors.open(cut)).isInstanceOf(TensorFileError.class);
        }
    }

    @Test
    void typesThatCannotBeComputedWithAreLeftUnread() throws IOException {
        Path file = file(
                "{\"q\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]},\"b\":{\"dtype\":\"BOOL\",\"shape\":[1],\"data_offsets\":[3,4]}}",
                4);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] = 7;
        Files.write(file, bytes);
        try (SafeTensors read = SafeTensors.open(file)) {
            assertThat(read.shape("q")).containsExactly(3);
            assertThatThrownBy(() -> read.tensor("q")).hasMessageContaining("\"q\" is of type U8");
            assertThatThrownBy(() -> read.tensor("b")).hasMessageContaining("\"b\" of type BOOL has the byte 7");
        }
    }

    @Test
    void aFailedWriteLeavesNothing() throws IOException {
        Map<String, Tensor> tensors = Map.of("x", Tensor.of(new float[] {1}));
        assertThatThrownBy(() -> SafeTensors.write(directory.resolve("none/x"), tensors, Map.of()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("there is no");
        Path occupied =
                Files.createDirectories(directory.resolve("occupied/full")).getParent();
        assertThatThrownBy(() -> SafeTensors.write(occupied, tensors, Map.of())).isInstanceOf(UserError.class);
        try (var left = Files.list(directory)) {
            assertThat(left.toList()).isEqualTo(List.of(occupied));
        }
        assertThatThrownBy(() ->
                        SafeTensors.write(directory.resolve("x"), Map.of("__metadata__", tensors.get("x")), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyFlippedBitOfAFileIsNoticedOrChangesNothing() throws IOException {
        Path file = directory.resolve("x.safetensors");
        SafeTensors.write(file, Map.of("x", Tensor.of(new float[] {1, 2, 3})), Map.of("step", "12"));
        byte[] bytes = Files.readAllBytes(file);
        try (SafeTensors sound = SafeTensors.open(file)) {
            sound.checkSound();
            assertThat(sound.metadata()).isEqualTo(Map.of("step", "12"));
        }
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, flipped);
            try (SafeTensors read = SafeTensors.open(file)) {
                read.checkSound();
                // Only the name of the checksum may differ, so that it is not found.
                assertThat(read.metadata()).as("bit %d", bit).containsEntry("step", "12");
                assertThat(read.tensor("x").toDoubles()).as("bit %d", bit).containsExactly(1, 2, 3);
            } catch (TensorFileError e) {
                assertThat(e).hasMessageContaining(file.toString());
            }
        }
    }

    @Test
    void aFileThatIsReplacedWhileMappedKeepsItsOldData() {
        Path file = directory.resolve("x.safetensors");
        SafeTensors.write(file, Map.of("x", Tensor.of(new float[] {1})), Map.of());
        try (SafeTensors old = SafeTensors.open(file)) {
            SafeTensors.write(file, Map.of("x", Tensor.of(new float[] {2})), Map.of());
            assertThat(old.tensor("x").item()).isEqualTo(1);
        }
    }
}
