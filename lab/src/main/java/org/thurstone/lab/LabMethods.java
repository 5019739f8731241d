package org.thurstone.lab;

import java.util.List;
import org.thurstone.lab.replication.BehaviourReference;
import org.thurstone.lab.replication.CuratedRetraining;
import org.thurstone.lab.replication.Desiderata;
import org.thurstone.lab.replication.DeterministicPreferences;
import org.thurstone.lab.replication.Distinguishability;
import org.thurstone.lab.replication.ExtragradientRate;
import org.thurstone.lab.replication.FeasibleTail;
import org.thurstone.lab.replication.FlippedLabels;
import org.thurstone.lab.replication.GapThreshold;
import org.thurstone.lab.replication.GrowingAnswers;
import org.thurstone.lab.replication.LambdaWeights;
import org.thurstone.lab.replication.LikelihoodOfTheChosen;
import org.thurstone.lab.replication.LocalOptimum;
import org.thurstone.lab.replication.LongerRankings;
import org.thurstone.lab.replication.ModeSeeking;
import org.thurstone.lab.replication.Momentum;
import org.thurstone.lab.replication.NashByRegression;
import org.thurstone.lab.replication.NashMixture;
import org.thurstone.lab.replication.OneSided;
import org.thurstone.lab.replication.OptimisticRate;
import org.thurstone.lab.replication.OracleAndDemonstrations;
import org.thurstone.lab.replication.Overoptimisation;
import org.thurstone.lab.replication.PairsOfTheTarget;
import org.thurstone.lab.replication.PartialCoverage;
import org.thurstone.lab.replication.PreferencesBetweenRounds;
import org.thurstone.lab.replication.RareBest;
import org.thurstone.lab.replication.SharedPrefix;
import org.thurstone.lab.replication.SmallestMargins;
import org.thurstone.lab.replication.SmallestMarginsArithmetic;
import org.thurstone.lab.replication.SmallestMarginsHuman;
import org.thurstone.lab.replication.SparseCoverage;
import org.thurstone.lab.replication.SteadierSelfPlay;
import org.thurstone.lab.replication.SweetSpot;
import org.thurstone.lab.replication.ThumbRegression;
import org.thurstone.lab.replication.TiltedPairs;
import org.thurstone.lab.replication.TwoAttitudes;
import org.thurstone.lab.replication.TwoReferences;
import org.thurstone.lab.replication.UnevenThumbs;
import org.thurstone.lab.replication.UnlearnedPairs;
import org.thurstone.lab.replication.UnlikelyPeak;
import org.thurstone.lab.replication.VoteRegression;
import org.thurstone.lab.replication.WinRateRegression;
import org.thurstone.lab.replication.WinsAsReward;
import org.thurstone.lab.replication.WrongRankings;

/** What this module adds to the catalogue: its replications. A new one is added here. */
public final class LabMethods {

    private LabMethods() {}

    public static List<Class<? extends Record>> all() {
        return List.of(
                BehaviourReference.class,
                CuratedRetraining.class,
                Desiderata.class,
                DeterministicPreferences.class,
                Distinguishability.class,
                ExtragradientRate.class,
                FeasibleTail.class,
                FlippedLabels.class,
                GapThreshold.class,
                GrowingAnswers.class,
                LambdaWeights.class,
                LikelihoodOfTheChosen.class,
                LocalOptimum.class,
                LongerRankings.class,
                ModeSeeking.class,
                Momentum.class,
                NashByRegression.class,
                NashMixture.class,
                OneSided.class,
                OptimisticRate.class,
                OracleAndDemonstrations.class,
                Overoptimisation.class,
                PairsOfTheTarget.class,
                PartialCoverage.class,
                PreferencesBetweenRounds.class,
                RareBest.class,
                SharedPrefix.class,
                SmallestMargins.class,
                SmallestMarginsArithmetic.class,
                SmallestMarginsHuman.class,
                SparseCoverage.class,
                SteadierSelfPlay.class,
                SweetSpot.class,
                ThumbRegression.class,
                TiltedPairs.class,
                TwoAttitudes.class,
                TwoReferences.class,
                UnevenThumbs.class,
                UnlearnedPairs.class,
                UnlikelyPeak.class,
                VoteRegression.class,
                WinRateRegression.class,
                WinsAsReward.class,
                WrongRankings.class);
    }
}
