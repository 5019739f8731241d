package org.thurstone.train;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.thurstone.model.Policy;
import org.thurstone.tensor.Parameters;
import org.thurstone.train.signal.PassReader;
import org.thurstone.train.signal.PassSignal;
import org.thurstone.train.signal.Signal;

/** The readers of a training's pass signals, with the heads that learn in addition to the policy: fresh when it starts, saved with its state. */
final class SignalReaders implements AutoCloseable {

    private final Policy policy;
    private final Optional<Policy> reference;
    private final long seed;
    private final SequencedMap<PassSignal, PassReader> readers = new LinkedHashMap<>();

    /** @param signals those that are not read off passes are passed over */
    SignalReaders(Collection<Signal> signals, Policy policy, Optional<Policy> reference, long seed) {
        this.policy = policy;
        this.reference = reference;
        this.seed = seed;
        Signal.only(PassSignal.class, signals).forEach(s -> readers.put(s, s.reader(policy, reference, seed)));
    }

    /**
     * The reader of a signal. One that has no head need not have been named at the start.
     *
     * @throws IllegalStateException for a head that has not been learning since the start
     */
    PassReader get(PassSignal signal) {
        return readers.computeIfAbsent(signal, s -> {
            PassReader late = s.reader(policy, reference, seed);
            if (!late.parameters().isEmpty()) {
                late.close();
                throw new IllegalStateException("this training has no head for " + s.words() + ": name the signal "
                        + s.name() + " at its start");
            }
            return late;
        });
    }

    /** Parameters of the heads, by name. */
    SequencedMap<String, Parameters> parameters() {
        SequencedMap<String, Parameters> all = new LinkedHashMap<>();
        readers.values().forEach(r -> all.putAll(r.parameters()));
        return all;
    }

    @Override
    public void close() {
        readers.values().forEach(PassReader::close);
    }
}
