package org.thurstone.model.hub;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.thurstone.model.TokenTree;
import org.thurstone.model.transformer.Transformer;
import org.thurstone.tensor.Scope;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Java half of dev/check-against-transformers: for each directory, scores the sequences in ids.json into scores.json and saves the
 * model again as saved; with an adapter in it, the same as adapter-scores.json and saved-adapter.
 */
final class Exchange {

    private Exchange() {}

    public static void main(String[] directories) throws Exception {
        for (String name : directories) {
            Path directory = Path.of(name);
            Transformer model = Transformers.load(directory, LoadOptions.DEFAULT);
            score(model, directory, "scores.json");
            Transformers.save(model, directory.resolve("saved"));
            if (Files.isDirectory(directory.resolve("adapter"))) {
                model = Adapters.attach(model, directory.resolve("adapter"));
                score(model, directory, "adapter-scores.json");
                Transformers.save(model, directory.resolve("saved-adapter"));
            }
            model.close();
        }
    }

    private static void score(Transformer model, Path directory, String file) throws Exception {
        JsonMapper mapper = new JsonMapper();
        List<TokenTree> trees = new ArrayList<>();
        for (JsonNode row : mapper.readTree(Files.readString(directory.resolve("ids.json")))) {
            int[] ids =
                    IntStream.range(0, row.size()).map(i -> row.get(i).asInt()).toArray();
            trees.add(FixturesTest.sequence(ids));
        }
        try (Scope scope = Scope.open()) {
            double[] logProbs = model.forward(trees, false).logProbs().toDoubles();
            Files.writeString(directory.resolve(file), mapper.writeValueAsString(logProbs));
        }
    }
}
