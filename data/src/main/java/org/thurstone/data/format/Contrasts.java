package org.thurstone.data.format;

import java.util.ArrayList;
import java.util.List;
import org.thurstone.data.Completion;
import org.thurstone.data.Contrast;
import org.thurstone.data.Example;
import org.thurstone.data.Prompt;
import org.thurstone.data.Text;
import tools.jackson.databind.JsonNode;

/** Rows with lists {@code prompts} and {@code completions} of the same length, one completion per prompt. */
record Contrasts() implements RowFormat {

    @Override
    public String name() {
        return "contrasts (prompts with a completion each)";
    }

    @Override
    public String keys() {
        return "prompts, completions";
    }

    @Override
    public boolean recognises(Columns file) {
        return file.isList("prompts") && file.isList("completions");
    }

    @Override
    public Example parse(Fields row) {
        List<JsonNode> asked = row.list("prompts");
        List<JsonNode> said = row.list("completions");
        if (asked.size() < 2 || asked.size() != said.size()) {
            throw new BadRow("there are " + asked.size() + " 'prompts' and " + said.size()
                    + " 'completions': two or more, and one for each");
        }
        List<Prompt> prompts = new ArrayList<>();
        List<Completion> completions = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            Text text = Texts.parse(asked.get(i), "prompt " + (i + 1));
            prompts.add(Texts.named(text));
            completions.add(Texts.completion(said.get(i), "completion " + (i + 1), text));
        }
        if (prompts.stream().distinct().count() < prompts.size()) {
            throw new BadRow("two of the 'prompts' are the same");
        }
        return new Contrast(prompts, completions, Pairs.provenance(row));
    }
}
