package org.thurstone.cli.own;

import java.util.List;
import org.thurstone.recipe.MethodProvider;

/** Named in META-INF/services, as a user's jar would. */
public final class OwnMethods implements MethodProvider {
    @Override
    public List<Class<? extends Record>> methods() {
        return List.of(MyHinge.class);
    }
}
