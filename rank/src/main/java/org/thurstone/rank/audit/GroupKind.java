package org.thurstone.rank.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battles;
import org.thurstone.rank.pairs.BattleInfluence.Clusters;

/** What battles can have in common. */
public enum GroupKind {
    ANNOTATOR,
    PROMPT,
    /** An item, which is in all of its battles; a battle belongs to two of them. */
    OPPONENT;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String words() {
        return word() + "s";
    }

    /**
     * The battles of each group.
     *
     * @throws UserError if the battles do not say to which group they belong
     */
    List<Group> groups(Battles battles) {
        return switch (this) {
            case ANNOTATOR -> named(battles, battles.annotators(), battles::annotator);
            case PROMPT -> named(battles, battles.groups(), battles::group);
            case OPPONENT -> opponents(battles);
        };
    }

    /** A group of battles by their indexes. */
    record Group(String name, int[] battles) {}

    /** Groups as clusters; each battle of unknown origin is a cluster of its own. */
    Clusters clusters(Battles battles) {
        List<String> names = this == ANNOTATOR ? battles.annotators() : battles.groups();
        int[] of = new int[battles.count()];
        int[] index = new int[names.size()];
        Arrays.fill(index, -1);
        int count = 0;
        for (int b = 0; b < of.length; b++) {
            int group = this == ANNOTATOR ? battles.annotator(b) : battles.group(b);
            if (names.get(group).isEmpty()) {
                of[b] = count++;
            } else {
                if (index[group] < 0) {
                    index[group] = count++;
                }
                of[b] = index[group];
            }
        }
        return new Clusters(count, b -> of[b]);
    }

    /** How many groups have a name. */
    static long known(List<String> names) {
        return names.stream().filter(name -> !name.isEmpty()).count();
    }

    private List<Group> named(Battles battles, List<String> names, IntUnaryOperator of) {
        long known = known(names);
        if (known == 0) {
            throw new UserError("the votes have no " + words() + "; name the column with --" + word());
        }
        if (known == 1) {
            throw new UserError("there is only one " + word());
        }
        int[][] members = new Clusters(names.size(), of).members(battles.count());
        return listed(names.size(), i -> new Group(names.get(i), members[i])).stream()
                .filter(group -> !group.name().isEmpty() && group.battles().length > 0)
                .toList();
    }

    private static List<Group> opponents(Battles battles) {
        int n = battles.items().size();
        if (n < 4) {
            throw new UserError("there are only " + n + " items; without one of them, too few are left to compare");
        }
        int[] sizes = new int[n];
        for (int b = 0; b < battles.count(); b++) {
            sizes[battles.left(b)]++;
            sizes[battles.right(b)]++;
        }
        int[][] members = Arrays.stream(sizes).mapToObj(int[]::new).toArray(int[][]::new);
        for (int b = battles.count() - 1; b >= 0; b--) {
            members[battles.left(b)][--sizes[battles.left(b)]] = b;
            members[battles.right(b)][--sizes[battles.right(b)]] = b;
        }
        return listed(n, i -> new Group(battles.items().get(i), members[i]));
    }

    private static List<Group> listed(int count, IntFunction<Group> group) {
        return IntStream.range(0, count).mapToObj(group).toList();
    }
}
