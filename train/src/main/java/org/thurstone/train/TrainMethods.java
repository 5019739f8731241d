package org.thurstone.train;

import java.util.List;
import org.thurstone.train.loss.Feasible;
import org.thurstone.train.loss.Mixture;
import org.thurstone.train.loss.composed.Composed;
import org.thurstone.train.loss.demonstration.ChainOfHindsight;
import org.thurstone.train.loss.demonstration.Sft;
import org.thurstone.train.loss.link.Classify;
import org.thurstone.train.loss.link.EveryPair;
import org.thurstone.train.loss.link.Exponential;
import org.thurstone.train.loss.link.GapRanking;
import org.thurstone.train.loss.link.Hinge;
import org.thurstone.train.loss.link.LogRatioModulated;
import org.thurstone.train.loss.link.Logistic;
import org.thurstone.train.loss.link.NoiseContrast;
import org.thurstone.train.loss.link.PlackettLuce;
import org.thurstone.train.loss.link.Regression;
import org.thurstone.train.loss.link.ReverseKl;
import org.thurstone.train.loss.link.ReverseSoftmaxTarget;
import org.thurstone.train.loss.link.Saturating;
import org.thurstone.train.loss.link.Scaled;
import org.thurstone.train.loss.link.SoftmaxTarget;
import org.thurstone.train.loss.link.Squared;
import org.thurstone.train.loss.link.SquaredEach;
import org.thurstone.train.loss.link.SquaredLogit;
import org.thurstone.train.loss.link.SquaredScore;
import org.thurstone.train.loss.link.Unbiased;
import org.thurstone.train.loss.list.ExoRewards;
import org.thurstone.train.loss.list.InfoNca;
import org.thurstone.train.loss.list.Lipo;
import org.thurstone.train.loss.list.PlackettLuceDpo;
import org.thurstone.train.loss.list.Pro;
import org.thurstone.train.loss.list.Sami;
import org.thurstone.train.loss.list.TreePo;
import org.thurstone.train.loss.list.TriplePo;
import org.thurstone.train.loss.offset.DataMargin;
import org.thurstone.train.loss.offset.EarlierReward;
import org.thurstone.train.loss.offset.Length;
import org.thurstone.train.loss.offset.PositivePenalty;
import org.thurstone.train.loss.offset.TargetMargin;
import org.thurstone.train.loss.pair.AlphaDpo;
import org.thurstone.train.loss.pair.AlphaPo;
import org.thurstone.train.loss.pair.Aot;
import org.thurstone.train.loss.pair.ApoDown;
import org.thurstone.train.loss.pair.ApoZero;
import org.thurstone.train.loss.pair.BcoPair;
import org.thurstone.train.loss.pair.Bmc;
import org.thurstone.train.loss.pair.Cdpo;
import org.thurstone.train.loss.pair.Cpo;
import org.thurstone.train.loss.pair.Cream;
import org.thurstone.train.loss.pair.DegreeAware;
import org.thurstone.train.loss.pair.DiscoPop;
import org.thurstone.train.loss.pair.Dove;
import org.thurstone.train.loss.pair.Dph;
import org.thurstone.train.loss.pair.Dpo;
import org.thurstone.train.loss.pair.Dpop;
import org.thurstone.train.loss.pair.Exo;
import org.thurstone.train.loss.pair.FlexDpo;
import org.thurstone.train.loss.pair.ForwardKlDpo;
import org.thurstone.train.loss.pair.Hypo;
import org.thurstone.train.loss.pair.Inpo;
import org.thurstone.train.loss.pair.Ipo;
import org.thurstone.train.loss.pair.Irepo;
import org.thurstone.train.loss.pair.Irpo;
import org.thurstone.train.loss.pair.IterPref;
import org.thurstone.train.loss.pair.JensenShannonDpo;
import org.thurstone.train.loss.pair.LdDpo;
import org.thurstone.train.loss.pair.LengthDpo;
import org.thurstone.train.loss.pair.MDpo;
import org.thurstone.train.loss.pair.Mrpo;
import org.thurstone.train.loss.pair.NcaPair;
import org.thurstone.train.loss.pair.NormalisedDpo;
import org.thurstone.train.loss.pair.Orpo;
import org.thurstone.train.loss.pair.RationaleDpo;
import org.thurstone.train.loss.pair.Rdpo;
import org.thurstone.train.loss.pair.RelativePo;
import org.thurstone.train.loss.pair.Rpo;
import org.thurstone.train.loss.pair.SequentialDpo;
import org.thurstone.train.loss.pair.SimPo;
import org.thurstone.train.loss.pair.Slic;
import org.thurstone.train.loss.pair.SlicHf;
import org.thurstone.train.loss.pair.Spa;
import org.thurstone.train.loss.pair.Spac;
import org.thurstone.train.loss.pair.SparsePo;
import org.thurstone.train.loss.pair.Sppo;
import org.thurstone.train.loss.pair.SppoHard;
import org.thurstone.train.loss.pair.Typo;
import org.thurstone.train.loss.pair.Vpo;
import org.thurstone.train.loss.pair.Wpo;
import org.thurstone.train.loss.pair.Xpo;
import org.thurstone.train.loss.regulariser.CoveringKl;
import org.thurstone.train.loss.regulariser.Entropy;
import org.thurstone.train.loss.regulariser.Exploration;
import org.thurstone.train.loss.regulariser.Nll;
import org.thurstone.train.loss.regulariser.OnlineKl;
import org.thurstone.train.loss.regulariser.Rationale;
import org.thurstone.train.loss.regulariser.SampledKl;
import org.thurstone.train.loss.score.AdaptiveSteps;
import org.thurstone.train.loss.score.AlphaDivergence;
import org.thurstone.train.loss.score.AlphaMean;
import org.thurstone.train.loss.score.ConfidentEdits;
import org.thurstone.train.loss.score.ForwardKl;
import org.thurstone.train.loss.score.HarmonicReferences;
import org.thurstone.train.loss.score.JensenShannon;
import org.thurstone.train.loss.score.LogOdds;
import org.thurstone.train.loss.score.LogProb;
import org.thurstone.train.loss.score.LogRatio;
import org.thurstone.train.loss.score.MeanLogProb;
import org.thurstone.train.loss.score.MeanLogRatio;
import org.thurstone.train.loss.score.SharedLength;
import org.thurstone.train.loss.score.TwoReferences;
import org.thurstone.train.loss.score.WeightedLogRatio;
import org.thurstone.train.loss.single.Bco;
import org.thurstone.train.loss.single.Dro;
import org.thurstone.train.loss.single.Gpo;
import org.thurstone.train.loss.single.Kto;
import org.thurstone.train.loss.single.MKto;
import org.thurstone.train.loss.single.Pmpo;
import org.thurstone.train.loss.single.PointwiseDpo;
import org.thurstone.train.loss.single.PolicyGradient;
import org.thurstone.train.loss.single.Ppo;
import org.thurstone.train.loss.single.Reinforce;
import org.thurstone.train.loss.single.Ulma;

/**
 * Every loss, score, link, offset and regulariser of this module that recipes know by name. A new one is added here;
 * those of other jars come through {@link org.thurstone.recipe.MethodProvider}.
 */
public final class TrainMethods {

    private TrainMethods() {}

    /** Records that are annotated with {@link org.thurstone.recipe.Method}. */
    public static List<Class<? extends Record>> all() {
        return List.of(
                Composed.class,
                ExoRewards.class,
                InfoNca.class,
                Lipo.class,
                PlackettLuceDpo.class,
                Pro.class,
                TreePo.class,
                TriplePo.class,
                EveryPair.class,
                GapRanking.class,
                Sami.class,
                ReverseSoftmaxTarget.class,
                SoftmaxTarget.class,
                PlackettLuce.class,
                Mixture.class,
                Feasible.class,
                ChainOfHindsight.class,
                Sft.class,
                Bco.class,
                PointwiseDpo.class,
                Ulma.class,
                Kto.class,
                MKto.class,
                Dro.class,
                Gpo.class,
                Pmpo.class,
                PolicyGradient.class,
                Ppo.class,
                Reinforce.class,
                AlphaDpo.class,
                AlphaPo.class,
                Aot.class,
                ApoDown.class,
                ApoZero.class,
                BcoPair.class,
                Bmc.class,
                Cdpo.class,
                Cpo.class,
                Cream.class,
                DegreeAware.class,
                DiscoPop.class,
                Dph.class,
                Dove.class,
                Dpo.class,
                Dpop.class,
                Exo.class,
                FlexDpo.class,
                ForwardKlDpo.class,
                Hypo.class,
                Inpo.class,
                Ipo.class,
                Irepo.class,
                Irpo.class,
                IterPref.class,
                JensenShannonDpo.class,
                LdDpo.class,
                LengthDpo.class,
                Mrpo.class,
                MDpo.class,
                NcaPair.class,
                NormalisedDpo.class,
                Orpo.class,
                RationaleDpo.class,
                Rdpo.class,
                RelativePo.class,
                Rpo.class,
                SequentialDpo.class,
                SimPo.class,
                Slic.class,
                SlicHf.class,
                Spa.class,
                Spac.class,
                SparsePo.class,
                Sppo.class,
                SppoHard.class,
                Typo.class,
                Vpo.class,
                Wpo.class,
                Xpo.class,
                AdaptiveSteps.class,
                AlphaDivergence.class,
                AlphaMean.class,
                ConfidentEdits.class,
                ForwardKl.class,
                HarmonicReferences.class,
                JensenShannon.class,
                LogOdds.class,
                LogProb.class,
                LogRatio.class,
                MeanLogProb.class,
                MeanLogRatio.class,
                SharedLength.class,
                TwoReferences.class,
                WeightedLogRatio.class,
                Classify.class,
                Exponential.class,
                Hinge.class,
                LogRatioModulated.class,
                Logistic.class,
                NoiseContrast.class,
                Regression.class,
                ReverseKl.class,
                Saturating.class,
                Scaled.class,
                Squared.class,
                SquaredEach.class,
                SquaredLogit.class,
                SquaredScore.class,
                Unbiased.class,
                DataMargin.class,
                EarlierReward.class,
                Length.class,
                PositivePenalty.class,
                TargetMargin.class,
                Nll.class,
                Rationale.class,
                CoveringKl.class,
                Entropy.class,
                OnlineKl.class,
                Exploration.class,
                SampledKl.class);
    }
}
