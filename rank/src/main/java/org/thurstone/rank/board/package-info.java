/**
 * Rankings in all output formats. A program has votes in memory and asks {@link org.thurstone.rank.board.Ranking} for the board
 * of one model. For a file, a {@link org.thurstone.rank.board.BoardRequest} says what to rank and how; its
 * {@link org.thurstone.rank.board.BoardReport} has the boards and their certainty in every form: text for a terminal, a JSON document, CSV,
 * and a self-contained page. Each form is one small class on top of {@link org.thurstone.rank.board.BoardTables};
 * {@link org.thurstone.rank.board.RankingModels} finds models by name, and {@link org.thurstone.rank.board.BoardFile} reads a board back.
 */
@NullMarked
package org.thurstone.rank.board;

import org.jspecify.annotations.NullMarked;
