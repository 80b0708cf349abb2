package io.bursar.ledger;

import static io.bursar.ledger.RejectionReason.ACCOUNT_CLOSED;
import static io.bursar.ledger.RejectionReason.BALANCE_OVERFLOW;
import static io.bursar.ledger.RejectionReason.CEILING_EXCEEDED;
import static io.bursar.ledger.RejectionReason.INSUFFICIENT_FUNDS;

import io.bursar.ledger.EarlierLeg.Share;
import io.bursar.ledger.Outcome.Rejected;
import io.bursar.ledger.TransferRow.Settlement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One posting being decided: its steps are applied in order, and each must leave its accounts within their limits. A
 * step becomes a row, or several: a debit takes lot after lot, a forced one goes on to what is owed, and after each
 * step what came in repays what is owed and what is left in expired lots lapses.
 */
final class Draft {
    private final Submission submission;
    private final Worksheet sheet;
    private final Dating dating;
    private final List<TransferRow> rows = new ArrayList<>();
    private final List<AccountEvent> opened = new ArrayList<>();
    private final List<Rejected> findings = new ArrayList<>();
    private int part;

    /** Some of an amount, and the account it is taken from. */
    private record Portion(AccountState account, long amount) {}

    Draft(Submission submission, Worksheet sheet, Dating dating) {
        this.submission = submission;
        this.sheet = sheet;
        this.dating = dating;
    }

    List<Rejected> apply(List<Step> steps) {
        for (Step step : steps) {
            part = 0;
            if (!apply(step)) {
                break;
            }
        }
        return findings;
    }

    List<TransferRow> rows() {
        return rows;
    }

    List<AccountEvent> opened() {
        return opened;
    }

    /** Answers false when the step cannot be applied at all, which leaves nothing to judge the following ones on. */
    private boolean apply(Step step) {
        int before = rows.size();
        boolean applied = switch (step) {
            case Step.Movement movement -> move(movement);
            case Step.Settling settling -> settle(settling);
            case Step.Reversal reversal -> reverse(reversal);
            case Step.Lapsing(int leg, AccountKey lot) -> lapse(leg, sheet.account(lot));
        };
        return applied && followUp(step.leg(), List.copyOf(rows.subList(before, rows.size())));
    }

    private boolean move(Step.Movement step) {
        boolean forced = step.kind() == Transfer.Kind.FORCE;
        AccountState from = sheet.account(step.debit());
        if (from.isExpiredLotAt(dating.postedAt()) && !forced) {
            return isShort(step.leg(), from, step.amount());
        }
        List<Portion> portions = portions(from, step.credit(), step.amount(), forced);
        for (Portion portion : portions) {
            AccountState debit = portion.account();
            AccountState credit = creditor(step, debit);
            if (!write(step.leg(), step.kind(), debit, credit, portion.amount(), null, step.expiresAt())) {
                return false;
            }
        }
        long found = portions.stream().mapToLong(Portion::amount).sum();
        return found == step.amount() || isShort(step.leg(), from, step.amount());
    }

    private boolean settle(Step.Settling step) {
        EarlierLeg pending = Objects.requireNonNull(sheet.earlier(step.pending()), "a resolved leg is there");
        for (Share share : pending.shares(step.amount())) {
            EarlierLeg.Part of = share.part();
            Settlement settlement = of.settle(share.amount());
            AccountState debit = sheet.account(of.debit());
            AccountState credit = sheet.account(of.credit());
            if (!write(step.leg(), step.kind(), debit, credit, share.amount(), settlement, null)) {
                return false;
            }
            keep(step.pending(), settlement);
        }
        return true;
    }

    private boolean reverse(Step.Reversal step) {
        EarlierLeg original = Objects.requireNonNull(sheet.earlier(step.original()), "a resolved leg is there");
        for (Share share : original.shares(step.amount())) {
            AccountState payer = sheet.account(share.part().credit());
            AccountKey receiverKey = share.part().debit();
            long found = 0;
            for (Portion portion : portions(payer, receiverKey, share.amount(), step.forced())) {
                Settlement settlement = partNow(step.original(), share).settle(portion.amount());
                AccountState receiver = sheet.account(receiverKey);
                Transfer.Kind kind = Transfer.Kind.REVERSE;
                if (!write(step.leg(), kind, portion.account(), receiver, portion.amount(), settlement, null)) {
                    return false;
                }
                keep(step.original(), settlement);
                found += portion.amount();
            }
            if (found < share.amount()) {
                return isShort(step.leg(), payer, share.amount());
            }
        }
        return true;
    }

    private EarlierLeg.Part partNow(LegKey key, Share share) {
        return Objects.requireNonNull(sheet.earlier(key)).parts().stream()
                .filter(now -> now.transfer().equals(share.part().transfer()))
                .findFirst()
                .orElseThrow();
    }

    private void keep(LegKey key, Settlement settlement) {
        sheet.put(key, Objects.requireNonNull(sheet.earlier(key)).after(settlement));
    }

    private boolean lapse(int leg, AccountState lot) {
        AccountState parent =
                sheet.account(lot.beside(Objects.requireNonNull(lot.kind().parent())));
        AccountPath lapsesTo = Objects.requireNonNull(parent.kind().lapsesTo());
        AccountState to = sheet.account(lot.beside(lapsesTo));
        long left = lot.sums().available();
        return left > 0 ? write(leg, Transfer.Kind.LAPSE, lot, to, left, null, null) : isShort(leg, lot, 1);
    }

    /**
     * Where an amount is taken from, which is never the account it goes to. The portions are less than the amount when
     * lots do not have it, or when a forced correction finds neither money nor an account that could owe it.
     */
    private List<Portion> portions(AccountState account, AccountKey to, long amount, boolean forced) {
        List<Portion> portions = new ArrayList<>();
        long left = amount;
        for (AccountState payer : payers(account)) {
            boolean limited = forced || !payer.key().equals(account.key());
            left -= take(payer, to, limited ? payer.spendable(left) : left, portions);
        }
        AccountState owed = forced ? owed(account) : null;
        if (owed != null) {
            take(owed, to, left, portions);
        }
        return portions;
    }

    /** The account itself, or its lots that have not expired, soonest first. */
    private List<AccountState> payers(AccountState account) {
        if (!(account.kind() instanceof AccountKind.OfLots)) {
            return List.of(account);
        }
        return sheet.lots(account.key()).stream()
                .filter(lot -> !lot.isExpiredLotAt(dating.postedAt()))
                .toList();
    }

    private static long take(AccountState payer, AccountKey to, long amount, List<Portion> portions) {
        if (amount == 0 || payer.key().equals(to)) {
            return 0;
        }
        portions.add(new Portion(payer, amount));
        return amount;
    }

    /** The account that answers for what this one, or the parent of this lot, cannot pay. */
    private @Nullable AccountState owed(AccountState account) {
        AccountPath parent = account.kind().parent();
        AccountState answerable = parent == null ? account : sheet.account(account.beside(parent));
        AccountPath owed = answerable.kind().owed();
        return owed == null ? null : sheet.account(account.beside(owed));
    }

    /** What an account of lots is credited with opens a lot: on the granted terms, on those of the lot it leaves. */
    private AccountState creditor(Step.Movement step, AccountState debit) {
        AccountState credit = sheet.account(step.credit());
        if (!(credit.kind() instanceof AccountKind.OfLots)) {
            return credit;
        }
        LotTerms terms = step.terms();
        if (terms == null) {
            terms = debit.kind() instanceof AccountKind.Lot lot
                    ? lot.terms()
                    : new LotTerms(submission.posting().reference().value(), null);
        }
        AccountEvent opening = AccountEvent.openedLot(
                credit, submission.rowId(rows.size()), terms, dating.postedAt(), submission.posting());
        AccountState lot = opening.state();
        opened.add(opening);
        sheet.open(lot);
        return lot;
    }

    /** What came in goes on to what is owed; what is free of expired lots lapses. */
    private boolean followUp(int leg, List<TransferRow> written) {
        Set<AccountKey> gaining = new LinkedHashSet<>();
        for (TransferRow row : written) {
            gaining.add((row.kind().isFreeing() ? row.debit() : row.credit()).key());
        }
        for (AccountKey key : gaining) {
            AccountState account = sheet.account(key);
            if (!repay(leg, account) || !lapseIfExpired(leg, sheet.account(key))) {
                return false;
            }
        }
        return true;
    }

    private boolean repay(int leg, AccountState account) {
        AccountState owed = owed(account);
        if (owed == null || owed.sums().posted() >= 0) {
            return true;
        }
        long paid = account.spendable(Math.negateExact(owed.sums().posted()));
        return paid == 0 || write(leg, Transfer.Kind.REPAY, account, owed, paid, null, null);
    }

    private boolean lapseIfExpired(int leg, AccountState account) {
        boolean due =
                account.isExpiredLotAt(dating.postedAt()) && account.sums().available() > 0;
        return !due || lapse(leg, account);
    }

    private boolean write(
            int leg,
            Transfer.Kind kind,
            AccountState debitBefore,
            AccountState creditBefore,
            long amount,
            @Nullable Settlement settlement,
            @Nullable Instant expiresAt) {
        for (AccountState side : List.of(debitBefore, creditBefore)) {
            if (side.bars().closed()) {
                return isClosed(leg, side);
            }
        }
        AccountState debit = debitBefore.next(kind.onDebtor(amount));
        AccountState credit = creditBefore.next(kind.onCreditor(amount));
        if (debit == null || debit.isBelowFloor()) {
            rejectDebit(leg, debitBefore, amount);
        }
        if (credit == null || credit.isAboveCeiling()) {
            rejectCredit(leg, creditBefore, amount);
        }
        if (debit == null || credit == null) {
            return false;
        }
        TransferRow row = new TransferRow(
                submission,
                rows.size(),
                leg,
                part,
                kind,
                debit,
                credit,
                amount,
                settlement,
                expiresAt,
                dating,
                Hash.ZERO);
        part++;
        keep(findings.isEmpty() ? row.chained() : row);
        return carry(leg, debit, kind.onDebtor(amount)) && carry(leg, credit, kind.onCreditor(amount));
    }

    private void keep(TransferRow row) {
        sheet.put(row.debit().chained(dating.postedAt(), row.hash()));
        sheet.put(row.credit().chained(dating.postedAt(), row.hash()));
        rows.add(row);
        boolean settleable = row.kind() == Transfer.Kind.PEND || row.kind().isReversible();
        if (settleable && sheet.isSettling()) {
            LegKey key =
                    new LegKey(submission.posting().book(), submission.posting().reference(), row.leg());
            EarlierLeg known = row.part() == 0 ? null : sheet.earlier(key);
            EarlierLeg leg = known == null ? new EarlierLeg(row.kind(), row.expiresAt(), List.of()) : known;
            sheet.put(key, leg.with(row.asPart()));
        }
    }

    /** The sums of a parent follow its lots, and its limits hold for them together. */
    private boolean carry(int leg, AccountState account, Sums by) {
        AccountPath parentPath = account.kind().parent();
        if (parentPath == null) {
            return true;
        }
        AccountState before = sheet.account(account.beside(parentPath));
        AccountState parent = before.withLotChanged(by);
        if (parent == null || parent.isAboveCeiling()) {
            rejectCredit(leg, before, by.posted() + by.pendingCredits());
        }
        if (parent == null) {
            return false;
        }
        sheet.put(parent.passed(dating.postedAt()));
        return true;
    }

    /** What is owed and what lapses goes to accounts that nobody named; one of them may be closed. */
    private boolean isClosed(int leg, AccountState account) {
        findings.add(
                new Rejected(ACCOUNT_CLOSED, leg, "account %s: closed (expected: open)".formatted(account.path())));
        return false;
    }

    private boolean isShort(int leg, AccountState account, long amount) {
        String message = "debit of %d from %s: not there (expected: of what has it)".formatted(amount, account.path());
        findings.add(new Rejected(INSUFFICIENT_FUNDS, leg, message));
        return false;
    }

    private void rejectDebit(int leg, AccountState account, long amount) {
        Long limit = account.policy().floor();
        String message = limit == null
                ? "debit of %d from %s with %d available (expected: within 64 bits, floor %s)"
                : "debit of %d from %s with %d available (expected: not below floor %s)";
        RejectionReason reason = limit == null ? BALANCE_OVERFLOW : INSUFFICIENT_FUNDS;
        String floor = Objects.toString(limit, "none");
        long available = account.sums().available();
        findings.add(new Rejected(reason, leg, message.formatted(amount, account.path(), available, floor)));
    }

    private void rejectCredit(int leg, AccountState account, long amount) {
        Long limit = account.policy().ceiling();
        String message = limit == null
                ? "credit of %d to %s with %d expected (expected: within 64 bits, ceiling %s)"
                : "credit of %d to %s with %d balance and pending credits (expected: not above ceiling %s)";
        RejectionReason reason = limit == null ? BALANCE_OVERFLOW : CEILING_EXCEEDED;
        String ceiling = Objects.toString(limit, "none");
        long expected = account.sums().expected();
        findings.add(new Rejected(reason, leg, message.formatted(amount, account.path(), expected, ceiling)));
    }
}
