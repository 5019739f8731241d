package org.thurstone.cli.rank;

import java.util.SortedMap;
import org.thurstone.rank.Board;
import org.thurstone.rank.RankingModel;

/**
 * What a model made of a file.
 *
 * @param board of all votes
 * @param by boards of the votes apart, by the value of a column; empty where that was not asked for
 */
public record Ranked(RankingModel model, Board board, SortedMap<String, Board> by) {}
