package org.thurstone.train.online;

/** Two answers to one question, to be compared. */
public record Match(Answer left, Answer right) {}
