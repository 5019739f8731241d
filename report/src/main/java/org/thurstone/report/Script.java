package org.thurstone.report;

import java.util.Base64;
import java.util.HexFormat;
import org.thurstone.data.Fingerprint;

/** The script of pages that have a {@link SortableTable}. A page allows this one by its hash, and no other. */
final class Script {

    private Script() {}

    static String text() {
        return Styles.read("table.js");
    }

    /** As a content security policy names it. */
    static String hash(String text) {
        byte[] sha256 = HexFormat.of().parseHex(Fingerprint.ofText(text).sha256());
        return "sha256-" + Base64.getEncoder().encodeToString(sha256);
    }

    /** Whether a section needs it. */
    static boolean in(Section section) {
        return switch (section) {
            case SortableTable table -> true;
            case Panels panels -> panels.sections().stream().anyMatch(Script::in);
            default -> false;
        };
    }
}
