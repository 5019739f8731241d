package org.thurstone.recipe;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * An option, a recipe key or a kind of part whose name has changed. The old name is refused, and the refusal says the new one. All renames are
 * in {@link #ALL}; CHANGELOG.md has the same table.
 *
 * @param what was renamed
 * @param where the command that has the option, without {@code thurstone}; empty for all commands, and for keys and kinds
 * @param old the name that is refused
 * @param now what to write instead: the new name, or for some options a phrase such as {@code --format json}
 */
public record Rename(What what, String where, String old, String now) {

    /** The kinds of renamed things. */
    public enum What {
        OPTION,
        KEY,
        KIND
    }

    /** Every rename. */
    public static final List<Rename> ALL = List.of(
            option("", "--out", "--output"),
            option("", "--policy", "--model"),
            option("", "--json", "--format json"),
            option("score", "--input", "the file without an option"),
            option("rank", "--model", "--method"),
            option("rank", "--csv", "--output FILE.csv"),
            option("rank", "--html", "--output FILE.html"),
            option("replicate", "--instead", "--ablate"),
            option("replicate", "--again", "--force"),
            option("methods", "--markdown", "--format markdown"),
            option("eval alpaca", "--preferences", "the files without an option"),
            option("bench rank", "--file", "the file without an option"),
            option("sample", "--slots", "--batch-size"),
            option("agree", "--resamples", "--bootstrap"),
            option("bench train", "--batch", "--batch-size"),
            option("bench sample", "--batch", "--batch-size"),
            option("bench loss", "--batch", "--batch-size"),
            option("bench sample", "--prompt", "--prompt-tokens"),
            option("bench loss", "--prompt", "--prompt-tokens"),
            option("bench sample", "--new", "--completion-tokens"),
            option("bench loss", "--completion", "--completion-tokens"),
            option("bench rank", "--draws", "--bootstrap"),
            new Rename(What.KEY, "", "policy", "model"),
            new Rename(What.KEY, "", "controls", "baselines"),
            new Rename(What.KEY, "", "answers", "samples"),
            new Rename(What.KIND, "", "control", "baseline"));

    private static Rename option(String command, String old, String now) {
        return new Rename(What.OPTION, command, old, now);
    }

    /**
     * What an option of a command is called now; empty if it never had another name.
     *
     * @param command without {@code thurstone}, such as {@code data inspect}
     */
    public static Optional<Rename> ofOption(String command, String option) {
        return ALL.stream()
                .filter(r -> r.what == What.OPTION && r.old.equals(option))
                .filter(r -> r.where.isEmpty() || r.where.equals(command))
                .findFirst();
    }

    /** The present name of a kind of part. */
    public static Optional<Rename> ofKind(String kind) {
        return ALL.stream()
                .filter(r -> r.what == What.KIND && r.old.equals(kind))
                .findFirst();
    }

    /** The present name of a key, among the keys that are valid in its place. */
    static Optional<Rename> ofKey(String key, Collection<String> valid) {
        return ALL.stream()
                .filter(r -> r.what == What.KEY && r.old.equals(key) && valid.contains(r.now))
                .findFirst();
    }

    /** The rename as a message: {@code "policy" is now "model"}. */
    public String message() {
        return what == What.OPTION
                ? old + " is no longer an option: use " + now
                : "\"" + old + "\" is now \"" + now + "\"";
    }
}
