package io.bursar.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Divides a batch into what can go on and what has to wait for an account that somebody holds. */
final class HeldUp {
    private final Map<HoldKey, Hold> pendings;
    private final Map<PostingId, AccountKey> heldUp = new HashMap<>();
    private List<Submission> rest;

    HeldUp(List<Submission> batch, Map<HoldKey, Hold> pendings) {
        rest = batch;
        this.pendings = pendings;
    }

    void by(Set<AccountKey> held) {
        if (held.isEmpty()) {
            return;
        }
        List<Submission> others = new ArrayList<>();
        for (Submission submission : rest) {
            accounts(submission).stream()
                    .filter(held::contains)
                    .findFirst()
                    .ifPresentOrElse(account -> heldUp.put(submission.id(), account), () -> others.add(submission));
        }
        rest = others;
    }

    List<Submission> rest() {
        return rest;
    }

    Map<PostingId, AccountKey> heldUp() {
        return heldUp;
    }

    /** The accounts of what can go on. */
    Set<AccountKey> accounts() {
        return accounts(rest);
    }

    private Set<AccountKey> accounts(Submission submission) {
        return accounts(List.of(submission));
    }

    private Set<AccountKey> accounts(List<Submission> submissions) {
        Map<HoldKey, Hold> named = new HashMap<>(pendings);
        named.keySet().retainAll(Batch.holds(submissions));
        return Batch.accounts(submissions, named);
    }
}
