package org.thurstone.model.text.jinja;

/** What is not there: empty where it is printed or gone through, an error where something is asked of it. */
record Undefined(String name) {

    JinjaException error() {
        return new JinjaException("\"" + name + "\" is undefined");
    }
}
