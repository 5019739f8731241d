package org.thurstone.model.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.thurstone.data.Message;
import org.thurstone.data.Role;
import org.thurstone.data.UserError;
import org.thurstone.model.files.GgufArchitecture;
import org.thurstone.model.files.GgufLayout;
import org.thurstone.model.files.GgufPaths;
import org.thurstone.model.files.ModelCard;
import org.thurstone.model.files.ModelTexts;
import org.thurstone.model.hub.AdapterWeights;
import org.thurstone.model.hub.Transformers;
import org.thurstone.model.hub.WeightFiles;
import org.thurstone.model.text.ChatTemplate;
import org.thurstone.model.text.TemplateRefusal;
import org.thurstone.model.text.TemplateSources;
import org.thurstone.model.text.Tokenizer;
import org.thurstone.model.transformer.TransformerConfig;
import org.thurstone.model.transformer.WeightShapes;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Tensor;
import org.thurstone.tensor.TensorFileError;
import org.thurstone.tensor.gguf.GgufFile;
import org.thurstone.tensor.gguf.GgufWriter;
import org.thurstone.tensor.gguf.Metadata;
import org.thurstone.tensor.gguf.StorageType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a model as a GGUF file, which llama.cpp and Ollama read: of a Hugging Face directory, of another GGUF file, or of an adapter with its base, merged.
 *
 * @param type of the weights; those of the source if empty
 * @param pre the name of the pre-tokenizer, for a tokenizer that none is found for; empty to find it
 */
public record GgufExport(Optional<StorageType> type, Optional<String> pre) {

    private static final List<StorageType> WRITABLE =
            List.of(StorageType.F32, StorageType.F16, StorageType.BF16, StorageType.Q8_0);

    private static final String TEMPLATE = "tokenizer.chat_template";
    private static final String TOKENS = "tokenizer.ggml.";

    /** Keys that say how a file is written. */
    private static final Set<String> OF_FILE =
            Set.of("general.alignment", "general.file_type", "general.quantization_version");

    /** Ends that llama.cpp knows by their spelling, whatever the keys say. */
    private static final Set<String> KNOWN_ENDS = Set.of(
            "<|eot_id|>",
            "<|im_end|>",
            "<|end|>",
            "<end_of_turn>",
            "<|endoftext|>",
            "</s>",
            "<|eom_id|>",
            "<EOT>",
            "[EOT]",
            "[EOS]",
            "<|end_of_text|>",
            "<eos>",
            "<turn|>");

    /** Texts whose ids are compared between the model and the file that was written. */
    private static final List<String> PROBES = List.of(
            "Hello, world! It's 2024: they're 12345.67 (or so)...",
            "  two leading,\ttab\n\nlines  \n  end ",
            "naïve café 你好 мир 😀 👍🏽 שלום",
            "for (int i = 0; i < n; i++) {\n    a[i] += 2;\n}\n");

    /**
     * From words.
     *
     * @param type {@code f32}, {@code f16}, {@code bf16} or {@code q8_0}
     * @throws IllegalArgumentException if it is another word
     */
    public static GgufExport of(Optional<String> type, Optional<String> pre) {
        return new GgufExport(type.map(GgufExport::type), pre);
    }

    private static StorageType type(String name) {
        return WRITABLE.stream()
                .filter(t -> t.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + name + "\" is no type that can be written; f32, f16, bf16 and q8_0 are"));
    }

    /**
     * Writes a whole model.
     *
     * @param source a directory, a GGUF file, or a directory with an adapter
     * @param output a file that does not exist
     * @throws UserError if the format cannot say what the model is; nothing is left behind then
     */
    public Exported model(Path source, Path output) {
        if (Files.exists(output)) {
            throw new UserError(output + " exists: choose another output, or delete it");
        }
        try {
            if (!AdapterWeights.isAdapter(source)) {
                return model(source, Optional.empty(), output);
            }
            try (AdapterWeights adapter = AdapterWeights.open(source)) {
                return model(source, Optional.of(adapter), output);
            }
        } catch (TensorFileError e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Writes an adapter alone, which llama.cpp puts on its base.
     *
     * @param source a directory with an adapter
     * @param output a file that does not exist
     * @throws UserError if there is no adapter, or the format cannot say what it is
     */
    public Exported adapter(Path source, Path output) {
        if (!AdapterWeights.isAdapter(source)) {
            throw new UserError(
                    source + " has no adapter: an adapter's directory has adapter_config.json and no" + " config.json");
        }
        if (Files.exists(output)) {
            throw new UserError(output + " exists: choose another output, or delete it");
        }
        try (AdapterWeights weights = AdapterWeights.open(source)) {
            GgufAdapter adapter = new GgufAdapter(weights);
            adapter.write(type, output);
            adapter.notes().addAll(adapter.plan().notes());
            return new Exported(output, adapter.plan().counts(), Files.size(output), Optional.empty(), adapter.notes());
        } catch (TensorFileError e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw UserError.reading(output, e);
        }
    }

    private Exported model(Path source, Optional<AdapterWeights> adapter, Path output) {
        Path weights = adapter.map(AdapterWeights::base).orElse(source);
        Optional<Path> gguf = GgufPaths.of(weights);
        if (gguf.isEmpty()) {
            return ofDirectory(source, weights, adapter, output);
        }
        try (GgufFile file = GgufFile.open(gguf.get())) {
            return ofFile(source, file, adapter, output);
        }
    }

    /** What is known while a file is put together. */
    private record Draft(GgufWriter writer, StoragePlan plan, List<String> notes) {
        static Draft empty() {
            GgufWriter writer = new GgufWriter();
            return new Draft(writer, new StoragePlan(writer), new ArrayList<>());
        }
    }

    private Exported ofFile(Path source, GgufFile file, Optional<AdapterWeights> adapter, Path output) {
        Draft draft = Draft.empty();
        GgufLayout layout = GgufLayout.of(file.metadata());
        Optional<StorageType> wanted = type.or(() -> adapter.map(a -> writable(file)));
        Path texts = textsOf(source, file.file());
        SequencedMap<String, String> templates = TemplateSources.of(texts);
        Optional<Speech> speech = pre.isPresent() ? Optional.empty() : Optional.of(Speech.of(texts));
        Metadata metadata = file.metadata();
        draft.writer.text("general.architecture", layout.architecture().label());
        for (String key : metadata.keys()) {
            boolean ours = OF_FILE.contains(key)
                    || draft.writer.has(key)
                    || key.startsWith("split.")
                    || key.startsWith(TEMPLATE)
                    || (pre.isPresent() && key.equals(TOKENS + "pre"))
                    || (speech.isPresent() && speech.get().writes(key));
            if (!ours) {
                draft.writer.copy(key, metadata);
            }
        }
        pre.ifPresent(name -> draft.writer.text(TOKENS + "pre", name));
        adapter.ifPresent(a -> origin(draft.writer, metadata));
        templates(draft.writer, templates);
        speech.ifPresent(s -> s.write(draft));
        if (wanted.isPresent()) {
            files(draft.writer, wanted.get());
        } else {
            OF_FILE.stream()
                    .filter(key -> metadata.has(key) && !key.equals("general.alignment"))
                    .forEach(key -> draft.writer.copy(key, metadata));
        }
        for (String tensor : file.names()) {
            String name = layout.name(tensor).orElse(tensor);
            boolean changed = adapter.isPresent() && adapter.get().adapts(name);
            if (wanted.isEmpty() && !changed) {
                draft.plan.copy(tensor, file);
            } else {
                Supplier<Tensor> stored = () -> file.tensor(tensor).to(DType.FLOAT32);
                if (changed) {
                    draft.plan.merge(
                            tensor,
                            wanted.orElseThrow(),
                            file.shape(tensor),
                            stored,
                            () -> layout.stored(name, adapter.orElseThrow().change(name)));
                } else {
                    draft.plan.add(tensor, wanted.orElseThrow(), file.shape(tensor), stored);
                }
            }
        }
        return finish(draft, speech, templates, output);
    }

    /** The directory of an adapter has its own tokenizer files, which came from its base unless the user gave it others. */
    private static Path textsOf(Path source, Path base) {
        return ModelTexts.of(source).has("tokenizer.json") ? source : base;
    }

    private static void origin(GgufWriter writer, Metadata base) {
        if (!writer.has("general.base_model.count")) {
            writer.count("general.base_model.count", 1);
            base.text("general.name").ifPresent(name -> writer.text("general.base_model.0.name", name));
            base.text("general.organization").ifPresent(name -> writer.text("general.base_model.0.organization", name));
        }
    }

    /** The type of most matrices, if it can be written. */
    private static StorageType common(GgufFile file) {
        Map<StorageType, Long> counts = new TreeMap<>();
        file.names().stream()
                .filter(name -> file.shape(name).length > 1)
                .forEach(name -> counts.merge(file.type(name), 1L, Long::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(StorageType.F32);
    }

    private static StorageType writable(GgufFile file) {
        StorageType common = common(file);
        if (!WRITABLE.contains(common)) {
            throw new UserError("the weights of " + file.file() + " are stored as " + common
                    + ", which cannot be written: give --type f32, f16, bf16 or q8_0");
        }
        return common;
    }

    private Exported ofDirectory(Path source, Path weights, Optional<AdapterWeights> adapter, Path output) {
        Draft draft = Draft.empty();
        TransformerConfig config = Transformers.config(weights);
        ModelTexts base = ModelTexts.of(weights);
        String modelType = JsonMapper.shared()
                .readTree(config.source().json())
                .path("model_type")
                .asString("");
        GgufArchitecture architecture = GgufArchitecture.ofModelType(modelType)
                .orElseThrow(() -> new UserError(base.where("config.json") + ": \"model_type\" is \"" + modelType
                        + "\", which cannot be written as a GGUF file"));
        GgufLayout layout = new GgufLayout(architecture, config.heads(), config.keyHeads());
        Path texts = textsOf(source, weights);
        SequencedMap<String, String> templates = TemplateSources.of(texts);
        draft.writer.text("general.architecture", architecture.label()).text("general.type", "model");
        draft.writer.text(
                "general.name",
                String.valueOf(weights.toAbsolutePath().normalize().getFileName()));
        ModelCard card = ModelCard.of(base);
        CardKeys.write(card, draft.writer);
        if (card.licence().isEmpty()) {
            draft.notes.add("the model states no licence (README.md has no line \"license:\"), so the file has none");
        }
        new ConfigKeys(config, architecture, base.where("config.json"), draft.writer, draft.plan, draft.notes).write();
        Optional<Speech> speech = Optional.empty();
        if (ModelTexts.of(texts).has("tokenizer.json")) {
            Speech found = Speech.of(texts);
            new VocabularyKeys(
                            ModelTexts.of(texts), found.tokenizer, config.vocabulary(), pre, draft.writer, draft.notes)
                    .write();
            found.write(draft);
            speech = Optional.of(found);
        } else {
            draft.writer.text(TOKENS + "model", "none");
            draft.notes.add("the model has no tokenizer, so the file takes and gives ids alone");
        }
        templates(draft.writer, templates);
        try (WeightFiles files = WeightFiles.open(weights)) {
            SequencedMap<String, long[]> shapes = WeightShapes.shapes(config);
            Map<String, String> found = files.match(
                    shapes,
                    config.names().prefix(),
                    config.tied() ? Set.of(config.names().head()) : Set.of());
            StorageType wanted = type.orElseGet(() -> common(files, found.values()));
            files(draft.writer, wanted);
            shapes.forEach((name, shape) -> {
                String there = found.getOrDefault(name, name);
                Supplier<Tensor> stored =
                        () -> layout.stored(name, files.read(there).to(DType.FLOAT32));
                if (adapter.isPresent() && adapter.get().adapts(name)) {
                    draft.plan.merge(
                            tensor(layout, name),
                            wanted,
                            layout.shape(name, shape),
                            stored,
                            () -> layout.stored(name, adapter.get().change(name)));
                } else {
                    draft.plan.add(tensor(layout, name), wanted, layout.shape(name, shape), stored);
                }
            });
            implied(draft, config, layout, files, found, wanted);
            return finish(draft, speech, templates, output);
        }
    }

    /** Tensors that llama.cpp needs and the model does without. */
    private static void implied(
            Draft draft,
            TransformerConfig config,
            GgufLayout layout,
            WeightFiles files,
            Map<String, String> found,
            StorageType wanted) {
        for (int layer = 0; layer < config.layers().size(); layer++) {
            int at = layer;
            ConfigKeys.absent(config, layout.architecture())
                    .forEach((name, size) -> draft.plan.add(
                            "blk." + at + "." + name,
                            StorageType.F32,
                            new long[] {size},
                            () -> Tensor.of(new float[Math.toIntExact(size)], size)));
        }
        if (config.tied() && layout.architecture() == GgufArchitecture.GPTNEOX) {
            String embedding = found.getOrDefault(
                    config.names().embedding(), config.names().embedding());
            draft.plan.add(
                    "output.weight",
                    wanted,
                    new long[] {config.vocabulary(), config.width()},
                    () -> files.read(embedding).to(DType.FLOAT32));
        }
        if (!config.tied() && layout.architecture() == GgufArchitecture.GEMMA2) {
            throw new UserError("config.json: \"tie_word_embeddings\" is false, which a GGUF file of the architecture"
                    + " gemma2 cannot say");
        }
    }

    private static String tensor(GgufLayout layout, String name) {
        return layout.tensor(name)
                .orElseThrow(() -> new UserError("the weight \"" + name + "\" has no name in a GGUF file of the"
                        + " architecture " + layout.architecture().label()));
    }

    private static StorageType common(WeightFiles files, Iterable<String> names) {
        Map<String, Integer> counts = new TreeMap<>();
        names.forEach(name -> counts.merge(files.storage(name), 1, Integer::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .flatMap(name ->
                        WRITABLE.stream().filter(t -> t.name().equals(name)).findFirst())
                .orElse(StorageType.F32);
    }

    private static void files(GgufWriter writer, StorageType type) {
        // llama.cpp's numbers of what a file is mostly stored as; it shows them and nothing depends on them.
        int number = switch (type) {
            case F16 -> 1;
            case Q8_0 -> 7;
            case BF16 -> 32;
            default -> 0;
        };
        writer.count("general.file_type", number).count("general.quantization_version", 2);
    }

    private static void templates(GgufWriter writer, SequencedMap<String, String> templates) {
        List<String> others = templates.keySet().stream()
                .filter(name -> !name.equals(TemplateSources.DEFAULT))
                .toList();
        templates.forEach((name, text) ->
                writer.text(name.equals(TemplateSources.DEFAULT) ? TEMPLATE : TEMPLATE + "." + name, text));
        if (!others.isEmpty()) {
            writer.texts(TEMPLATE + "s", others);
        }
    }

    /** The tokenizer and template of the source, and the tokens that end an answer. */
    private record Speech(Tokenizer tokenizer, Optional<ChatTemplate> template, OptionalInt turnEnd) {

        static Speech of(Path texts) {
            Tokenizer tokenizer = Tokenizer.load(texts);
            Optional<ChatTemplate> template = ChatTemplate.load(texts, Clock.systemUTC());
            OptionalInt turnEnd = template.map(t -> t.turnEnd(tokenizer)).orElseGet(OptionalInt::empty);
            return new Speech(
                    turnEnd.isPresent() ? tokenizer.endingAt(turnEnd.getAsInt()) : tokenizer, template, turnEnd);
        }

        boolean writes(String key) {
            return key.equals(TOKENS + "eos_token_id") || (turnEnd.isPresent() && key.equals(TOKENS + "eot_token_id"));
        }

        /** EOS is what ends an answer, which in a chat model is the end of the turn. */
        void write(Draft draft) {
            OptionalInt end = turnEnd.isPresent() ? turnEnd : tokenizer.eos();
            end.ifPresent(id -> draft.writer.count(TOKENS + "eos_token_id", id));
            turnEnd.ifPresent(id -> draft.writer.count(TOKENS + "eot_token_id", id));
            OptionalInt message = tokenizer.id("<|eom_id|>");
            if (message.isPresent() && !draft.writer.has(TOKENS + "eom_token_id")) {
                draft.writer.count(TOKENS + "eom_token_id", message.getAsInt());
            }
            BitSet others = tokenizer.endings();
            end.ifPresent(others::clear);
            others.stream()
                    .mapToObj(tokenizer::shown)
                    .filter(spelling -> !KNOWN_ENDS.contains(spelling))
                    .forEach(spelling -> draft.notes.add("llama.cpp will not end an answer at " + spelling
                            + ", at which the model ends as well: a file has one end of a turn"));
        }

        List<String> stops() {
            return tokenizer.endings().stream().mapToObj(tokenizer::shown).toList();
        }
    }

    private Exported finish(Draft draft, Optional<Speech> speech, SequencedMap<String, String> templates, Path output) {
        draft.writer.write(output);
        try {
            draft.notes.addAll(draft.plan.notes());
            Speech said = speech.orElse(null);
            if (said != null) {
                compare(said, templates, output, draft.notes);
            } else if (pre.isPresent()) {
                said = Speech.of(output);
            }
            Optional<Path> modelfile =
                    said == null ? Optional.empty() : Optional.of(modelfile(said, output, draft.notes));
            return new Exported(output, draft.plan.counts(), Files.size(output), modelfile, draft.notes);
        } catch (IOException e) {
            throw UserError.reading(output, e);
        }
    }

    /** Reads the file back: what is written has to say what the source said. */
    private static void compare(
            Speech source, SequencedMap<String, String> templates, Path output, List<String> notes) {
        Tokenizer written = Tokenizer.load(output);
        List<String> texts = new ArrayList<>(PROBES);
        source.template.ifPresent(template -> texts.add(conversation(template)));
        source.stops().forEach(stop -> texts.add("a " + stop + "\n b"));
        List<String> different = texts.stream()
                .filter(text -> !Arrays.equals(source.tokenizer.encode(text, false), written.encode(text, false)))
                .toList();
        if (!different.isEmpty()) {
            notes.add(String.format(
                    Locale.ROOT,
                    "of %d texts, %d get other ids from the file than from the model, such as \"%s\"",
                    texts.size(),
                    different.size(),
                    different.getFirst().replace("\n", "\\n")));
        }
        if (!TemplateSources.of(output).equals(templates)) {
            throw new IllegalStateException("the chat templates in " + output + " are not those that were written");
        }
        BitSet lost = source.tokenizer.endings();
        lost.andNot(Speech.of(output).tokenizer.endings());
        if (!lost.isEmpty()) {
            notes.add("read back, the file does not end answers at "
                    + String.join(
                            ", ",
                            lost.stream().mapToObj(source.tokenizer::shown).toList()));
        }
    }

    private static String conversation(ChatTemplate template) {
        try {
            return template.render(List.of(new Message(Role.USER, "Hello, world! It's 2024.")), true);
        } catch (TemplateRefusal e) {
            return "";
        }
    }

    private static Path modelfile(Speech speech, Path output, List<String> notes) {
        boolean opened = speech.tokenizer.encode("a", true).length > speech.tokenizer.encode("a", false).length;
        Optional<OllamaTemplate> turns =
                speech.template.flatMap(t -> OllamaTemplate.of(t, opened ? speech.tokenizer.bosText() : ""));
        if (speech.template.isPresent() && turns.isEmpty()) {
            notes.add("Ollama will not apply the chat template, which its syntax cannot be made of; llama.cpp does"
                    + " (--jinja)");
        }
        return Modelfile.write(output, turns, speech.template.isPresent(), speech.stops());
    }
}
