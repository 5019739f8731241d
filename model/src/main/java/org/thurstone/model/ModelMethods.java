package org.thurstone.model;

import java.util.List;
import org.thurstone.model.text.ThinkingMask;

/** What recipes can name of this module. */
public final class ModelMethods {

    private ModelMethods() {}

    public static List<Class<? extends Record>> all() {
        return List.of(ThinkingMask.class);
    }
}
