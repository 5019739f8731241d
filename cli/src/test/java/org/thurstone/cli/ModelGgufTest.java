package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurstone.tensor.Tensor;
import org.thurstone.tensor.gguf.GgufWriter;
import org.thurstone.tensor.gguf.StorageType;

/** {@code model info} and {@code model convert} with GGUF files. */
class ModelGgufTest {

    @TempDir
    Path dir;

    @Test
    void aFileOfAnotherArchitectureIsDescribedAndSaysWhy() {
        Path file = dir.resolve("moe.gguf");
        new GgufWriter()
                .text("general.architecture", "qwen3moe")
                .text("general.license", "apache-2.0")
                .text("tokenizer.ggml.model", "gpt2")
                .text("tokenizer.ggml.pre", "qwen2")
                .texts("tokenizer.ggml.tokens", java.util.List.of("a", "b"))
                .tensor("token_embd.weight", StorageType.F16, new long[] {2, 4}, () -> Tensor.of(new float[8], 2, 4))
                .write(file);
        Shell result = Shell.run("model", "info", file.toString());
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("architecture   qwen3moe")
                .contains("parameters     8")
                .contains("tensors        1 F16")
                .contains("tokenizer      gpt2, qwen2, 2 tokens")
                .contains("licence        apache-2.0")
                .contains("use            none: ")
                .contains("\"general.architecture\" is \"qwen3moe\", which cannot be read");
    }

    @Test
    void optionsOfOneFormatAreRefusedForTheOther() {
        Path model = TinyModel.write(dir.resolve("model"));
        Shell type = Shell.run(
                "model",
                "convert",
                model.toString(),
                "--type",
                "f16",
                "--output",
                dir.resolve("x").toString());
        assertThat(type.code()).isEqualTo(2);
        assertThat(type.err()).contains("give --output a name that ends in .gguf");
        Shell dtype = Shell.run(
                "model",
                "convert",
                model.toString(),
                "--dtype",
                "bf16",
                "--output",
                dir.resolve("x.gguf").toString());
        assertThat(dtype.code()).isEqualTo(2);
        assertThat(dtype.err()).contains("a GGUF file has --type");
        Shell unknown = Shell.run(
                "model",
                "convert",
                model.toString(),
                "--type",
                "q4_k",
                "--output",
                dir.resolve("x.gguf").toString());
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("f32, f16, bf16 and q8_0");
    }
}
