package org.thurstone.rank.certainty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class GroupsTest {

    /** Chains of battles in either direction join; numbers go down from the part of the first item, as those of wins do. */
    @Test
    void itemsThatBattlesJoinAreOneGroup() {
        Groups groups = Groups.joined(6, new int[] {0, 4, 5}, new int[] {2, 2, 1});
        assertThat(groups.of()).containsExactly(2, 1, 2, 0, 2, 1);
        assertThat(groups.sizes()).containsExactly(1, 2, 3);
        assertThat(groups.below()).allMatch(BitSet::isEmpty);
        double[][] ties = {new double[3], new double[3], {1, 1, 1}};
        assertThat(Groups.of(6, new int[] {0, 4, 5}, new int[] {2, 2, 1}, ties).of())
                .containsExactly(groups.of());
    }
}
