package org.thurstone.rank.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thurstone.data.UserError;
import org.thurstone.rank.Battles;
import org.thurstone.rank.Votes;
import org.thurstone.rank.pairs.BradleyTerry;

/**
 * An audit of a Bradley–Terry board: what of its order the votes carry, and what would turn it over.
 *
 * <pre>{@code
 * Audit audit = Audit.of(BradleyTerry.PLAIN, votes, AuditSettings.DEFAULT);
 * audit.flagged().forEach(finding -> System.out.println(finding.sentence()));
 * }</pre>
 *
 * @param settings that it was made with
 * @param unit the independent units of its standard errors: annotator, prompt or battle
 * @param findings one per probe
 */
public record Audit(AuditSettings settings, String unit, List<Finding> findings) {

    /** Its matrices have the square of the items. */
    private static final int MOST_ITEMS = 2000;

    public Audit {
        findings = List.copyOf(findings);
    }

    /**
     * Puts all questions to the votes.
     *
     * @param model the model of the board, without a half-life and without weights by pair
     * @throws UserError if the votes are not battles one by one, or there are too many items
     */
    public static Audit of(BradleyTerry model, Votes votes, AuditSettings settings) {
        if (!(votes instanceof Battles battles)) {
            throw new UserError("an audit needs battles one by one, not counts of pairs or whole orders");
        }
        if (model.halfLife().isPresent()) {
            throw new UserError("an audit is of a board without a half-life, in which all battles count the same");
        }
        if (model.balance().isPresent()) {
            throw new UserError(
                    "an audit is of a board in which all battles count the same: leave --balance-pairs out");
        }
        if (battles.items().size() > MOST_ITEMS) {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "%,d items are too many for an audit (at most %,d); audit a part of them",
                    battles.items().size(),
                    MOST_ITEMS));
        }
        AuditedVotes audited = AuditedVotes.of(model, battles, settings);
        List<Finding> findings = new ArrayList<>();
        for (Probe probe : settings.probes()) {
            try {
                findings.add(probe.find(audited));
            } catch (UserError e) {
                findings.add(Finding.unanswered(probe, sentence(String.valueOf(e.getMessage()))));
            }
        }
        return new Audit(settings, audited.unit(), findings);
    }

    /** A message as a sentence. */
    private static String sentence(String message) {
        return Character.toUpperCase(message.charAt(0)) + message.substring(1) + (message.endsWith(".") ? "" : ".");
    }

    /** The findings that raise a flag. */
    public List<Finding> flagged() {
        return findings.stream().filter(Finding::flagged).toList();
    }

    /** The finding of a probe; empty if the settings do not have it. */
    public Optional<Finding> of(String probe) {
        return findings.stream().filter(f -> f.probe().equals(probe)).findFirst();
    }
}
