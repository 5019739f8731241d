package org.thurstone.data.format;

import java.util.List;
import org.thurstone.data.Example;

/** A row format: the meaning of the keys of a row. */
public sealed interface RowFormat
        permits Contrasts,
                Conversational,
                ExplicitPrompt,
                HhTranscript,
                ImplicitPrompt,
                Lossless,
                OutputPair,
                Places,
                PromptCompletion,
                RatedList,
                Ratings,
                ScoredPair,
                TwoResponses,
                Unpaired {

    /** Every format, the more particular ones first: of two that recognise a file, the earlier one is meant. */
    List<RowFormat> ALL = List.of(
            new Lossless(),
            new Contrasts(),
            new RatedList(),
            new Places(),
            new HhTranscript(),
            new ScoredPair(),
            new Conversational(),
            new ExplicitPrompt(),
            new ImplicitPrompt(),
            new TwoResponses(),
            new OutputPair(),
            new Unpaired(),
            new Ratings(),
            new PromptCompletion());

    /** The name of the format. */
    String name();

    /** The columns it needs, for a complaint. */
    String keys();

    /** Whether the columns of a file are this format's, whatever some of the values are. */
    boolean recognises(Columns file);

    /**
     * What a row says.
     *
     * @throws BadRow if it says nothing that can be learned from
     */
    Example parse(Fields row);
}
