package org.thurstone.model.diagnosis;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises libtorch's out-of-memory errors: libtorch throws the same exception as for other errors, so they are recognised by their message. */
public final class NativeMemory {

    private static final Pattern CPU = Pattern.compile("can't allocate memory: you tried to allocate (\\d+) bytes");
    private static final Pattern CUDA = Pattern.compile("CUDA out of memory\\. Tried to allocate ([\\d.]+ \\w+)");
    private static final Pattern OVERFLOW =
            Pattern.compile("Storage size calculation overflowed|integer multiplication overflow|numel.*overflow");

    private NativeMemory() {}

    /** The memory that is missing, such as "64,000,000,000 bytes are not available"; empty if the failure has another cause. */
    public static Optional<String> refused(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            String message = String.valueOf(each.getMessage());
            Matcher bytes = CPU.matcher(message);
            if (bytes.find()) {
                return Optional.of(
                        String.format(Locale.ROOT, "%,d bytes are not available", new BigInteger(bytes.group(1))));
            }
            Matcher device = CUDA.matcher(message);
            if (device.find()) {
                return Optional.of(device.group(1) + " are not available on the device");
            }
            if (OVERFLOW.matcher(message).find()) {
                return Optional.of("a tensor would have more elements than can be counted");
            }
        }
        return Optional.empty();
    }
}
