package org.thurstone.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Short ways to write parts down. */
class ShorthandTest {

    interface Loss {}

    interface Link {}

    interface Extra {}

    @Method(name = "dpo", kind = "loss")
    record Dpo(@Default("0.1") double beta, @Default("0") double smoothing) implements Loss {}

    @Method(name = "sum", kind = "loss")
    record Sum(List<Loss> of) implements Loss {}

    @Method(name = "plain", kind = "loss")
    record Plain() implements Loss {}

    @Method(name = "composed", kind = "loss", nameless = true)
    record Composed(
            @Default("logistic") Link link,
            @Default("1") double beta,
            Optional<Extra> offset,
            @Default("[]") List<Extra> plus)
            implements Loss {}

    @Method(name = "logistic", kind = "link")
    record Logistic() implements Link {}

    @Method(name = "squared", kind = "link")
    record Squared(@Default("1") double target) implements Link {}

    @Method(name = "scaled", kind = "link")
    record Scaled(
            @Default("logistic") Link link, @Default("1") double weight) implements Link {}

    @Method(name = "nll", kind = "regulariser")
    record Nll(
            @Default("1") double weight, @Default("false") boolean summed) implements Extra {}

    record Holder(Loss loss) {}

    private static final Catalogue CATALOGUE = Catalogue.of(List.of(
            Dpo.class, Sum.class, Plain.class, Composed.class, Logistic.class, Squared.class, Scaled.class, Nll.class));

    private static Loss loss(String text, String... settings) {
        Recipe recipe = Recipe.parse("loss: " + text, "r.yaml");
        for (String setting : settings) {
            recipe = recipe.with(setting);
        }
        return recipe.bind(Holder.class, CATALOGUE).loss();
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ?> refused(String text, String... settings) {
        return assertThatThrownBy(() -> loss(text, settings)).isInstanceOf(RecipeError.class);
    }

    @Test
    void aValueAfterANameIsItsFirstParameter() {
        assertThat(loss("{dpo: 0.3}")).isEqualTo(new Dpo(0.3, 0));
        assertThat(loss("{dpo: }")).isEqualTo(new Dpo(0.1, 0));
        assertThat(loss("{sum: [dpo, {dpo: 0.2}]}")).isEqualTo(new Sum(List.of(new Dpo(0.1, 0), new Dpo(0.2, 0))));
        assertThat(loss("{link: {scaled: squared}}"))
                .isEqualTo(new Composed(new Scaled(new Squared(1), 1), 1, Optional.empty(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{link: {squared: 5}, beta: 2, offset: {nll: 3}, plus: [nll, {nll: 0.2}]}",
                "{name: composed, link: {squared: 5}, beta: 2, offset: {nll: 3}, plus: [nll, {nll: 0.2}]}",
                "{composed: {link: {name: squared, target: 5}, beta: 2, offset: {nll: {weight: 3}}, plus: [nll, {nll:"
                        + " 0.2}]}}",
            })
    void aMapOfPartsNeedsNoName(String text) {
        assertThat(loss(text))
                .isEqualTo(new Composed(
                        new Squared(5),
                        2,
                        Optional.of(new Nll(3, false)),
                        List.of(new Nll(1, false), new Nll(0.2, false))));
    }

    @Test
    void singlePartSuffices() {
        assertThat(loss("{plus: [nll]}"))
                .isEqualTo(new Composed(new Logistic(), 1, Optional.empty(), List.of(new Nll(1, false))));
    }

    @Test
    void settingsReachIntoThem() {
        assertThat(loss("{dpo: 0.3}", "loss.smoothing=0.2")).isEqualTo(new Dpo(0.3, 0.2));
        assertThat(loss("{dpo: 0.3}", "loss.beta=0.2")).isEqualTo(new Dpo(0.2, 0));
        assertThat(loss("{dpo: 0.3}", "loss.dpo.smoothing=0.2")).isEqualTo(new Dpo(0.3, 0.2));
        assertThat(loss("{dpo: 0.3}", "loss.dpo.beta=0.2")).isEqualTo(new Dpo(0.2, 0));
        assertThat(loss("{dpo: 0.3}", "loss.dpo=0.7")).isEqualTo(new Dpo(0.7, 0));
        Composed composed = new Composed(new Squared(7), 3, Optional.empty(), List.of(new Nll(0.2, true)));
        assertThat(loss(
                        "{link: {squared: 5}, plus: [{nll: 0.2}]}",
                        "loss.link.squared=7",
                        "loss.beta=3",
                        "loss.plus.0.summed=true"))
                .isEqualTo(composed);
        assertThat(loss("dpo", "loss={link: {squared: 7}, plus: [{nll: {weight: 0.2, summed: true}}], beta: 3}"))
                .isEqualTo(composed);
        assertThat(loss(
                        "",
                        "loss.link.squared=7",
                        "loss.plus.0.nll.weight=0.2",
                        "loss.plus.0.nll.summed=true",
                        "loss.beta=3"))
                .isEqualTo(composed);
    }

    @Test
    void renderedRecipeBindsToTheSame() {
        Holder holder = new Holder(loss("{link: {scaled: {link: {squared: 3}}}, plus: [{nll: 0.2}]}"));
        assertThat(Recipe.parse(Recipe.render(holder), "rendered").bind(Holder.class, CATALOGUE))
                .isEqualTo(holder);
    }

    @Test
    void refusalsNameLinePathAndTheNearestWord() {
        refused("{dpo: abc}").hasMessage("r.yaml:1: loss.beta: \"abc\" is not a number");
        refused("{dpo: [1]}").hasMessage("r.yaml:1: loss.beta: expected a number, not a list");
        refused("{plain: 3}").hasMessage("r.yaml:1: loss: plain has no parameters, so \"3\" has no meaning after it");
        refused("{link: {squard: 5}}")
                .hasMessage("r.yaml:1: loss.link: unknown link \"squard\" (did you mean \"squared\"?)");
        refused("{link: squared, pluss: [nll]}")
                .hasMessage("r.yaml:1: loss: unknown key \"pluss\" (did you mean \"plus\"?)");
        refused("\n  link: squared\n  plus:\n    - {nl: 0.2}")
                .hasMessage("r.yaml:4: loss.plus.0: unknown regulariser \"nl\" (did you mean \"nll\"?)");
        refused("{lnik: squared}").hasMessage("r.yaml:1: loss: unknown loss \"lnik\" (did you mean \"link\"?)");
        refused("{beta: 3}").hasMessageContaining("unknown loss \"beta\"");
        refused("{dpo: 0.1, plain: }")
                .hasMessage("r.yaml:1: loss: expected the name of a loss: write {name: …} with its parameters");
        refused("{dpo: {name: 0.3}}").hasMessageContaining("unknown key \"name\"");
        refused("{link: squared}", "loss.link.target=x")
                .hasMessage("--set loss.link.target=x: loss.link.target: \"x\" is not a number");
    }

    @Test
    void twoPartsThatNeedNoNameAreTheirAuthorsMistake() {
        @Method(name = "other", kind = "loss", nameless = true)
        record Other(@Default("logistic") Link link) implements Loss {}
        assertThatThrownBy(() -> Recipe.parse("loss: {link: squared}", "r.yaml")
                        .bind(Holder.class, CATALOGUE.plus(List.of(Other.class))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("could be any of");
    }
}
