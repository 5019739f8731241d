package org.thurstone.model.text.jinja;

import java.util.List;
import java.util.Map;

/** Something that a template can call. */
@FunctionalInterface
public interface Function {

    /**
     * @param positional the arguments without names, in order
     * @param named the others
     */
    Object call(List<Object> positional, Map<String, Object> named);
}
