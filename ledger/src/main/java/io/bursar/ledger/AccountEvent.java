package io.bursar.ledger;

import io.bursar.ledger.Account.Direction;
import io.bursar.ledger.Account.Freeze;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A change of what an account is, with the account as it is after the change. */
record AccountEvent(
        AccountKey key,
        UUID account,
        long sequence,
        ChangeLine.Kind kind,
        Unit unit,
        AccountKind accountKind,
        Policy policy,
        List<Freeze> freezes,
        boolean closed,
        Instant at,
        String actor,
        String reason,
        Hash hash) {

    static AccountEvent opened(
            AccountKey key, UUID account, AccountSpec spec, Instant at, String actor, String reason) {
        AccountEvent unchained = new AccountEvent(
                key,
                account,
                0,
                ChangeLine.Kind.OPENED,
                spec.unit(),
                spec.kind(),
                spec.policy(),
                List.of(),
                false,
                at,
                actor,
                reason,
                Hash.ZERO);
        return unchained.chained(Hash.ZERO);
    }

    /** The lot that the row of this id opens in an account of lots. */
    static AccountEvent openedLot(AccountState parent, UUID id, LotTerms terms, Instant at, Posting posting) {
        AccountPath path = new AccountPath(parent.path().value() + AccountSpec.LOT_SEGMENT + id);
        AccountKind lot = new AccountKind.Lot(parent.path(), terms.source(), terms.expiresAt());
        AccountSpec spec = new AccountSpec(path, parent.unit(), Policy.FLOOR_ZERO, lot);
        return opened(parent.beside(path), id, spec, at, posting.actor(), "a lot of " + terms.source());
    }

    /** The account right after it was opened. */
    AccountState state() {
        return new AccountState(
                key, account, unit, accountKind, policy, AccountState.Bars.NONE, Sums.ZERO, sequence, at, hash);
    }

    /** Hashed over its content and the account's last hash, which is how it joins the same chain as the transfers. */
    AccountEvent chained(Hash last) {
        Canonical canonical = new Canonical("bursar account event 1")
                .id(key.book().value())
                .id(account)
                .number(sequence)
                .text(kind.name())
                .text(key.path().value())
                .unit(unit);
        accountKind(canonical)
                .numberOrNone(policy.floor())
                .numberOrNone(policy.ceiling())
                .texts(freezes(Direction.DEBITS))
                .texts(freezes(Direction.CREDITS))
                .flag(closed)
                .instant(at)
                .text(actor)
                .text(reason);
        Hash chain = canonical.digest(last);
        return new AccountEvent(
                key, account, sequence, kind, unit, accountKind, policy, freezes, closed, at, actor, reason, chain);
    }

    private Canonical accountKind(Canonical canonical) {
        return canonical
                .textOrNone(text(accountKind.parent()))
                .textOrNone(source())
                .instantOrNone(expiresAt())
                .textOrNone(text(accountKind.owed()))
                .textOrNone(text(accountKind.lapsesTo()));
    }

    @Nullable
    String source() {
        return accountKind instanceof AccountKind.Lot lot ? lot.source() : null;
    }

    @Nullable
    Instant expiresAt() {
        return accountKind instanceof AccountKind.Lot lot ? lot.expiresAt() : null;
    }

    private static @Nullable String text(@Nullable AccountPath path) {
        return path == null ? null : path.value();
    }

    /** Actor and reason of each freeze of one direction, one after the other, in the order they were given. */
    List<String> freezes(Direction direction) {
        return freezes.stream()
                .filter(freeze -> freeze.direction() == direction)
                .flatMap(freeze -> List.of(freeze.actor(), freeze.reason()).stream())
                .toList();
    }
}
