package org.thurstone.worlds.language.scoring;

import java.util.Optional;
import java.util.function.Supplier;

/** A value made when it is first asked for, by the one thread that asks. */
final class Lazy<T> implements Supplier<T> {

    private final Supplier<T> make;
    private Optional<T> made = Optional.empty();

    Lazy(Supplier<T> make) {
        this.make = make;
    }

    @Override
    public T get() {
        T value = made.orElseGet(make);
        made = Optional.of(value);
        return value;
    }
}
