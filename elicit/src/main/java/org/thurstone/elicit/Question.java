package org.thurstone.elicit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.thurstone.data.Completion;
import org.thurstone.data.Prompt;
import org.thurstone.data.format.LosslessJson;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A question about alternative completions of one prompt. Its id is a hash of its content: the prompt, the set of alternatives, the
 * form, the audience and the occasion. So the same question has the same id in every process, whichever alternative was named first; the
 * order in which alternatives are shown belongs to a {@link Presentation}.
 */
public final class Question {

    /** The kind of answer that a question asks for. */
    public enum Form {
        /** Which of two alternatives is better: {@link Judgement.Preferred}. */
        PAIR(2, 2),
        /** A score for each alternative, on a scale that is the same for all questions: {@link Judgement.Scored}. */
        RATE(1, Integer.MAX_VALUE),
        /** The order of several alternatives: {@link Judgement.Ordered}. */
        RANK(2, Integer.MAX_VALUE),
        /** Whether each alternative is correct, 1 or 0: {@link Judgement.Scored}. */
        VERIFY(1, Integer.MAX_VALUE),
        /** A better version of one of the alternatives: {@link Judgement.Edited}. */
        EDIT(1, Integer.MAX_VALUE),
        /** A completion of the prompt, without alternatives: {@link Judgement.Written}. */
        WRITE(0, 0);

        private final int fewest;
        private final int most;

        Form(int fewest, int most) {
            this.fewest = fewest;
            this.most = most;
        }
    }

    private final String id;
    private final Prompt prompt;
    private final List<Completion> alternatives;
    private final Form form;
    private final Optional<String> audience;
    private final String occasion;

    private Question(
            Form form, Prompt prompt, List<Completion> alternatives, Optional<String> audience, String occasion) {
        if (alternatives.size() < form.fewest || alternatives.size() > form.most) {
            throw new IllegalArgumentException("a question of form %s has %s, not %d alternatives"
                    .formatted(
                            form,
                            form.fewest == form.most ? form.fewest : "at least " + form.fewest,
                            alternatives.size()));
        }
        this.form = form;
        this.prompt = prompt;
        this.audience = audience;
        this.occasion = occasion;
        record Keyed(Completion completion, String json) {}
        List<Keyed> keyed = new ArrayList<>();
        alternatives.forEach(c -> keyed.add(new Keyed(c, LosslessJson.of(c).toString())));
        keyed.sort(Comparator.comparing(Keyed::json));
        for (int i = 1; i < keyed.size(); i++) {
            if (keyed.get(i).json.equals(keyed.get(i - 1).json)) {
                throw new IllegalArgumentException(
                        "prompt \"%s\": the alternatives of a question must differ, and one is given twice"
                                .formatted(prompt.id()));
            }
        }
        this.alternatives = keyed.stream().map(Keyed::completion).toList();
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.set("prompt", LosslessJson.of(prompt));
        ArrayNode all = content.putArray("alternatives");
        keyed.forEach(k -> all.add(k.json));
        content.put("form", form.name());
        audience.ifPresent(a -> content.put("audience", a));
        content.put("occasion", occasion);
        this.id = Hash.of(content.toString());
    }

    /**
     * A question.
     *
     * @param alternatives distinct, in any order
     * @param audience the group that it is meant for, if several groups answer separately; empty for any respondent
     * @param occasion empty, or a label that distinguishes it from the same question asked before, if a new answer is required
     */
    public static Question of(
            Form form, Prompt prompt, List<Completion> alternatives, Optional<String> audience, String occasion) {
        return new Question(form, prompt, alternatives, audience, occasion);
    }

    /** Which of two different completions is better. */
    public static Question pair(Prompt prompt, Completion one, Completion other) {
        return of(Form.PAIR, prompt, List.of(one, other), Optional.empty(), "");
    }

    /**
     * A completion of a prompt, to be written.
     *
     * @param occasion distinguishes several completions of one prompt
     */
    public static Question write(Prompt prompt, String occasion) {
        return of(Form.WRITE, prompt, List.of(), Optional.empty(), occasion);
    }

    /** How good a completion is. */
    public static Question rate(Prompt prompt, Completion completion) {
        return of(Form.RATE, prompt, List.of(completion), Optional.empty(), "");
    }

    /** The same question on another occasion. */
    public Question on(String otherOccasion) {
        return of(form, prompt, alternatives, audience, otherOccasion);
    }

    /** 32 hexadecimal digits. */
    public String id() {
        return id;
    }

    public Prompt prompt() {
        return prompt;
    }

    /** The alternatives, in an order that depends only on their contents; judgements in an {@link Answer} are in this order. */
    public List<Completion> alternatives() {
        return alternatives;
    }

    public Form form() {
        return form;
    }

    public Optional<String> audience() {
        return audience;
    }

    public String occasion() {
        return occasion;
    }

    /** The index of a completion among the alternatives. @throws IllegalArgumentException if it is not one of them */
    public int indexOf(Completion completion) {
        int index = alternatives.indexOf(completion);
        if (index < 0) {
            throw new IllegalArgumentException("question " + id + " is not about this completion");
        }
        return index;
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof Question q && q.id.equals(id);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(id);
    }

    @Override
    public String toString() {
        return form + " " + id + " about prompt " + prompt.id();
    }
}
