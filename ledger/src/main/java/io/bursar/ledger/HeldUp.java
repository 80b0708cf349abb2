package io.bursar.ledger;

import io.bursar.ledger.AccountIds.Known;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Divides a batch into what can go on and what has to wait for an account that somebody holds. */
final class HeldUp {
    private final Map<LegKey, EarlierLeg> earlier;
    private final Map<AccountKey, Known> known;
    private final Map<PostingId, AccountKey> heldUp = new HashMap<>();
    private List<Submission> rest;

    HeldUp(List<Submission> batch, Named named) {
        rest = batch;
        earlier = named.earlier();
        known = named.accounts();
    }

    void by(Set<AccountKey> held) {
        if (held.isEmpty()) {
            return;
        }
        List<Submission> others = new ArrayList<>();
        Map<Convoy, AccountKey> stopped = new HashMap<>();
        for (Submission submission : rest) {
            named(List.of(submission)).keySet().stream()
                    .filter(held::contains)
                    .findFirst()
                    .or(() -> Optional.ofNullable(stopped.get(submission.convoy())))
                    .ifPresentOrElse(
                            account -> {
                                heldUp.put(submission.id(), account);
                                stopped.putIfAbsent(submission.convoy(), account);
                            },
                            () -> others.add(submission));
        }
        rest = others;
    }

    List<Submission> rest() {
        return rest;
    }

    Map<PostingId, AccountKey> heldUp() {
        return heldUp;
    }

    /** The accounts that what can go on may touch, except for lots. */
    Map<AccountKey, Known> named() {
        return heldUp.isEmpty() ? known : named(rest);
    }

    private Map<AccountKey, Known> named(List<Submission> submissions) {
        Map<AccountKey, Known> named = new HashMap<>();
        Deque<AccountKey> asked = new ArrayDeque<>(Batch.accounts(submissions, earlier));
        while (!asked.isEmpty()) {
            AccountKey key = asked.removeFirst();
            Known account = known.get(key);
            if (account != null && named.put(key, account) == null) {
                account.links().forEach(path -> asked.add(new AccountKey(key.book(), path)));
            }
        }
        return named;
    }
}
