package org.thurstone.data;

/** One thing that was learned about the answers to a prompt. */
public sealed interface Example permits Comparison, Contrast, Demonstration, Ranking, Rating {

    Prompt prompt();

    Provenance provenance();
}
