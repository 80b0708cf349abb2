package io.bursar.ledger;

import io.bursar.ledger.Account.Direction;
import io.bursar.ledger.Account.Freeze;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A change of what an account is, with the account as it is after the change. */
record AccountEvent(
        AccountKey key,
        UUID account,
        long sequence,
        Kind kind,
        Unit unit,
        Policy policy,
        List<Freeze> freezes,
        boolean closed,
        Instant at,
        String actor,
        String reason,
        Hash hash) {

    enum Kind {
        OPENED,
        POLICY_CHANGED,
        FROZEN,
        UNFROZEN,
        CLOSED
    }

    static AccountEvent opened(
            AccountKey key, UUID account, AccountSpec spec, Instant at, String actor, String reason) {
        AccountEvent unchained = new AccountEvent(
                key,
                account,
                0,
                Kind.OPENED,
                spec.unit(),
                spec.policy(),
                List.of(),
                false,
                at,
                actor,
                reason,
                Hash.ZERO);
        return unchained.chained(Hash.ZERO);
    }

    /** Hashed over its content and the account's last hash, which is how it joins the same chain as the transfers. */
    AccountEvent chained(Hash last) {
        Canonical canonical = new Canonical("bursar account event 1")
                .id(key.book().value())
                .id(account)
                .number(sequence)
                .text(kind.name())
                .text(key.path().value())
                .unit(unit)
                .numberOrNone(policy.floor())
                .numberOrNone(policy.ceiling())
                .texts(freezes(Direction.DEBITS))
                .texts(freezes(Direction.CREDITS))
                .flag(closed)
                .instant(at)
                .text(actor)
                .text(reason);
        Hash chain = Hash.of(canonical.bytes(), last);
        return new AccountEvent(key, account, sequence, kind, unit, policy, freezes, closed, at, actor, reason, chain);
    }

    /** Actor and reason of each freeze of one direction, one after the other, in the order they were given. */
    List<String> freezes(Direction direction) {
        return freezes.stream()
                .filter(freeze -> freeze.direction() == direction)
                .flatMap(freeze -> List.of(freeze.actor(), freeze.reason()).stream())
                .toList();
    }
}
