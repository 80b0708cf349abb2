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
import static io.bursar.ledger.RejectionReason.PERIOD_CLOSED;
import static io.bursar.ledger.RejectionReason.REFERENCE_CONFLICT;
import static io.bursar.ledger.RejectionReason.REVERSAL_EXCEEDED;
import static io.bursar.ledger.RejectionReason.UNIT_MISMATCH;
import static io.bursar.ledger.RejectionReason.UNKNOWN_ACCOUNT;

import io.bursar.ledger.ModelRows.Earlier;
import io.bursar.ledger.ModelRows.Fault;
import io.bursar.ledger.ModelRows.Name;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger shall do, as plainly as it can be said. This half says what can be held against a posting before
 * amounts are looked at; {@link ModelRows} moves the numbers. Answers are words, so that they can be compared with
 * the real ones.
 */
final class Model {
    private ModelRows rows;
    private final Map<Reference, Posting> posted = new HashMap<>();
    private final Map<Reference, String> answers = new HashMap<>();
    private @Nullable LocalDate closedThrough;

    Model(List<AccountSpec> specs) {
        rows = new ModelRows(specs);
    }

    /** Closes a period, unless that day is closed already. */
    boolean close(LocalDate through) {
        boolean later = isOpen(through);
        closedThrough = later ? through : closedThrough;
        return later;
    }

    /** Freezes, thaws or closes, if that may be: closing is for ever, of what is empty and what no open one names. */
    boolean bar(AccountPath path, AccountState.Bars bars) {
        ModelAccount account = rows.find(path);
        if (account == null || account.parent() != null || account.closed) {
            return false;
        }
        if (bars.closed() && !(account.isEmpty() && rows.namedByNoOpenOne(path))) {
            return false;
        }
        account.bar(bars);
        return true;
    }

    ModelAccount account(AccountPath path) {
        return rows.account(path);
    }

    Map<AccountPath, Sums> sums() {
        return rows.sums();
    }

    String post(Posting posting, Instant now) {
        Posting before = posted.get(posting.reference());
        if (before != null) {
            boolean same = before.legs().equals(posting.legs())
                    && Objects.equals(before.effectiveDate(), posting.effectiveDate());
            return same ? "duplicate of " + answers.get(posting.reference()) : REFERENCE_CONFLICT + " leg 0";
        }
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        boolean inTime = isOpen(Objects.requireNonNullElse(posting.effectiveDate(), today));
        if (!inTime && !(posting.late() == Posting.LateDate.REDATE && isOpen(today))) {
            return PERIOD_CLOSED + " leg 0";
        }
        TreeSet<Fault> faults = new Judgement(posting, now).faults;
        if (faults.isEmpty()) {
            ModelRows after = rows.copy();
            List<String> words = after.post(posting, now, faults);
            if (faults.isEmpty()) {
                rows = after;
                posted.put(posting.reference(), posting);
                answers.put(posting.reference(), words.toString());
                return words.toString();
            }
        }
        return faults.first().reason() + " leg " + faults.first().leg();
    }

    private boolean isOpen(LocalDate date) {
        return closedThrough == null || date.isAfter(closedThrough);
    }

    /** Everything that is wrong with a posting whatever its amounts are. */
    private final class Judgement {
        final TreeSet<Fault> faults = new TreeSet<>();
        private final Instant now;
        private final Map<Name, Earlier> own = new HashMap<>();
        private final Map<Name, Long> claimed = new HashMap<>();
        private final Set<AccountPath> lapsing = new HashSet<>();
        private int number;

        Judgement(Posting posting, Instant now) {
            this.now = now;
            for (Leg leg : posting.legs()) {
                judge(leg);
                if (leg instanceof Leg.Pend pend) {
                    own.put(new Name(posting.reference(), number), Earlier.of(pend));
                }
                number++;
            }
        }

        private void judge(Leg leg) {
            switch (leg) {
                case Leg.Move(AccountPath debit, AccountPath credit, long _, Unit unit) ->
                    sides(debit, credit, unit, false);
                case Leg.Pend(AccountPath debit, AccountPath credit, long _, Unit unit, Instant _) ->
                    sides(debit, credit, unit, false);
                case Leg.Force(AccountPath debit, AccountPath credit, long _, Unit unit) ->
                    sides(debit, credit, unit, true);
                case Leg.Grant(AccountPath debit, AccountPath credit, long _, Unit unit, LotTerms _) -> {
                    ModelAccount to = rows.find(credit);
                    refuseIf(to != null && !to.holdsLots(), UNKNOWN_ACCOUNT);
                    sides(debit, credit, unit, false);
                }
                case Leg.Commit(Reference of, int part, Long amount) -> hold(leg, new Name(of, part), amount);
                case Leg.Release(Reference of, int part, Long amount) -> hold(leg, new Name(of, part), amount);
                case Leg.Expire(Reference of, int part) -> hold(leg, new Name(of, part), null);
                case Leg.Reverse(Reference of, int part, Long amount, boolean forced) ->
                    original(new Name(of, part), amount, forced);
                case Leg.Lapse(AccountPath path) -> {
                    ModelAccount lot = rows.find(path);
                    if (lot == null || lot.parent() == null) {
                        refuseIf(true, UNKNOWN_ACCOUNT);
                        return;
                    }
                    boolean due = lot.hasExpired(now) && lot.available() > 0;
                    refuseIf(!due || !lapsing.add(path), NOT_DUE);
                }
            }
        }

        private void sides(AccountPath from, AccountPath to, Unit unit, boolean forced) {
            ModelAccount debit = rows.find(from);
            ModelAccount credit = rows.find(to);
            refuseIf(debit == null || credit == null, UNKNOWN_ACCOUNT);
            if (debit != null && credit != null) {
                boolean fits =
                        debit.spec.unit().equals(unit) && credit.spec.unit().equals(unit);
                refuseIf(!fits, UNIT_MISMATCH);
                bars(debit, credit, forced);
            }
        }

        /** A lot is barred with its parent. The forced ask nobody, if somebody can owe for an account that is gone. */
        private void bars(ModelAccount debit, ModelAccount credit, boolean forced) {
            ModelAccount payer = rows.answering(debit);
            ModelAccount payee = rows.answering(credit);
            boolean owes = forced && payer.spec.kind().owed() != null;
            refuseIf((payer.closed && !owes) || payee.closed, ACCOUNT_CLOSED);
            refuseIf(payer.debitsFrozen && !forced, DEBITS_FROZEN);
            refuseIf(payee.creditsFrozen && !forced, CREDITS_FROZEN);
        }

        private void hold(Leg leg, Name name, @Nullable Long amount) {
            Earlier hold = own.getOrDefault(name, rows.earlier(name));
            if (hold == null || !hold.pending()) {
                refuseIf(true, HOLD_UNKNOWN);
                return;
            }
            boolean expired = hold.expiresAt() != null && !now.isBefore(hold.expiresAt());
            long left = hold.left() - claimed.getOrDefault(name, 0L);
            int before = faults.size();
            refuseIf(left == 0, HOLD_SETTLED);
            refuseIf(leg instanceof Leg.Commit && expired, HOLD_EXPIRED);
            refuseIf(amount != null && amount > left, HOLD_EXCEEDED);
            refuseIf(leg instanceof Leg.Expire && !expired, NOT_DUE);
            claimIf(faults.size() == before, name, amount == null ? left : amount);
        }

        private void original(Name name, @Nullable Long amount, boolean forced) {
            Earlier original = rows.earlier(name);
            if (original == null || original.pending()) {
                refuseIf(true, ORIGINAL_UNKNOWN);
                return;
            }
            int before = faults.size();
            original.rows().forEach(row -> bars(rows.account(row.credit()), rows.account(row.debit()), forced));
            long left = original.left() - claimed.getOrDefault(name, 0L);
            refuseIf(left == 0 || (amount != null && amount > left), REVERSAL_EXCEEDED);
            claimIf(faults.size() == before, name, amount == null ? left : amount);
        }

        /** One posting can name an earlier leg several times; together they cannot have more than is left of it. */
        private void claimIf(boolean sound, Name name, long amount) {
            claimed.merge(name, sound ? amount : 0, Long::sum);
        }

        private void refuseIf(boolean wrong, RejectionReason reason) {
            if (wrong) {
                faults.add(new Fault(reason, number));
            }
        }
    }
}
