package org.thurstone.model.transformer;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.thurstone.tensor.DType;
import org.thurstone.tensor.PackedMatrix;
import org.thurstone.tensor.Parameters;
import org.thurstone.tensor.Tensor;

/** A layer's weights by role. */
final class Weights {

    /** Roles of the same input, by the role of their joint matrix. */
    private static final Map<Role, List<Role>> JOINED = Map.of(
            Role.QUERY_KEY_VALUE, List.of(Role.QUERY, Role.KEY, Role.VALUE), Role.GATE_UP, List.of(Role.GATE, Role.UP));

    /** Roles whose result is as wide as the feed-forward part's inside. */
    private static final Set<Role> WIDENED = EnumSet.of(Role.GATE_UP, Role.GATE, Role.UP);

    private final Map<Role, Projection> projections = new EnumMap<>(Role.class);
    private final Map<Role, Norm> norms = new EnumMap<>(Role.class);

    /** @param adapter what is added to the projection of this name */
    Weights(
            TransformerConfig config,
            int layer,
            Parameters parameters,
            Function<String, Optional<DenseProjection.Adapter>> adapter,
            DType products) {
        for (Role role : config.names().roles().keySet()) {
            String name = config.names().of(layer, role);
            if (role.norm()) {
                norms.put(role, Norm.of(parameters, name, config));
            } else {
                projections.put(
                        role, DenseProjection.of(parameters, name, config.transposed(), adapter.apply(name), products));
            }
        }
    }

    private Weights(Map<Role, Norm> norms, Map<Role, ? extends Projection> projections) {
        this.norms.putAll(norms);
        this.projections.putAll(projections);
    }

    /** The same norms with packed projections. */
    Weights packed(Map<Role, PackedMatrix> matrices, RowCounts rows) {
        Map<Role, Projection> packed = new EnumMap<>(Role.class);
        matrices.forEach((role, matrix) -> packed.put(role, new PackedProjection(matrix, rows)));
        return new Weights(norms, packed);
    }

    /**
     * Packed copies of the projections; those of the same input are joined, as far as there is a role for it.
     *
     * @param inner the width between the feed-forward projections: at least the model's own
     */
    Map<Role, PackedMatrix> pack(long inner, int batch) {
        Map<Role, PackedMatrix> matrices = new EnumMap<>(Role.class);
        Map<Role, List<DenseProjection>> joined = new EnumMap<>(Role.class);
        projections.keySet().forEach(role -> joined.put(role, List.of(dense(role))));
        JOINED.forEach((joint, parts) -> {
            if (joined.keySet().containsAll(parts)) {
                joined.put(joint, parts.stream().map(this::dense).toList());
                joined.keySet().removeAll(parts);
            }
        });
        joined.forEach((role, parts) -> matrices.put(
                role,
                PackedProjection.pack(
                        role == Role.GATE_UP && parts.size() == 1 ? halves(parts.getFirst()) : parts,
                        role == Role.DOWN ? inner : 0,
                        WIDENED.contains(role) ? inner : 0,
                        batch)));
        return matrices;
    }

    /** Gate and up of a joint projection. */
    private static List<DenseProjection> halves(DenseProjection joint) {
        Tensor weight = joint.merged();
        long half = weight.size(0) / 2;
        return Stream.of(0L, half)
                .map(from -> new DenseProjection(
                        weight.narrow(0, from, half),
                        joint.bias().map(b -> b.narrow(0, from, half)),
                        false,
                        Optional.empty(),
                        joint.products()))
                .toList();
    }

    private DenseProjection dense(Role role) {
        if (projection(role) instanceof DenseProjection dense) {
            return dense;
        }
        throw new IllegalStateException("the projection " + role + " is packed already");
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
