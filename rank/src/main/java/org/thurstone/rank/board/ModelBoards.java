package org.thurstone.rank.board;

import java.util.SortedMap;
import org.thurstone.rank.Board;
import org.thurstone.rank.RankingModel;

/**
 * The boards of one model.
 *
 * @param board of all votes
 * @param by one board per value of a column; empty where no column was asked for
 */
public record ModelBoards(RankingModel model, Board board, SortedMap<String, Board> by) {}
