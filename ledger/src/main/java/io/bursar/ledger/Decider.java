package io.bursar.ledger;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import io.bursar.ledger.Outcome.Duplicate;
import io.bursar.ledger.Outcome.Posted;
import io.bursar.ledger.Outcome.Rejected;
import io.bursar.ledger.Resolver.Resolved;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides a batch of postings, one after the other, on what was read under the locks of their accounts. It is a
 * function: it reads no clock, no database and no random numbers, so the same snapshot, batch and instant give the
 * same decision, and every rule of posting can be tested as a table.
 *
 * <p>A posting is decided on a {@link Worksheet} above the accounts and earlier legs as its predecessors left them.
 * The sheet is kept when nothing was found against the posting and dropped otherwise; that is what makes linked legs
 * all or none.
 */
final class Decider {
    private final Worksheet sheet;
    private final Map<ReferenceKey, Recorded> recorded;
    private final Map<BookId, LocalDate> closedThrough;
    private final Instant instant;
    private final Set<AccountKey> touched = new HashSet<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<AccountEvent> opened = new ArrayList<>();
    private final List<TransferRow> rows = new ArrayList<>();

    private Decider(Snapshot snapshot, List<Submission> batch, Instant instant) {
        sheet = Worksheet.of(snapshot, !Batch.earlier(batch).isEmpty());
        recorded = new HashMap<>(snapshot.recorded());
        closedThrough = snapshot.closedThrough();
        this.instant = instant.truncatedTo(ChronoUnit.MICROS);
    }

    static Decision decide(Snapshot snapshot, List<Submission> batch, Instant instant) {
        Decider decider = new Decider(snapshot, batch, instant);
        batch.forEach(submission -> decider.outcomes.add(decider.judge(submission)));
        List<AccountState> touched =
                decider.touched.stream().map(decider.sheet::account).toList();
        return new Decision(
                List.copyOf(decider.outcomes), List.copyOf(decider.opened), List.copyOf(decider.rows), touched);
    }

    private Outcome judge(Submission submission) {
        Recorded before = recorded.get(submission.key());
        if (before != null) {
            return repeated(submission, before);
        }
        Posting posting = submission.posting();
        Instant postedAt = Batch.accounts(posting, sheet::earlier).stream()
                .map(sheet::find)
                .map(account -> account == null ? instant : latest(account))
                .reduce(instant, Decider::later);
        Dating dating = Dating.of(posting, postedAt, closedThrough.get(posting.book()));
        if (dating == null) {
            return closedPeriod(posting, postedAt);
        }
        Worksheet own = sheet.above();
        Resolved resolved = Resolver.resolve(posting, own, postedAt);
        if (!resolved.findings().isEmpty()) {
            return first(resolved.findings());
        }
        Draft draft = new Draft(submission, own, dating);
        List<Rejected> findings = draft.apply(resolved.steps());
        return findings.isEmpty() ? keep(submission, own, draft) : first(findings);
    }

    /** An account's last posting, or that of another that posting to it may touch, such as what a lot's parent owes. */
    private Instant latest(AccountState account) {
        Instant latest = account.lastAt();
        for (AccountPath link : account.kind().links()) {
            latest = later(latest, latest(sheet.account(account.beside(link))));
        }
        return latest;
    }

    private Rejected closedPeriod(Posting posting, Instant postedAt) {
        String message = "effective date %s: its period is closed (expected: after %s)"
                .formatted(Dating.wanted(posting, postedAt), closedThrough.get(posting.book()));
        return new Rejected(RejectionReason.PERIOD_CLOSED, 0, message);
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

    private Posted keep(Submission submission, Worksheet own, Draft draft) {
        own.touched().forEach(account -> touched.add(account.key()));
        own.keep();
        rows.addAll(draft.rows());
        opened.addAll(draft.opened());
        Posted posted = new Posted(
                submission.id(),
                submission.posting().reference(),
                draft.rows().getFirst().dating().postedAt(),
                draft.rows().stream().map(TransferRow::answer).toList());
        recorded.put(submission.key(), new Recorded(submission.content(), posted));
        return posted;
    }

    private static Rejected first(Collection<Rejected> findings) {
        return findings.stream()
                .min(comparing(Rejected::reason).thenComparing(comparingInt(Rejected::leg)))
                .orElseThrow();
    }

    private static Instant later(@Nullable Instant one, Instant other) {
        return one != null && one.isAfter(other) ? one : other;
    }
}
