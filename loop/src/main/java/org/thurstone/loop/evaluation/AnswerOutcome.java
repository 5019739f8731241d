package org.thurstone.loop.evaluation;

/**
 * What became of an answer to a held-out prompt, part by part, where a task can tell. It passes if it ended, obeys and has substance.
 *
 * @param kind of prompt
 * @param trained whether prompts of this kind occur in training
 * @param ended whether the model ended it; a cut answer did not
 * @param obeys whether it does what the prompt says about its form
 * @param substance whether it is about its topic, and long enough
 * @param words number of words
 */
public record AnswerOutcome(String kind, boolean trained, boolean ended, boolean obeys, boolean substance, int words) {

    public boolean passes() {
        return ended && obeys && substance;
    }
}
