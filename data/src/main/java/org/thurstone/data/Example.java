package org.thurstone.data;

/** An example to train on: a comparison, ranking, rating, demonstration or contrast. */
public sealed interface Example permits Comparison, Contrast, Demonstration, Ranking, Rating {

    Prompt prompt();

    Provenance provenance();
}
