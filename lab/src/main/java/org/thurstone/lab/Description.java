package org.thurstone.lab;

/**
 * What a page says before any figure.
 *
 * @param claim what the paper says, in our own words, so that figures can contradict it
 * @param world where it is tried, and what is compared
 * @param differs what is not as in the paper
 */
public record Description(String claim, String world, String differs) {}
