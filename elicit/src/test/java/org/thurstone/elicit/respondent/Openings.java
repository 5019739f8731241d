package org.thurstone.elicit.respondent;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.thurstone.data.Preference;
import org.thurstone.elicit.Judgement;
import org.thurstone.elicit.Respondent;
import org.thurstone.elicit.RespondentSource;
import org.thurstone.elicit.RespondentSource.Opening;
import org.thurstone.elicit.TestQuestions;

/** What respondents under test are opened with. */
final class Openings {

    static final Judgement LEFT = new Judgement.Preferred(new Preference.Left());
    static final Judgement RIGHT = new Judgement.Preferred(new Preference.Right());
    static final Judgement TIE = new Judgement.Preferred(new Preference.Tie());

    private Openings() {}

    static Opening judgedBy(Respondent judge) {
        return in(Path.of("none"), judge);
    }

    static Opening in(Path cache, Respondent judge) {
        return new Opening(
                cache, name -> TestQuestions.random(1, name), Optional.of(judge), Map.of(), Map.of(), notice -> {});
    }

    static Opening withoutJudge() {
        return new Opening(
                Path.of("none"),
                name -> TestQuestions.random(1, name),
                Optional.empty(),
                Map.of(),
                Map.of(),
                notice -> {});
    }

    static RespondentSource of(Respondent respondent) {
        return opening -> respondent;
    }

    static Judgement abstained(String reason) {
        return new Judgement.Abstained(reason);
    }

    /** Time that passes only when someone sleeps; who waits for an answer gives up once {@code hangs} says so. */
    static final class FakeTime implements Time {
        final List<Duration> slept = new ArrayList<>();
        final BooleanSupplier hangs;
        long now;

        FakeTime() {
            this(() -> false);
        }

        FakeTime(BooleanSupplier hangs) {
            this.hangs = hangs;
        }

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void sleep(Duration duration) {
            slept.add(duration);
            now += duration.toNanos();
        }

        @Override
        public boolean await(Semaphore permits, Duration limit) {
            while (!permits.tryAcquire()) {
                if (hangs.getAsBoolean() && permits.availablePermits() == 0) {
                    return false;
                }
                Thread.onSpinWait();
            }
            return true;
        }
    }
}
