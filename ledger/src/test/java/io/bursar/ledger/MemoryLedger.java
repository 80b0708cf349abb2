package io.bursar.ledger;

import io.bursar.ledger.Outcome.Posted;
import io.bursar.ledger.TransferRow.Settlement;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The decision with maps for a database: what one batch decides is what the next one finds. */
final class MemoryLedger {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final UuidV7 ids = new UuidV7(Clock.systemUTC());
    private final Map<AccountKey, AccountState> accounts = new HashMap<>();
    private final Map<LegKey, EarlierLeg> earlier = new HashMap<>();
    private final Map<ReferenceKey, Recorded> recorded = new HashMap<>();

    MemoryLedger(BookId book, Map<AccountPath, Policy> policies) {
        policies.forEach((path, policy) -> {
            AccountKey key = new AccountKey(book, path);
            AccountState opened = new AccountState(
                    key,
                    ids.next(),
                    LedgerFixture.USD,
                    AccountKind.single(),
                    policy,
                    AccountState.Bars.NONE,
                    Sums.ZERO,
                    0,
                    NOW,
                    Hash.ZERO);
            accounts.put(key, opened);
        });
    }

    List<Outcome> post(List<Posting> postings) {
        List<Submission> batch =
                postings.stream().map(posting -> Submission.of(posting, ids)).toList();
        Decision decision = Decider.decide(new Snapshot(accounts, earlier, recorded, Map.of()), batch, NOW);
        decision.touched().forEach(account -> accounts.put(account.key(), account));
        decision.rows().forEach(this::keep);
        for (int index = 0; index < batch.size(); index++) {
            if (decision.outcomes().get(index) instanceof Posted posted) {
                Submission submission = batch.get(index);
                recorded.put(submission.key(), new Recorded(submission.content(), posted));
            }
        }
        return decision.outcomes();
    }

    Map<AccountPath, Sums> sums() {
        Map<AccountPath, Sums> sums = new HashMap<>();
        accounts.values().forEach(account -> sums.put(account.path(), account.sums()));
        return sums;
    }

    private void keep(TransferRow row) {
        Posting posting = row.submission().posting();
        LegKey key = new LegKey(posting.book(), posting.reference(), row.leg());
        Settlement settlement = row.settlement();
        if (settlement == null) {
            EarlierLeg before = earlier.get(key);
            EarlierLeg leg = before == null ? new EarlierLeg(row.kind(), row.expiresAt(), List.of()) : before;
            earlier.put(key, leg.with(row.asPart()));
        } else {
            earlier.replaceAll((_, leg) -> leg.after(settlement));
        }
    }
}
