package io.bursar.ledger;

import static io.bursar.ledger.RejectionReason.ACCOUNT_CLOSED;
import static io.bursar.ledger.RejectionReason.CREDITS_FROZEN;
import static io.bursar.ledger.RejectionReason.DEBITS_FROZEN;
import static io.bursar.ledger.RejectionReason.HOLD_EXCEEDED;
import static io.bursar.ledger.RejectionReason.HOLD_EXPIRED;
import static io.bursar.ledger.RejectionReason.HOLD_SETTLED;
import static io.bursar.ledger.RejectionReason.HOLD_UNKNOWN;
import static io.bursar.ledger.RejectionReason.NOT_DUE;
import static io.bursar.ledger.RejectionReason.ORIGINAL_UNKNOWN;
import static io.bursar.ledger.RejectionReason.REVERSAL_EXCEEDED;
import static io.bursar.ledger.RejectionReason.UNIT_MISMATCH;
import static io.bursar.ledger.RejectionReason.UNKNOWN_ACCOUNT;

import io.bursar.ledger.Outcome.Rejected;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks up what the legs of a posting name: do the accounts and earlier legs exist, may they be moved at all, and is
 * there as much left as is to be settled? Amounts against limits are not its business.
 */
final class Resolver {
    private final Posting posting;
    private final Worksheet sheet;
    private final Instant postedAt;
    private final List<Step> steps = new ArrayList<>();
    private final List<Rejected> findings = new ArrayList<>();
    private final Map<LegKey, Pending> ownPendings = new HashMap<>();
    private final Map<LegKey, Long> claimed = new HashMap<>();
    private final Set<AccountKey> lapsing = new HashSet<>();

    /** What is to be known of a pending leg before it is settled. */
    private record Pending(
            long amount, long remaining, @Nullable Instant expiresAt) {}

    private Resolver(Posting posting, Worksheet sheet, Instant postedAt) {
        this.posting = posting;
        this.sheet = sheet;
        this.postedAt = postedAt;
    }

    /** The steps, which are complete only when there are no findings. */
    record Resolved(List<Step> steps, List<Rejected> findings) {}

    static Resolved resolve(Posting posting, Worksheet sheet, Instant postedAt) {
        Resolver resolver = new Resolver(posting, sheet, postedAt);
        for (int leg = 0; leg < posting.legs().size(); leg++) {
            resolver.resolve(posting.legs().get(leg), leg);
        }
        return new Resolved(resolver.steps, resolver.findings);
    }

    private void resolve(Leg leg, int number) {
        switch (leg) {
            case Leg.Move(AccountPath debit, AccountPath credit, long amount, Unit unit) ->
                movement(movement(number, Transfer.Kind.MOVE, debit, credit, amount), unit);
            case Leg.Grant grant -> granted(grant, number);
            case Leg.Pend(AccountPath debit, AccountPath credit, long amount, Unit unit, Instant expiresAt) -> {
                Transfer.Kind kind = Transfer.Kind.PEND;
                movement(new Step.Movement(number, kind, key(debit), key(credit), amount, null, expiresAt), unit);
                LegKey own = new LegKey(posting.book(), posting.reference(), number);
                ownPendings.put(own, new Pending(amount, amount, expiresAt));
            }
            case Leg.Force(AccountPath debit, AccountPath credit, long amount, Unit unit) ->
                movement(movement(number, Transfer.Kind.FORCE, debit, credit, amount), unit);
            case Leg.Commit(Reference pending, int of, Long amount) ->
                settling(number, Transfer.Kind.COMMIT, key(pending, of), amount);
            case Leg.Release(Reference pending, int of, Long amount) ->
                settling(number, Transfer.Kind.RELEASE, key(pending, of), amount);
            case Leg.Expire(Reference pending, int of) ->
                settling(number, Transfer.Kind.EXPIRE, key(pending, of), null);
            case Leg.Reverse(Reference original, int of, Long amount, boolean forced) ->
                reversal(number, key(original, of), amount, forced);
            case Leg.Lapse(AccountPath lot) -> lapsing(number, key(lot));
        }
    }

    private Step.Movement movement(int number, Transfer.Kind kind, AccountPath debit, AccountPath credit, long amount) {
        return new Step.Movement(number, kind, key(debit), key(credit), amount, null, null);
    }

    private void granted(Leg.Grant grant, int number) {
        AccountKey credit = key(grant.credit());
        AccountState account = sheet.find(credit);
        if (account != null && !(account.kind() instanceof AccountKind.OfLots)) {
            found(UNKNOWN_ACCOUNT, number, "account %s (expected: an account of lots)", grant.credit());
            return;
        }
        Transfer.Kind kind = Transfer.Kind.MOVE;
        AccountKey debit = key(grant.debit());
        movement(new Step.Movement(number, kind, debit, credit, grant.amount(), grant.terms(), null), grant.unit());
    }

    private void movement(Step.Movement step, Unit unit) {
        AccountState debit = sheet.find(step.debit());
        AccountState credit = sheet.find(step.credit());
        if (debit == null || credit == null) {
            AccountPath missing =
                    debit == null ? step.debit().path() : step.credit().path();
            found(UNKNOWN_ACCOUNT, step.leg(), "account %s (expected: open in book %s)", missing, posting.book());
            return;
        }
        for (AccountState side : List.of(debit, credit)) {
            if (!side.unit().equals(unit)) {
                found(UNIT_MISMATCH, step.leg(), "unit %s (expected: %s of %s)", unit, side.unit(), side.path());
                return;
            }
        }
        if (isOpen(step.leg(), debit, credit, step.kind() == Transfer.Kind.FORCE)) {
            steps.add(step);
        }
    }

    /** Whether the accounts may be moved at all; a forced correction asks only whether anybody can answer for it. */
    private boolean isOpen(int number, AccountState debit, AccountState credit, boolean forced) {
        int before = findings.size();
        AccountState debited = answerable(debit);
        AccountState credited = answerable(credit);
        boolean owes = forced && debited.kind().owed() != null;
        if (debited.bars().closed() && !owes) {
            found(ACCOUNT_CLOSED, number, "account %s: closed (expected: open)", debited.path());
        }
        if (credited.bars().closed()) {
            found(ACCOUNT_CLOSED, number, "account %s: closed (expected: open)", credited.path());
        }
        if (debited.bars().debitsFrozen() && !forced) {
            found(DEBITS_FROZEN, number, "debits of %s: frozen (expected: not)", debited.path());
        }
        if (credited.bars().creditsFrozen() && !forced) {
            found(CREDITS_FROZEN, number, "credits of %s: frozen (expected: not)", credited.path());
        }
        return findings.size() == before;
    }

    /** A lot is frozen and closed with its parent. */
    private AccountState answerable(AccountState account) {
        AccountPath parent = account.kind().parent();
        return parent == null ? account : sheet.account(account.beside(parent));
    }

    /** Settling what is already reserved is not stopped by a freeze: the decision was taken when it was reserved. */
    private void settling(int number, Transfer.Kind kind, LegKey key, @Nullable Long asked) {
        Pending pending = pending(key);
        if (pending == null) {
            found(HOLD_UNKNOWN, number, "leg %d of %s (expected: a pending leg of this book)", key);
            return;
        }
        long left = pending.remaining() - claimed.getOrDefault(key, 0L);
        Instant expiresAt = pending.expiresAt();
        boolean expired = expiresAt != null && !expiresAt.isAfter(postedAt);
        if (left == 0) {
            String message = "leg %d of %s: 0 of " + pending.amount() + " left (expected: not yet settled)";
            found(HOLD_SETTLED, number, message, key);
        } else if (kind == Transfer.Kind.EXPIRE && !expired) {
            found(NOT_DUE, number, "leg %d of %s: expires " + expiresAt + " (expected: before now)", key);
        } else if (kind == Transfer.Kind.COMMIT && expired) {
            found(HOLD_EXPIRED, number, "leg %d of %s: expired " + expiresAt + " (expected: later)", key);
        } else if (asked != null && asked > left) {
            found(HOLD_EXCEEDED, number, "leg %d of %s: " + left + " left (expected: at least " + asked + ")", key);
        } else {
            long amount = asked == null ? left : asked;
            claimed.merge(key, amount, Long::sum);
            steps.add(new Step.Settling(number, kind, key, amount));
        }
    }

    private @Nullable Pending pending(LegKey key) {
        EarlierLeg earlier = sheet.earlier(key);
        if (earlier == null || !earlier.isPending()) {
            return ownPendings.get(key);
        }
        return new Pending(earlier.amount(), earlier.remaining(), earlier.expiresAt());
    }

    private void reversal(int number, LegKey key, @Nullable Long asked, boolean forced) {
        EarlierLeg original = sheet.earlier(key);
        if (original == null || !original.isReversible()) {
            found(ORIGINAL_UNKNOWN, number, "leg %d of %s (expected: a posted movement of this book)", key);
            return;
        }
        int before = findings.size();
        original.parts()
                .forEach(part -> isOpen(number, sheet.account(part.credit()), sheet.account(part.debit()), forced));
        long left = original.remaining() - claimed.getOrDefault(key, 0L);
        long amount = asked == null ? left : asked;
        if (amount > left || left == 0) {
            String message = "leg %d of %s: " + left + " of " + original.amount()
                    + " not reversed yet (expected: at least " + Math.max(amount, 1) + ")";
            found(REVERSAL_EXCEEDED, number, message, key);
        }
        if (findings.size() == before) {
            claimed.merge(key, amount, Long::sum);
            steps.add(new Step.Reversal(number, key, amount, forced));
        }
    }

    private void lapsing(int number, AccountKey key) {
        AccountState lot = sheet.find(key);
        if (lot == null || !(lot.kind() instanceof AccountKind.Lot)) {
            found(UNKNOWN_ACCOUNT, number, "account %s (expected: a lot of book %s)", key.path(), posting.book());
        } else if (!lot.isExpiredLotAt(postedAt) || lot.sums().available() <= 0 || !lapsing.add(key)) {
            found(NOT_DUE, number, "lot %s: nothing to lapse (expected: expired, and not empty)", key.path());
        } else {
            steps.add(new Step.Lapsing(number, key));
        }
    }

    private void found(RejectionReason reason, int number, String message, LegKey key) {
        found(reason, number, message, key.leg(), key.reference());
    }

    private void found(RejectionReason reason, int number, String message, Object... values) {
        findings.add(new Rejected(reason, number, message.formatted(values)));
    }

    private AccountKey key(AccountPath path) {
        return new AccountKey(posting.book(), path);
    }

    private LegKey key(Reference reference, int leg) {
        return new LegKey(posting.book(), reference, leg);
    }
}
