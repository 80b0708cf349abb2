package io.bursar.ledger;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a batch of submissions names: its references, its earlier legs and its accounts. */
final class Batch {
    private Batch() {}

    static Set<ReferenceKey> references(List<Submission> batch) {
        return batch.stream().map(Submission::key).collect(Collectors.toSet());
    }

    static Set<BookId> books(List<Submission> batch) {
        return batch.stream().map(submission -> submission.posting().book()).collect(Collectors.toSet());
    }

    static Set<LegKey> earlier(List<Submission> batch) {
        Set<LegKey> keys = new HashSet<>();
        for (Submission submission : batch) {
            Posting posting = submission.posting();
            for (Leg leg : posting.legs()) {
                LegKey key = earlier(posting.book(), leg);
                if (key != null) {
                    keys.add(key);
                }
            }
        }
        return keys;
    }

    /** The accounts named by the legs, and those of the earlier legs that are settled. */
    static Set<AccountKey> accounts(List<Submission> batch, Map<LegKey, EarlierLeg> earlier) {
        Set<AccountKey> accounts = new HashSet<>();
        batch.forEach(submission -> accounts.addAll(accounts(submission.posting(), earlier::get)));
        return accounts;
    }

    static Set<AccountKey> accounts(Posting posting, Function<LegKey, @Nullable EarlierLeg> earlier) {
        Set<AccountKey> accounts = new HashSet<>();
        BookId book = posting.book();
        for (Leg leg : posting.legs()) {
            switch (leg) {
                case Leg.Move move -> add(accounts, book, move.debit(), move.credit());
                case Leg.Grant grant -> add(accounts, book, grant.debit(), grant.credit());
                case Leg.Pend pend -> add(accounts, book, pend.debit(), pend.credit());
                case Leg.Force force -> add(accounts, book, force.debit(), force.credit());
                case Leg.Lapse lapse -> add(accounts, book, lapse.lot());
                case Leg.Commit _, Leg.Release _, Leg.Expire _, Leg.Reverse _ -> {
                    LegKey key = earlier(book, leg);
                    EarlierLeg named = key == null ? null : earlier.apply(key);
                    if (named != null) {
                        named.parts().forEach(part -> accounts.addAll(List.of(part.debit(), part.credit())));
                    }
                }
            }
        }
        return accounts;
    }

    private static @Nullable LegKey earlier(BookId book, Leg leg) {
        return switch (leg) {
            case Leg.Commit(Reference pending, int number, Long _) -> new LegKey(book, pending, number);
            case Leg.Release(Reference pending, int number, Long _) -> new LegKey(book, pending, number);
            case Leg.Expire(Reference pending, int number) -> new LegKey(book, pending, number);
            case Leg.Reverse(Reference original, int number, Long _, boolean _) -> new LegKey(book, original, number);
            case Leg.Move _, Leg.Grant _, Leg.Pend _, Leg.Force _, Leg.Lapse _ -> null;
        };
    }

    private static void add(Set<AccountKey> accounts, BookId book, AccountPath... paths) {
        for (AccountPath path : paths) {
            accounts.add(new AccountKey(book, path));
        }
    }
}
