package io.bursar.ledger;

import io.bursar.ledger.TransferRow.Settlement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The decision with maps for a database: what one batch decides is what the next one finds. */
final class MemoryLedger {
    private final BookId book;
    private final UuidV7 ids;
    private final Map<AccountKey, AccountState> accounts = new HashMap<>();
    private final Map<LegKey, EarlierLeg> earlier = new HashMap<>();
    private final Map<ReferenceKey, Recorded> recorded = new HashMap<>();
    private final Map<BookId, LocalDate> closedThrough = new HashMap<>();

    MemoryLedger(BookId book, List<AccountSpec> specs, Clock clock) {
        this.book = book;
        ids = new UuidV7(clock);
        Instant now = clock.instant();
        for (AccountSpec spec : specs) {
            AccountKey key = new AccountKey(book, spec.path());
            AccountState opened = AccountEvent.opened(key, ids.next(), spec, now, "test", "program")
                    .state();
            accounts.put(key, opened);
        }
    }

    Decision post(List<Posting> postings, Instant now) {
        List<Submission> batch =
                postings.stream().map(posting -> Submission.of(posting, ids)).toList();
        Decision decision = Decider.decide(new Snapshot(accounts, earlier, recorded, closedThrough), batch, now);
        decision.touched().forEach(account -> accounts.put(account.key(), account));
        decision.rows().forEach(this::keep);
        for (int index = 0; index < batch.size(); index++) {
            if (decision.outcomes().get(index) instanceof Outcome.Posted posted) {
                Submission submission = batch.get(index);
                recorded.put(submission.key(), new Recorded(submission.content(), posted));
            }
        }
        return decision;
    }

    void closeThrough(LocalDate date) {
        closedThrough.put(book, date);
    }

    void bar(AccountPath path, AccountState.Bars bars) {
        AccountState now = Objects.requireNonNull(accounts.get(new AccountKey(book, path)));
        accounts.put(
                now.key(),
                new AccountState(
                        now.key(),
                        now.id(),
                        now.unit(),
                        now.kind(),
                        now.policy(),
                        bars,
                        now.sums(),
                        now.sequence(),
                        now.lastAt(),
                        now.lastHash()));
    }

    Collection<AccountState> accounts() {
        return accounts.values();
    }

    private void keep(TransferRow row) {
        Posting posting = row.submission().posting();
        LegKey key = new LegKey(posting.book(), posting.reference(), row.leg());
        Settlement settlement = row.settlement();
        if (settlement != null) {
            earlier.replaceAll((_, leg) -> leg.after(settlement));
        }
        if (row.kind() == Transfer.Kind.PEND || row.kind().isReversible()) {
            earlier.merge(
                    key,
                    new EarlierLeg(row.kind(), row.expiresAt(), List.of(row.asPart())),
                    (before, _) -> before.with(row.asPart()));
        }
    }
}
