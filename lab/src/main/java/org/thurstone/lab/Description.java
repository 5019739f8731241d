package org.thurstone.lab;

/**
 * The description of a replication on its page.
 *
 * @param claim what the paper says, in our own words, so that figures can contradict it
 * @param world the world of the experiment, and what is compared
 * @param differs the differences from the paper
 */
public record Description(String claim, String world, String differs) {}
