package io.bursar.ledger;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a batch of submissions names: its references, its pending legs and its accounts. */
final class Batch {
    private Batch() {}

    static Set<ReferenceKey> references(List<Submission> batch) {
        return batch.stream().map(Submission::key).collect(Collectors.toSet());
    }

    static Set<HoldKey> holds(List<Submission> batch) {
        Set<HoldKey> holds = new HashSet<>();
        for (Submission submission : batch) {
            BookId book = submission.posting().book();
            for (Leg leg : submission.posting().legs()) {
                switch (leg) {
                    case Leg.Commit(Reference pending, int number) -> holds.add(new HoldKey(book, pending, number));
                    case Leg.Release(Reference pending, int number) -> holds.add(new HoldKey(book, pending, number));
                    case Leg.Move _, Leg.Pend _ -> {}
                }
            }
        }
        return holds;
    }

    /** The accounts named by the legs, and those named by the pending legs that are settled. */
    static Set<AccountKey> accounts(List<Submission> batch, Map<HoldKey, Hold> pendings) {
        Set<AccountKey> accounts = new HashSet<>();
        for (Submission submission : batch) {
            BookId book = submission.posting().book();
            for (Leg leg : submission.posting().legs()) {
                switch (leg) {
                    case Leg.Move move -> add(accounts, book, move.debit(), move.credit());
                    case Leg.Pend pend -> add(accounts, book, pend.debit(), pend.credit());
                    case Leg.Commit _, Leg.Release _ -> {}
                }
            }
        }
        pendings.forEach((key, hold) -> add(accounts, key.book(), hold.debit(), hold.credit()));
        return accounts;
    }

    private static void add(Set<AccountKey> accounts, BookId book, AccountPath debit, AccountPath credit) {
        accounts.add(new AccountKey(book, debit));
        accounts.add(new AccountKey(book, credit));
    }
}
