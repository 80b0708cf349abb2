package io.bursar.ledger;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import io.bursar.ledger.Outcome.Duplicate;
import io.bursar.ledger.Outcome.Posted;
import io.bursar.ledger.Outcome.Rejected;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides a batch of postings, one after the other, on what was read under the locks of their accounts. It is a
 * function: it reads no clock, no database and no random numbers, so the same snapshot, batch and instant give the
 * same decision, and every rule of posting can be tested as a table.
 *
 * <p>A posting is decided on a {@link Draft} above the accounts and holds as its predecessors left them. The draft is
 * kept when nothing was found against the posting and dropped otherwise; that is what makes linked legs all or none.
 */
final class Decider {
    private final Map<AccountKey, AccountState> accounts;
    private final Map<HoldKey, Hold> holds;
    private final Map<ReferenceKey, Recorded> recorded;
    private final Set<AccountKey> touched = new HashSet<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<TransferRow> rows = new ArrayList<>();

    private Decider(Snapshot snapshot) {
        accounts = new HashMap<>(snapshot.accounts());
        holds = new HashMap<>(snapshot.holds());
        recorded = new HashMap<>(snapshot.recorded());
    }

    static Decision decide(Snapshot snapshot, List<Submission> batch, Instant instant) {
        Decider decider = new Decider(snapshot);
        Instant microseconds = instant.truncatedTo(ChronoUnit.MICROS);
        batch.forEach(submission -> decider.outcomes.add(decider.judge(submission, microseconds)));
        List<AccountState> touched =
                decider.touched.stream().map(decider.accounts::get).toList();
        return new Decision(List.copyOf(decider.outcomes), List.copyOf(decider.rows), touched);
    }

    private Outcome judge(Submission submission, Instant instant) {
        Recorded before = recorded.get(submission.key());
        if (before != null) {
            return repeated(submission, before);
        }
        Draft draft = new Draft(submission, accounts, holds);
        List<Rejected> findings = draft.resolve();
        if (findings.isEmpty()) {
            findings = draft.apply(instant);
        }
        return findings.isEmpty() ? keep(submission, draft) : first(findings);
    }

    private static Outcome repeated(Submission submission, Recorded before) {
        if (!before.content().equals(submission.content())) {
            String message =
                    "reference %s: posted with other content as %s (expected: the same legs and effective date)"
                            .formatted(
                                    submission.posting().reference(),
                                    before.result().posting().value());
            return new Rejected(RejectionReason.REFERENCE_CONFLICT, 0, message);
        }
        boolean ownRows = before.result().posting().equals(submission.id());
        return ownRows ? before.result() : new Duplicate(before.result());
    }

    private Posted keep(Submission submission, Draft draft) {
        accounts.putAll(draft.accounts());
        holds.putAll(draft.holds());
        touched.addAll(draft.accounts().keySet());
        rows.addAll(draft.rows());
        Posted posted = new Posted(
                submission.id(),
                submission.posting().reference(),
                draft.rows().getFirst().postedAt(),
                draft.rows().stream().map(TransferRow::answer).toList());
        recorded.put(submission.key(), new Recorded(submission.content(), posted));
        return posted;
    }

    private static Rejected first(Collection<Rejected> findings) {
        return findings.stream()
                .min(comparing(Rejected::reason).thenComparing(comparingInt(Rejected::leg)))
                .orElseThrow();
    }
}
