package org.thurstone.train.example;

/** The kind of a training example, which determines the losses that accept it. */
public enum ExampleKind {
    PAIR("pairs of completions"),
    SINGLE("single rated completions"),
    LIST("ranked or scored lists of completions"),
    DEMONSTRATION("demonstrations");

    private final String words;

    ExampleKind(String words) {
        this.words = words;
    }

    /** In the plural, for messages. */
    public String words() {
        return words;
    }
}
