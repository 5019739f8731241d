package org.thurstone.tensor.gguf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thurstone.tensor.TensorFileError;

/**
 * The parts of a model that is in several files: {@code NAME-00001-of-00003.gguf} and so on. Names count from one, the keys in the files from zero, and the first
 * part alone has the metadata.
 *
 * @param stem of the names
 * @param number of the part that was given, from zero
 * @param count of parts
 */
record GgufParts(Path given, String stem, int number, int count) {

    private static final String COUNT = "split.count";
    private static final String NUMBER = "split.no";
    private static final String TENSORS = "split.tensors.count";
    private static final int MOST = 10_000;
    private static final Pattern NAME = Pattern.compile("(.*)-(\\d{5})-of-(\\d{5})\\.gguf", Pattern.CASE_INSENSITIVE);

    /** @throws TensorFileError if the name is not that of the part that the file says it is */
    static GgufParts of(GgufFile file) {
        Metadata metadata = file.metadata();
        long count = metadata.count(COUNT).orElse(1);
        if (count <= 1) {
            return new GgufParts(file.file(), "", 0, 1);
        }
        long number = metadata.count(NUMBER).orElseThrow(() -> metadata.wrong(NUMBER, "is missing"));
        if (count > MOST || number >= count) {
            throw metadata.wrong(NUMBER, "is " + number + ", and there are " + count + " parts");
        }
        Matcher name = NAME.matcher(String.valueOf(file.file().getFileName()));
        if (!name.matches()
                || !name.group(2).equals(five(number + 1))
                || !name.group(3).equals(five(count))) {
            throw metadata.wrong(
                    NUMBER,
                    "says that the file is part " + (number + 1) + " of " + count
                            + ", so its name has to end in -" + five(number + 1) + "-of-" + five(count)
                            + ".gguf: without it, the other parts cannot be found");
        }
        return new GgufParts(file.file(), name.group(1), (int) number, (int) count);
    }

    private static String five(long number) {
        return String.format(Locale.ROOT, "%05d", number);
    }

    /** Where a part is. */
    Path path(int part) {
        Path path = given.resolveSibling(stem + "-" + five(part + 1L) + "-of-" + five(count) + ".gguf");
        if (!Files.exists(path)) {
            throw new TensorFileError(
                    given,
                    "is part " + (number + 1) + " of " + count + ", and part " + (part + 1) + " is missing: " + path);
        }
        return path;
    }

    void requireSame(GgufFile file, int part) {
        Metadata metadata = file.metadata();
        OptionalLong counted = metadata.count(COUNT);
        OptionalLong numbered = metadata.count(NUMBER);
        if (counted.orElse(1) != count || numbered.orElse(-1) != part) {
            throw new TensorFileError(
                    file.file(),
                    "says that it is part " + (numbered.orElse(-1) + 1) + " of " + counted.orElse(1)
                            + ", and by its name it is part " + (part + 1) + " of " + count);
        }
    }

    void requireTotal(GgufFile first, int tensors) {
        OptionalLong total = first.metadata().count(TENSORS);
        if (total.isPresent() && total.getAsLong() != tensors) {
            throw first.metadata()
                    .wrong(TENSORS, "is " + total.getAsLong() + ", and the " + count + " parts have " + tensors);
        }
    }
}
