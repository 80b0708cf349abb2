package io.bursar.ledger;

import static io.bursar.ledger.RejectionReason.ACCOUNT_CLOSED;
import static io.bursar.ledger.RejectionReason.BALANCE_OVERFLOW;
import static io.bursar.ledger.RejectionReason.CEILING_EXCEEDED;
import static io.bursar.ledger.RejectionReason.CREDITS_FROZEN;
import static io.bursar.ledger.RejectionReason.DEBITS_FROZEN;
import static io.bursar.ledger.RejectionReason.HOLD_SETTLED;
import static io.bursar.ledger.RejectionReason.HOLD_UNKNOWN;
import static io.bursar.ledger.RejectionReason.INSUFFICIENT_FUNDS;
import static io.bursar.ledger.RejectionReason.UNIT_MISMATCH;
import static io.bursar.ledger.RejectionReason.UNKNOWN_ACCOUNT;

import io.bursar.ledger.Outcome.Rejected;
import io.bursar.ledger.TransferRow.Settlement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One posting being decided. First every leg is resolved: do its accounts or its pending leg exist, and may they be
 * moved at all? Then the legs are applied in order and each must leave its accounts within their limits. All findings
 * are collected, because the reason that is answered goes by precedence and not by leg.
 */
final class Draft {
    private final Submission submission;
    private final Map<AccountKey, AccountState> accountsBefore;
    private final Map<HoldKey, Hold> holdsBefore;
    private final Map<AccountKey, AccountState> accounts = new HashMap<>();
    private final Map<HoldKey, Hold> holds = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<TransferRow> rows = new ArrayList<>();
    private final List<Rejected> findings = new ArrayList<>();

    /** A leg with everything it names looked up. */
    private record Step(
            Transfer.Kind kind,
            AccountKey debit,
            AccountKey credit,
            long amount,
            @Nullable Settlement settlement) {}

    Draft(Submission submission, Map<AccountKey, AccountState> accounts, Map<HoldKey, Hold> holds) {
        this.submission = submission;
        accountsBefore = accounts;
        holdsBefore = holds;
    }

    List<Rejected> resolve() {
        List<Leg> legs = submission.posting().legs();
        for (int number = 0; number < legs.size(); number++) {
            switch (legs.get(number)) {
                case Leg.Move(AccountPath debit, AccountPath credit, long amount, Unit unit) ->
                    transfer(number, Transfer.Kind.MOVE, debit, credit, amount, unit);
                case Leg.Pend(AccountPath debit, AccountPath credit, long amount, Unit unit) -> {
                    transfer(number, Transfer.Kind.PEND, debit, credit, amount, unit);
                    Hold hold = new Hold(submission.ids().get(number), debit, credit, amount, amount, 0);
                    holds.put(new HoldKey(book(), submission.posting().reference(), number), hold);
                }
                case Leg.Commit(Reference pending, int leg) -> settle(number, Transfer.Kind.COMMIT, pending, leg);
                case Leg.Release(Reference pending, int leg) -> settle(number, Transfer.Kind.RELEASE, pending, leg);
            }
        }
        return findings;
    }

    /** Applies the resolved legs at an instant that no touched account has already passed. */
    List<Rejected> apply(Instant instant) {
        Instant postedAt = instant;
        for (Step step : steps) {
            postedAt = later(
                    postedAt,
                    later(account(step.debit()).lastAt(), account(step.credit()).lastAt()));
        }
        for (int number = 0; number < steps.size(); number++) {
            if (!apply(steps.get(number), number, postedAt)) {
                break;
            }
        }
        return findings;
    }

    Map<AccountKey, AccountState> accounts() {
        return accounts;
    }

    Map<HoldKey, Hold> holds() {
        return holds;
    }

    List<TransferRow> rows() {
        return rows;
    }

    private void transfer(
            int number, Transfer.Kind kind, AccountPath debitPath, AccountPath creditPath, long amount, Unit unit) {
        AccountKey debit = new AccountKey(book(), debitPath);
        AccountKey credit = new AccountKey(book(), creditPath);
        Optional<Rejected> finding = accountFinding(number, debit, credit, unit);
        finding.ifPresent(findings::add);
        if (finding.isEmpty()) {
            steps.add(new Step(kind, debit, credit, amount, null));
        }
    }

    private Optional<Rejected> accountFinding(int number, AccountKey debitKey, AccountKey creditKey, Unit unit) {
        AccountState debit = accountsBefore.get(debitKey);
        AccountState credit = accountsBefore.get(creditKey);
        if (debit == null || credit == null) {
            AccountPath missing = debit == null ? debitKey.path() : creditKey.path();
            return Optional.of(new Rejected(
                    UNKNOWN_ACCOUNT, number, "account %s (expected: open in book %s)".formatted(missing, book())));
        }
        for (AccountState side : List.of(debit, credit)) {
            if (!side.unit().equals(unit)) {
                return Optional.of(new Rejected(
                        UNIT_MISMATCH,
                        number,
                        "unit %s (expected: %s of %s)".formatted(unit, side.unit(), side.path())));
            }
        }
        for (AccountState side : List.of(debit, credit)) {
            if (side.closed()) {
                return Optional.of(new Rejected(
                        ACCOUNT_CLOSED, number, "account %s: closed (expected: open)".formatted(side.path())));
            }
        }
        if (debit.debitsFrozen()) {
            return Optional.of(new Rejected(
                    DEBITS_FROZEN, number, "debits of %s: frozen (expected: not)".formatted(debit.path())));
        }
        if (credit.creditsFrozen()) {
            return Optional.of(new Rejected(
                    CREDITS_FROZEN, number, "credits of %s: frozen (expected: not)".formatted(credit.path())));
        }
        return Optional.empty();
    }

    /** Settling what is already reserved is not stopped by a freeze: the decision was taken when it was reserved. */
    private void settle(int number, Transfer.Kind kind, Reference pending, int leg) {
        HoldKey key = new HoldKey(book(), pending, leg);
        Hold hold = holds.getOrDefault(key, holdsBefore.get(key));
        if (hold == null) {
            String message = "leg %d of %s (expected: a pending leg of this book)".formatted(leg, pending);
            findings.add(new Rejected(HOLD_UNKNOWN, number, message));
        } else if (hold.remaining() == 0) {
            String message = "leg %d of %s: 0 of %d left (expected: not yet committed or released)"
                    .formatted(leg, pending, hold.amount());
            findings.add(new Rejected(HOLD_SETTLED, number, message));
        } else {
            Hold settled = hold.settledWhole();
            Settlement settlement = new Settlement(hold.transfer(), settled.settlements(), settled.remaining());
            AccountKey debit = new AccountKey(book(), hold.debit());
            steps.add(new Step(kind, debit, new AccountKey(book(), hold.credit()), hold.remaining(), settlement));
            holds.put(key, settled);
        }
    }

    /** Answers false when the leg cannot be applied at all, which leaves nothing to judge the following legs on. */
    private boolean apply(Step step, int number, Instant postedAt) {
        AccountState debitBefore = account(step.debit());
        AccountState creditBefore = account(step.credit());
        AccountState debit = debitBefore.debited(step.kind(), step.amount());
        AccountState credit = creditBefore.credited(step.kind(), step.amount());
        if (debit == null || debit.isBelowFloor()) {
            rejectDebit(number, debitBefore, step);
        }
        if (credit == null || credit.isAboveCeiling()) {
            rejectCredit(number, creditBefore, step);
        }
        if (debit == null || credit == null) {
            return false;
        }
        write(step, number, debit, credit, postedAt);
        return true;
    }

    private void write(Step step, int number, AccountState debit, AccountState credit, Instant postedAt) {
        LocalDate given = submission.posting().effectiveDate();
        LocalDate effectiveDate = given == null ? LocalDate.ofInstant(postedAt, ZoneOffset.UTC) : given;
        TransferRow unchained = new TransferRow(
                submission,
                number,
                step.kind(),
                debit,
                credit,
                step.amount(),
                step.settlement(),
                effectiveDate,
                postedAt,
                Hash.ZERO);
        TransferRow row = findings.isEmpty() ? unchained.chained() : unchained;
        accounts.put(step.debit(), debit.chained(postedAt, row.hash()));
        accounts.put(step.credit(), credit.chained(postedAt, row.hash()));
        rows.add(row);
    }

    private void rejectDebit(int number, AccountState account, Step step) {
        String message = account.floor() == null
                ? "debit of %d from %s with %d available (expected: within 64 bits, floor %s)"
                : "debit of %d from %s with %d available (expected: not below floor %s)";
        RejectionReason reason = account.floor() == null ? BALANCE_OVERFLOW : INSUFFICIENT_FUNDS;
        String floor = Objects.toString(account.floor(), "none");
        findings.add(new Rejected(
                reason, number, message.formatted(step.amount(), account.path(), account.available(), floor)));
    }

    private void rejectCredit(int number, AccountState account, Step step) {
        String message = account.ceiling() == null
                ? "credit of %d to %s with %d expected (expected: within 64 bits, ceiling %s)"
                : "credit of %d to %s with %d balance and pending credits (expected: not above ceiling %s)";
        RejectionReason reason = account.ceiling() == null ? BALANCE_OVERFLOW : CEILING_EXCEEDED;
        String ceiling = Objects.toString(account.ceiling(), "none");
        findings.add(new Rejected(
                reason, number, message.formatted(step.amount(), account.path(), account.expected(), ceiling)));
    }

    private AccountState account(AccountKey key) {
        AccountState changed = accounts.get(key);
        AccountState account = changed == null ? accountsBefore.get(key) : changed;
        return Objects.requireNonNull(account, "a pending leg names an account that was not locked");
    }

    private BookId book() {
        return submission.posting().book();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
