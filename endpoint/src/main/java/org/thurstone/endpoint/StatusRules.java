package org.thurstone.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.thurstone.endpoint.http.Exchange;
import org.thurstone.endpoint.http.RetryAfter;

/** What to do about a reply that is an error. */
final class StatusRules {

    private static final Set<Integer> PASSING = Set.of(408, 500, 502, 503, 504, 529);

    private static final Pattern NO_CREDIT = Pattern.compile(
            "insufficient_quota|credit balance|out of credits?|insufficient credits?|not enough credits?|billing"
                    + "|exceeded your current quota",
            Pattern.CASE_INSENSITIVE);

    private StatusRules() {}

    /** What to do. */
    sealed interface Verdict {
        /** Ask again, after a wait if the server asks for one. */
        record Retry(Optional<Duration> pause) implements Verdict {}

        /** Fail this question, and go on with others. */
        record Skip() implements Verdict {}

        /** Stop the run: other calls would fail in the same way. */
        record Stop() implements Verdict {}
    }

    static Verdict of(Exchange refusal, Instant now) {
        Optional<Duration> wait = RetryAfter.of(refusal, now).or(() -> RetryAfter.reset(refusal, now));
        if (refusal.status() == 429) {
            boolean noCredit = NO_CREDIT.matcher(refusal.body()).find();
            boolean quota = refusal.body().contains("insufficient_quota");
            return quota || (noCredit && refusal.header("retry-after").isEmpty())
                    ? new Verdict.Stop()
                    : new Verdict.Retry(wait);
        }
        if (PASSING.contains(refusal.status())) {
            return new Verdict.Retry(wait);
        }
        // A request that is too large may be the only one.
        return refusal.status() == 413 ? new Verdict.Skip() : new Verdict.Stop();
    }
}
