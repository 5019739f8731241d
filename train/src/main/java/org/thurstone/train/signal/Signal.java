package org.thurstone.train.signal;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Something that a loss needs in addition to the policy's log-probabilities. A loss names its signals, only those are computed, and the type of a
 * signal says where the loss finds it: per token in {@code Sequences} ({@link TokenSignal}), per prompt in {@code Context} ({@link
 * PromptSignal}), or as further completions in {@code Context} ({@link CompletionSignal}).
 *
 * <p>A signal is a constant that carries its own provider, so a custom loss can declare a custom signal next to it:
 *
 * <pre>{@code
 * static final ExampleSignal FIRST_HALF = new ExampleSignal("first-half", "which tokens are in the first half", MyLoss::firstHalf);
 * }</pre>
 */
public sealed interface Signal permits TokenSignal, PromptSignal, CompletionSignal {

    /** Their order wherever signals are listed: log-probabilities of policies first, then by name. */
    Comparator<Signal> ORDER = Comparator.comparing((Signal s) -> !(s instanceof TableSignal t && t.ofPolicy()))
            .thenComparing(Signal::name);

    /** What {@code methods}, {@code loss eval} and saved states call it, such as {@code reference}; unique among the signals of a loss. */
    String name();

    /** For messages: what it is, as in "needs …". */
    String words();

    /** The signals of several parts together. */
    static Set<Signal> union(Stream<? extends Collection<Signal>> parts) {
        Set<Signal> all = new LinkedHashSet<>();
        parts.forEach(all::addAll);
        return all;
    }

    /** Whether the reference policy has to run in addition to the one that is trained to provide these. */
    static boolean needReference(Collection<? extends Signal> signals) {
        return signals.stream()
                .anyMatch(s -> s instanceof PassSignal p && p.request().reference());
    }

    /** The signals of one type, in order. */
    static <S extends Signal> List<S> only(Class<S> type, Collection<? extends Signal> signals) {
        return signals.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .sorted(ORDER)
                .toList();
    }
}
