package org.thurstone.model.transformer;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.thurstone.tensor.Parameters;

/** A layer's weights by role. */
final class Weights {

    private final Map<Role, Projection> projections = new EnumMap<>(Role.class);
    private final Map<Role, Norm> norms = new EnumMap<>(Role.class);

    /** @param adapter what is added to the projection of this name */
    Weights(
            TransformerConfig config,
            int layer,
            Parameters parameters,
            Function<String, Optional<Projection.Adapter>> adapter) {
        for (Role role : config.names().roles().keySet()) {
            String name = config.names().of(layer, role);
            if (role.norm()) {
                norms.put(role, Norm.of(parameters, name, config));
            } else {
                projections.put(role, Projection.of(parameters, name, config.transposed(), adapter.apply(name)));
            }
        }
    }

    boolean has(Role role) {
        return norms.containsKey(role) || projections.containsKey(role);
    }

    Projection projection(Role role) {
        Projection projection = projections.get(role);
        if (projection == null) {
            throw new IllegalStateException("there is no projection " + role + " in this layer");
        }
        return projection;
    }

    Norm norm(Role role) {
        Norm norm = norms.get(role);
        if (norm == null) {
            throw new IllegalStateException("there is no norm " + role + " in this layer");
        }
        return norm;
    }
}
