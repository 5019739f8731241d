package org.thurstone.feedback;

import java.util.List;
import org.thurstone.feedback.acquisition.ConstantBudget;
import org.thurstone.feedback.acquisition.DecreasingBudget;
import org.thurstone.feedback.acquisition.ExplicitBudget;
import org.thurstone.feedback.acquisition.IncreasingBudget;
import org.thurstone.feedback.acquisition.MarginAcquisition;
import org.thurstone.feedback.annotator.BradleyTerry;
import org.thurstone.feedback.annotator.JudgeScores;
import org.thurstone.feedback.annotator.SimulatedHuman;
import org.thurstone.feedback.pairing.AllPairs;
import org.thurstone.feedback.pairing.BestWorst;
import org.thurstone.feedback.pairing.BestWorstOfFew;
import org.thurstone.feedback.pairing.CorrectWrong;
import org.thurstone.feedback.pairing.RandomPairs;
import org.thurstone.feedback.pairing.RejectionSampling;
import org.thurstone.feedback.pairing.ScoreGap;
import org.thurstone.feedback.pairing.ScorePositions;
import org.thurstone.feedback.reward.SentenceReward;
import org.thurstone.feedback.reward.Words;
import org.thurstone.feedback.verifier.ArithmeticVerifier;
import org.thurstone.feedback.verifier.ExactAnswer;
import org.thurstone.feedback.verifier.NumericAnswer;
import org.thurstone.feedback.verifier.RegexAnswer;

/** Every judge, verifier, pairing, acquisition, budget and annotator that recipes know by name; a new one is added here. */
public final class FeedbackMethods {

    private FeedbackMethods() {}

    public static List<Class<? extends Record>> all() {
        return List.of(
                SentenceReward.class,
                Words.class,
                ExactAnswer.class,
                NumericAnswer.class,
                RegexAnswer.class,
                ArithmeticVerifier.class,
                BestWorst.class,
                AllPairs.class,
                RandomPairs.class,
                CorrectWrong.class,
                ScoreGap.class,
                ScorePositions.class,
                BestWorstOfFew.class,
                RejectionSampling.class,
                MarginAcquisition.class,
                ConstantBudget.class,
                DecreasingBudget.class,
                IncreasingBudget.class,
                ExplicitBudget.class,
                BradleyTerry.class,
                JudgeScores.class,
                SimulatedHuman.class);
    }
}
