package org.thurstone.model.hub;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thurstone.data.AtomicDirectory;
import org.thurstone.data.UserError;
import org.thurstone.model.files.ModelTexts;
import org.thurstone.model.files.WeightFile;
import org.thurstone.model.text.Tokenizer;
import org.thurstone.model.transformer.Transformer;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;
import org.thurstone.tensor.Gradients;
import org.thurstone.tensor.Parameters;
import org.thurstone.tensor.Scope;

/**
 * Writes a model directory in another form: an adapter merged into its base, another element type, more or fewer weight files.
 *
 * @param dtype element type of the written weights; the model's own (of an adapter, its base's) if empty
 * @param maxShardBytes bytes of tensors per weight file, at least 1; one file if empty
 */
public record ModelConversion(Optional<DType> dtype, OptionalLong maxShardBytes) {

    private static final Pattern SIZE =
            Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([KMGT]?)(i?)B?", Pattern.CASE_INSENSITIVE);

    public ModelConversion {
        if (maxShardBytes.isPresent() && maxShardBytes.getAsLong() < 1) {
            throw new IllegalArgumentException("a shard of " + maxShardBytes.getAsLong() + " bytes holds nothing");
        }
    }

    /**
     * From words.
     *
     * @param dtype as {@link DType#floating} reads it
     * @param maxShardSize such as {@code 5GB} (powers of ten), {@code 2GiB} (powers of two) or a number of bytes
     * @throws IllegalArgumentException if a word is not one of these
     */
    public static ModelConversion of(Optional<String> dtype, Optional<String> maxShardSize) {
        return new ModelConversion(
                dtype.map(DType::floating),
                maxShardSize.map(ModelConversion::bytes).map(OptionalLong::of).orElse(OptionalLong.empty()));
    }

    private static long bytes(String size) {
        Matcher matcher = SIZE.matcher(size.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + size + "\" is not a size: use 5GB, 500MB or a number of bytes");
        }
        int power = " KMGT"
                .indexOf(matcher.group(2).isEmpty() ? " " : matcher.group(2).toUpperCase(Locale.ROOT));
        double unit = matcher.group(3).isEmpty() ? 1000 : 1024;
        return (long) (Double.parseDouble(matcher.group(1)) * Math.pow(unit, power));
    }

    /**
     * Merges the adapter of a directory into its base model. The sum is computed in float32 and has the adapter's log-probabilities.
     *
     * @param output a directory that does not exist
     * @throws UserError if there is no adapter, if its base is missing, or if the output exists
     */
    public void merge(Path adapter, Path output) {
        if (!Adapters.only(adapter)) {
            throw new UserError(adapter + " has no adapter to merge: an adapter's directory has adapter_config.json and"
                    + " no config.json");
        }
        refuseExisting(output);
        DType target = dtype.orElseGet(() -> typeOf(Adapters.base(adapter)));
        DType sum = target == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32;
        try (Transformer adapted = Transformers.load(adapter, new LoadOptions(sum, Device.CPU, false));
                Transformer merged = adapted.merged()) {
            write(merged, target, adapter, output);
        }
    }

    /**
     * Writes a model with this element type and these weight files.
     *
     * @param output a directory that does not exist
     * @throws UserError if the directory holds an adapter, or no model, or if the output exists
     */
    public void convert(Path model, Path output) {
        if (Adapters.only(model)) {
            throw new UserError(model + " holds an adapter: merge it first (thurstone model merge " + model + ")");
        }
        refuseExisting(output);
        DType target = dtype.orElseGet(() -> typeOf(model));
        try (Transformer loaded = Transformers.load(model, new LoadOptions(target, Device.CPU, false))) {
            write(loaded, target, model, output);
        }
    }

    private static void refuseExisting(Path output) {
        if (Files.exists(output)) {
            throw new UserError(output + " exists: choose another output, or delete it");
        }
    }

    /** The type of most weights: a few norms may have another. */
    private static DType typeOf(Path model) {
        Map<DType, Long> counts = new TreeMap<>();
        for (Path file : WeightFiles.files(model)) {
            try (WeightFile tensors = WeightFile.open(file)) {
                tensors.names().forEach(name -> counts.merge(tensors.type(name), 1L, Long::sum));
            }
        }
        return counts.entrySet().stream()
                .filter(e -> e.getKey().floating())
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(DType.FLOAT32);
    }

    /** Written aside and renamed, so that the output is whole or not there. */
    private void write(Transformer model, DType type, Path texts, Path output) {
        AtomicDirectory.write(output, aside -> {
            try (Transformer typed = in(model, type)) {
                Transformers.save(typed, aside, maxShardBytes);
                if (ModelTexts.of(texts).has("tokenizer.json")) {
                    Tokenizer.load(texts).save(aside);
                }
            }
        });
    }

    private static Transformer in(Transformer model, DType type) {
        Parameters typed = new Parameters();
        try (Gradients off = Gradients.off()) {
            model.parameters().all().forEach((name, tensor) -> {
                try (Scope scope = Scope.open()) {
                    typed.add(name, tensor.detach().to(type), false);
                }
            });
        }
        return new Transformer(model.config(), typed, false);
    }
}
