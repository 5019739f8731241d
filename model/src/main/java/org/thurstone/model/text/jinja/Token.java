package org.thurstone.model.text.jinja;

/** A piece of a template's source. */
record Token(Kind kind, String text, int line) {

    enum Kind {
        /** Text outside of any tag. */
        DATA,
        PRINT_BEGIN,
        PRINT_END,
        BLOCK_BEGIN,
        BLOCK_END,
        NAME,
        STRING,
        INTEGER,
        FLOAT,
        OPERATOR,
        END
    }

    boolean is(Kind wanted, String wantedText) {
        return kind == wanted && text.equals(wantedText);
    }
}
