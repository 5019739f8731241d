package org.thurstone.train.online;

/** Two samples to one prompt, to be compared. */
public record SamplePair(Sample left, Sample right) {}
