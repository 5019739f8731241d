package org.thurstone.loop.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Outputs that last as long as the process: for worlds whose policies are a few numbers. Values are kept as they are, not written and read. */
public final class MemoryWorkspace implements Workspace {

    private final Map<String, Object> outputs = new HashMap<>();

    @Override
    public boolean has(String name) {
        return outputs.containsKey(name);
    }

    @Override
    @SuppressWarnings("unchecked") // an output of a name has one type
    public <T> T output(String name, Codec<T> codec, Function<Supplier<Path>, T> compute) {
        T value = (T) outputs.get(name);
        if (value == null) {
            value = compute.apply(() -> {
                throw new IllegalStateException("a workspace in memory has no directories");
            });
            outputs.put(name, value);
        }
        return value;
    }

    @Override
    public <E> List<E> parts(String name, Class<E> type, int count, IntFunction<List<E>> part) {
        return output(name, Codec.jsonLines(type), none -> {
            List<E> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.addAll(part.apply(i));
            }
            return all;
        });
    }
}
