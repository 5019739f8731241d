package org.thurstone.model.transformer;

import java.util.HashMap;
import java.util.Map;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.Device;

/** The rotary tables of a model, computed on first use and cached. */
final class RotaryTables implements AutoCloseable {

    private final int context;
    private final DType type;
    private final Device device;
    private final Map<Rotary, Rotary.Table> tables = new HashMap<>();

    RotaryTables(int context, DType type, Device device) {
        this.context = context;
        this.type = type;
        this.device = device;
    }

    synchronized Rotary.Table of(Rotary rotary) {
        return tables.computeIfAbsent(rotary, r -> {
            Rotary.Table table = r.table(context, type, device);
            table.cos().own();
            table.sin().own();
            return table;
        });
    }

    @Override
    public synchronized void close() {
        tables.values().forEach(t -> {
            t.cos().close();
            t.sin().close();
        });
        tables.clear();
    }
}
