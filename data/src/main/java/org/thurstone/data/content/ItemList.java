package org.thurstone.data.content;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.thurstone.data.Content;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;

/**
 * Items in order: a slate of a recommender, the results of a search, a ranking that is judged as a whole.
 *
 * @param items may be none
 */
@Method(
        name = "item-list",
        kind = "content",
        summary = "items in order, each an id with a position and attributes where they are known")
public record ItemList(List<Item> items) implements Content {

    /**
     * One of them.
     *
     * @param id not blank
     * @param position where it was shown, from 1, if not at its place in the list
     * @param attributes what is known about it, by name, as text
     */
    public record Item(
            String id, OptionalInt position, @Default("{}") Map<String, String> attributes) {
        public Item {
            attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
            if (id.isBlank()) {
                throw new IllegalArgumentException("the id of an item is blank");
            }
            if (position.isPresent() && position.getAsInt() < 1) {
                throw new IllegalArgumentException(
                        "the position of item " + id + " is " + position.getAsInt() + "; positions count from 1");
            }
        }

        /** Without position and attributes. */
        public static Item of(String id) {
            return new Item(id, OptionalInt.empty(), Map.of());
        }
    }

    public ItemList {
        items = List.copyOf(items);
        Set<Integer> taken = new HashSet<>();
        for (Item item : items) {
            if (item.position.isPresent() && !taken.add(item.position.getAsInt())) {
                throw new IllegalArgumentException("two items have the position " + item.position.getAsInt());
            }
        }
    }

    /** Items that are known by their ids alone. */
    public static ItemList of(String... ids) {
        return new ItemList(Arrays.stream(ids).map(Item::of).toList());
    }

    public List<String> ids() {
        return items.stream().map(Item::id).toList();
    }

    /** The ids: {@code espresso, filter, mokka}. */
    @Override
    public Optional<String> summary() {
        return Optional.of(items.stream().map(Item::id).collect(Collectors.joining(", ")));
    }
}
