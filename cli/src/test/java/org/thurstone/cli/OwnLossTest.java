package org.thurstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.thurstone.cli.own.MyHinge;
import org.thurstone.recipe.Default;
import org.thurstone.recipe.Recipe;
import org.thurstone.train.loss.Loss;

/** A loss from a jar of one's own is as good as ours. */
class OwnLossTest {

    record Holder(@Default("dpo") Loss loss) {}

    @Test
    void recipesKnowItsName() {
        Holder bound =
                Recipe.parse("loss: {my-hinge: {margin: 2}}", "own.yaml").bind(Holder.class, Methods.catalogue());
        assertThat(bound.loss()).isEqualTo(new MyHinge(0.1, 2));
    }

    @Test
    void theCommandListsIt() {
        StringWriter out = new StringWriter();
        int code =
                Main.run(new PrintWriter(out, true), new PrintWriter(new StringWriter(), true), "methods", "my-hinge");
        assertThat(code).isZero();
        assertThat(out.toString()).contains("max(0, m − β·h)", "margin", "1.0");
    }
}
