package org.thurstone.data;

/** A completion to imitate. */
public record Demonstration(Prompt prompt, Completion completion, Provenance provenance) implements Example {}
