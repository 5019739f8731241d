package org.thurstone.data;

/** What is asked. The id is unique within a data set and stable between runs. */
public record Prompt(String id, Text text) {}
