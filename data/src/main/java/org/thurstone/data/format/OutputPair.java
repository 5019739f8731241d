package org.thurstone.data.format;

import java.util.List;
import org.thurstone.data.Completion;
import org.thurstone.data.Count;
import org.thurstone.data.Example;
import org.thurstone.data.Text;
import tools.jackson.databind.JsonNode;

/** LLaMA-Factory's older preference rows: {@code output} is a list of two texts, the better one first. */
record OutputPair() implements RowFormat {

    private static final String OUTPUT = "output";

    @Override
    public String name() {
        return "preference with the outputs in a list (LLaMA-Factory)";
    }

    @Override
    public String keys() {
        return "instruction (and input), output as [chosen, rejected]";
    }

    @Override
    public boolean recognises(Columns file) {
        return file.hasAnyOf(Names.PROMPT) && file.isList(OUTPUT) && !file.isObjects(OUTPUT);
    }

    @Override
    public Example parse(Fields row) {
        List<JsonNode> outputs = row.list(OUTPUT);
        if (outputs.size() != 2) {
            throw new BadRow("'output' has " + Count.of(outputs.size(), "text") + ", not two: [chosen, rejected]");
        }
        Text asked = RowPrompt.of(row);
        Completion chosen = Texts.completion(outputs.getFirst(), "the first of 'output'", asked);
        Completion rejected = Texts.completion(outputs.getLast(), "the second of 'output'", asked);
        return Pairs.of(row, Texts.prompt(row, asked), chosen, rejected);
    }
}
