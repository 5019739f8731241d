package org.thurstone.data.format;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names of columns, of which people write upper case, blanks and hyphens in many ways. */
public final class ColumnNames {

    private ColumnNames() {}

    /** A name without these differences: {@code Item ID} and {@code item-id} are {@code item_id}. */
    public static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
    }

    /** The column of this name as it is written, or else the only one that is the same but for these differences. */
    public static Optional<String> matching(Collection<String> names, String wanted) {
        if (names.contains(wanted)) {
            return Optional.of(wanted);
        }
        String plain = plain(wanted);
        List<String> alike =
                names.stream().filter(name -> plain(name).equals(plain)).toList();
        return alike.size() == 1 ? Optional.of(alike.getFirst()) : Optional.empty();
    }
}
