package org.thurstone.model.export;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurstone.data.UserError;
import org.thurstone.model.files.GgufArchitecture;
import org.thurstone.model.files.GgufLayout;
import org.thurstone.model.hub.AdapterWeights;
import org.thurstone.model.transformer.TransformerConfig;
import org.thurstone.model.transformer.WeightShapes;
import org.thurstone.tensor.Tensor;
import org.thurstone.tensor.gguf.GgufWriter;
import org.thurstone.tensor.gguf.StorageType;
import tools.jackson.databind.json.JsonMapper;

/**
 * A LoRA adapter as the keys and tensors of a GGUF adapter. llama.cpp adds {@code alpha / rank · B · A} to the weight that it has, so the rows of B go as the
 * rows of that weight do, and an adapter that scales by {@code alpha / √rank} says {@code alpha · √rank}.
 */
final class GgufAdapter {

    private final AdapterWeights adapter;
    private final GgufLayout layout;
    private final GgufWriter writer = new GgufWriter();
    private final StoragePlan plan = new StoragePlan(writer);
    private final List<String> notes = new ArrayList<>();

    GgufAdapter(AdapterWeights adapter) {
        this.adapter = adapter;
        TransformerConfig config = adapter.config();
        String modelType = JsonMapper.shared()
                .readTree(config.source().json())
                .path("model_type")
                .asString("");
        GgufArchitecture architecture = GgufArchitecture.ofModelType(modelType)
                .orElseThrow(() -> new UserError("the base's \"model_type\" is \"" + modelType
                        + "\", whose adapters cannot be written as a GGUF file"));
        this.layout = new GgufLayout(architecture, config.heads(), config.keyHeads());
    }

    StoragePlan plan() {
        return plan;
    }

    List<String> notes() {
        return notes;
    }

    void write(Optional<StorageType> type, Path output) {
        StorageType wanted = type.orElse(StorageType.F32);
        int rank = adapter.lora().rank();
        writer.text("general.architecture", layout.architecture().label())
                .text("general.type", "adapter")
                .text("general.name", String.valueOf(output.getFileName()).replaceFirst("(?i)\\.gguf$", ""))
                .text("adapter.type", "lora")
                .number("adapter.lora.alpha", (float) (adapter.lora().scale() * rank));
        writer.count("general.base_model.count", 1)
                .text("general.base_model.0.name", String.valueOf(adapter.base().getFileName()));
        WeightShapes.shapes(adapter.config()).forEach((name, shape) -> {
            if (adapter.adapts(name)) {
                add(name, wanted);
            }
        });
        writer.write(output);
    }

    private void add(String name, StorageType wanted) {
        String tensor = layout.tensor(name)
                .orElseThrow(() -> new UserError("the weight \"" + name + "\" has no name in a GGUF file"));
        // Matrices of both sides are (out, in) here, so that a base that has its projections turned over needs nothing.
        plan.add(tensor + ".lora_a", wanted, adapter.downShape(name), () -> adapter.down(name));
        plan.add(tensor + ".lora_b", wanted, adapter.upShape(name), () -> ordered(name, adapter.up(name)));
    }

    private Tensor ordered(String name, Tensor up) {
        return layout.architecture() == GgufArchitecture.GPT2 ? up : layout.stored(name, up);
    }
}
