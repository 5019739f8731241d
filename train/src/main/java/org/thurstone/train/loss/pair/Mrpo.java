package org.thurstone.train.loss.pair;

import org.thurstone.recipe.Default;
import org.thurstone.recipe.Method;
import org.thurstone.train.loss.Require;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.composed.Preset;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.score.HarmonicReferences;

/**
 * Multi-reference preference optimisation: DPO with the harmonic mixture of two references ({@link HarmonicReferences}), the second of which is the
 * one that helps. Its optimum is π ∝ π̃·e^(r/β). The paper's mixture is of any number of references; here, as in its experiments' code, of two.
 * arXiv:2405.16388.
 *
 * @param beta β above 0
 * @param share α in [0, 1]: share of the second reference, if it is not adaptive; 0 is DPO
 * @param adaptive whether α depends on how well each reference separates the two sides of a pair
 * @param trust η at least 0: how far the second reference may be from the first, as a share of its log-probability; infinite for no bound
 */
@Method(
        name = "mrpo",
        kind = "loss",
        papers = "2405.16388",
        source = "arXiv:2405.16388",
        summary = "DPO with two references in closed form",
        formula = "−log σ(β·(log π/π̃(y_w) − log π/π̃(y_l))), 1/π̃ = (1−α)/π_ref + α/π_second")
public record Mrpo(
        @Default("0.1") double beta,
        @Default("0.5") double share,
        @Default("true") boolean adaptive,
        @Default("0.1") double trust)
        implements Preset {

    public Mrpo {
        Require.positive("beta", beta);
        new HarmonicReferences(share, adaptive, trust); // says what they have to be
    }

    @Override
    public Composed composition() {
        return Composed.of(new HarmonicReferences(share, adaptive, trust), beta, new Logistic(0));
    }
}
