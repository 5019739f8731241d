package org.thurstone.model.text.jinja;

/** An undefined value: empty if it is printed or iterated over, an error if an attribute or item of it is read. */
record Undefined(String name) {

    JinjaException error() {
        return new JinjaException("\"" + name + "\" is undefined");
    }
}
