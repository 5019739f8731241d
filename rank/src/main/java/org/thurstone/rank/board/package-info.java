/**
 * Rankings in all output formats. {@link org.thurstone.rank.board.Ranking} makes the board of one model for votes in memory. For a
 * file, a {@link org.thurstone.rank.board.BoardRequest} says what to rank and how; its
 * {@link org.thurstone.rank.board.BoardReport} has the boards and their certainty in every form: text for a terminal, a JSON document, CSV,
 * and a self-contained page. Each form is one small class on top of {@link org.thurstone.rank.board.BoardTables};
 * {@link org.thurstone.rank.board.RankingModels} finds models by name, and {@link org.thurstone.rank.board.BoardFile} reads a board back.
 */
@NullMarked
package org.thurstone.rank.board;

import org.jspecify.annotations.NullMarked;
