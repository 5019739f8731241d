package org.thurstone.model.text.jinja;

/** Python's None. */
enum None {
    NONE
}
