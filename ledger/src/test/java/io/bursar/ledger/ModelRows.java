package io.bursar.ledger;

import static io.bursar.ledger.RejectionReason.ACCOUNT_CLOSED;
import static io.bursar.ledger.RejectionReason.BALANCE_OVERFLOW;
import static io.bursar.ledger.RejectionReason.CEILING_EXCEEDED;
import static io.bursar.ledger.RejectionReason.INSUFFICIENT_FUNDS;
import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import io.bursar.ledger.Transfer.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The half of the {@link Model} that moves numbers: rows between accounts, and what is left of earlier legs. */
final class ModelRows {
    record Fault(RejectionReason reason, int leg) implements Comparable<Fault> {
        @Override
        public int compareTo(Fault other) {
            return comparing(Fault::reason).thenComparingInt(Fault::leg).compare(this, other);
        }
    }

    record Name(Reference reference, int leg) {}

    /** A row that later legs can settle or reverse, and how much of it is left. */
    record Row(AccountPath debit, AccountPath credit, long left) {}

    record Earlier(boolean pending, @Nullable Instant expiresAt, List<Row> rows) {
        static Earlier of(Leg.Pend pend) {
            return new Earlier(true, pend.expiresAt(), List.of(new Row(pend.debit(), pend.credit(), pend.amount())));
        }

        long left() {
            return rows.stream().mapToLong(Row::left).sum();
        }
    }

    /** The leg cannot be made at all, so that what follows cannot be judged. */
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Map<AccountPath, ModelAccount> accounts = new LinkedHashMap<>();
    private final Map<Name, Earlier> earlier = new HashMap<>();
    private final Set<AccountPath> gaining = new LinkedHashSet<>();
    private final List<String> words = new ArrayList<>();
    private Set<Fault> faults = Set.of();
    private Instant now = Instant.MIN;
    private Name self = new Name(new Reference("none"), 0);

    ModelRows(List<AccountSpec> specs) {
        specs.forEach(spec -> accounts.put(spec.path(), new ModelAccount(spec, 0)));
    }

    ModelRows copy() {
        ModelRows copy = new ModelRows(List.of());
        accounts.forEach((path, account) -> copy.accounts.put(path, account.copy()));
        copy.earlier.putAll(earlier);
        return copy;
    }

    @Nullable
    ModelAccount find(AccountPath path) {
        return accounts.get(path);
    }

    ModelAccount account(AccountPath path) {
        return Objects.requireNonNull(accounts.get(path), path::value);
    }

    ModelAccount answering(ModelAccount account) {
        AccountPath parent = account.parent();
        return parent == null ? account : account(parent);
    }

    boolean namedByNoOpenOne(AccountPath path) {
        return accounts.values().stream()
                .filter(account -> !account.closed && account.parent() == null)
                .noneMatch(account -> account.spec.kind().links().contains(path));
    }

    @Nullable
    Earlier earlier(Name name) {
        return earlier.get(name);
    }

    Map<AccountPath, Sums> sums() {
        Map<AccountPath, Sums> sums = new HashMap<>();
        accounts.forEach((path, account) -> sums.put(path, account.sums()));
        return sums;
    }

    /** Makes the rows of a posting and says them; what is wrong with them goes to the faults. */
    List<String> post(Posting posting, Instant instant, Set<Fault> found) {
        faults = found;
        now = instant;
        try {
            for (int number = 0; number < posting.legs().size(); number++) {
                self = new Name(posting.reference(), number);
                gaining.clear();
                make(posting.legs().get(number));
                followUp();
            }
        } catch (Stop stop) {
            Check.invariant(!faults.isEmpty(), "stopped for a reason");
        }
        return words;
    }

    private void make(Leg leg) {
        switch (leg) {
            case Leg.Move(AccountPath from, AccountPath to, long amount, Unit _) ->
                move(Kind.MOVE, from, to, amount, null, null);
            case Leg.Grant(AccountPath from, AccountPath to, long amount, Unit _, LotTerms terms) ->
                move(Kind.MOVE, from, to, amount, terms, null);
            case Leg.Force(AccountPath from, AccountPath to, long amount, Unit _) ->
                move(Kind.FORCE, from, to, amount, null, null);
            case Leg.Pend(AccountPath from, AccountPath to, long amount, Unit _, Instant expiresAt) ->
                move(Kind.PEND, from, to, amount, null, expiresAt);
            case Leg.Commit(Reference of, int part, Long amount) -> settle(Kind.COMMIT, new Name(of, part), amount);
            case Leg.Release(Reference of, int part, Long amount) -> settle(Kind.RELEASE, new Name(of, part), amount);
            case Leg.Expire(Reference of, int part) -> settle(Kind.EXPIRE, new Name(of, part), null);
            case Leg.Reverse(Reference of, int part, Long amount, boolean forced) ->
                reverse(new Name(of, part), amount, forced);
            case Leg.Lapse(AccountPath lot) -> lapse(account(lot));
        }
    }

    private void move(
            Kind kind,
            AccountPath from,
            AccountPath to,
            long amount,
            @Nullable LotTerms terms,
            @Nullable Instant expiresAt) {
        boolean forced = kind == Kind.FORCE;
        ModelAccount debit = account(from);
        ModelAccount credit = account(to);
        long left = debit.hasExpired(now) && !forced ? stop(INSUFFICIENT_FUNDS) : amount;
        for (ModelAccount payer : payers(debit, credit, forced)) {
            long taken = taken(payer, debit, left, forced);
            if (taken > 0) {
                ModelAccount payee = credit.holdsLots() ? openLot(credit, payer, terms) : credit;
                row(kind, payer, payee, taken);
                remember(kind, expiresAt, new Row(payer.path(), payee.path(), taken));
                left -= taken;
            }
        }
        stopIf(left > 0, INSUFFICIENT_FUNDS);
    }

    /** Whom an amount is taken from, one after the other: lots soonest first, at last who owes. Nobody pays himself. */
    private List<ModelAccount> payers(ModelAccount debit, ModelAccount credit, boolean forced) {
        List<ModelAccount> payers = new ArrayList<>();
        if (debit.holdsLots()) {
            accounts.values().stream()
                    .filter(lot -> debit.path().equals(lot.parent()) && !lot.hasExpired(now))
                    .sorted(comparing(ModelAccount::expiresAt, nullsLast(naturalOrder()))
                            .thenComparingLong(lot -> lot.lot))
                    .forEach(payers::add);
        } else {
            payers.add(debit);
        }
        AccountPath owed = answering(debit).spec.kind().owed();
        if (forced && owed != null) {
            payers.add(account(owed));
        }
        payers.remove(credit);
        return payers;
    }

    /** Lots and the forced give what they have; who owes, and who is simply asked, gives all that is left. */
    private long taken(ModelAccount payer, ModelAccount asked, long left, boolean forced) {
        boolean owes =
                forced && payer.path().equals(answering(asked).spec.kind().owed());
        boolean simplyAsked = payer == asked && !forced;
        if (owes || simplyAsked) {
            return left;
        }
        return answering(payer).closed ? 0 : payer.free(left);
    }

    private ModelAccount openLot(ModelAccount parent, ModelAccount payer, @Nullable LotTerms granted) {
        LotTerms kept = payer.spec.kind() instanceof AccountKind.Lot lot
                ? lot.terms()
                : new LotTerms(self.reference().value(), null);
        LotTerms terms = granted == null ? kept : granted;
        long number = 1
                + accounts.values().stream()
                        .filter(account -> parent.path().equals(account.parent()))
                        .count();
        AccountPath path = LotNames.numbered(parent.path(), number);
        AccountKind kind = new AccountKind.Lot(parent.path(), terms.source(), terms.expiresAt());
        AccountSpec spec = new AccountSpec(path, parent.spec.unit(), Policy.FLOOR_ZERO, kind);
        ModelAccount lot = new ModelAccount(spec, number);
        accounts.put(path, lot);
        return lot;
    }

    private void remember(Kind kind, @Nullable Instant expiresAt, Row row) {
        Earlier before = earlier.get(self);
        List<Row> rows = new ArrayList<>(before == null ? List.of() : before.rows());
        rows.add(row);
        earlier.put(self, new Earlier(kind == Kind.PEND, expiresAt, rows));
    }

    private void settle(Kind kind, Name name, @Nullable Long amount) {
        Earlier hold = Objects.requireNonNull(earlier.get(name));
        long left = amount == null ? hold.left() : amount;
        for (int index = 0; index < hold.rows().size(); index++) {
            Row of = hold.rows().get(index);
            long taken = Math.min(left, of.left());
            if (taken > 0) {
                row(kind, account(of.debit()), account(of.credit()), taken);
                use(name, index, taken);
                if (kind == Kind.COMMIT) {
                    remember(kind, null, new Row(of.debit(), of.credit(), taken));
                }
                left -= taken;
            }
        }
    }

    /** Gives back where it came from, what was spent last first. */
    private void reverse(Name name, @Nullable Long amount, boolean forced) {
        Earlier original = Objects.requireNonNull(earlier.get(name));
        long left = amount == null ? original.left() : amount;
        for (int index = original.rows().size() - 1; index >= 0; index--) {
            Row of = original.rows().get(index);
            ModelAccount payee = account(of.debit());
            ModelAccount asked = account(of.credit());
            long due = Math.min(left, of.left());
            left -= due;
            for (ModelAccount payer : payers(asked, payee, forced)) {
                long taken = taken(payer, asked, due, forced);
                if (taken > 0) {
                    row(Kind.REVERSE, payer, payee, taken);
                    use(name, index, taken);
                    due -= taken;
                }
            }
            stopIf(due > 0, INSUFFICIENT_FUNDS);
        }
    }

    private void use(Name name, int index, long amount) {
        Earlier before = Objects.requireNonNull(earlier.get(name));
        List<Row> rows = new ArrayList<>(before.rows());
        Row of = rows.get(index);
        rows.set(index, new Row(of.debit(), of.credit(), of.left() - amount));
        earlier.put(name, new Earlier(before.pending(), before.expiresAt(), rows));
    }

    private void lapse(ModelAccount lot) {
        stopIf(lot.available() <= 0, INSUFFICIENT_FUNDS);
        row(
                Kind.LAPSE,
                lot,
                account(Objects.requireNonNull(answering(lot).spec.kind().lapsesTo())),
                lot.available());
    }

    /** What came in repays what is owed, and what an expired lot has free lapses. */
    private void followUp() {
        for (AccountPath path : List.copyOf(gaining)) {
            ModelAccount account = account(path);
            AccountPath owed = answering(account).spec.kind().owed();
            if (owed != null && account(owed).posted() < 0) {
                long paid = account.free(-account(owed).posted());
                if (paid > 0) {
                    row(Kind.REPAY, account, account(owed), paid);
                }
            }
            if (account.hasExpired(now) && account.available() > 0) {
                lapse(account);
            }
        }
    }

    private void row(Kind kind, ModelAccount debit, ModelAccount credit, long amount) {
        boolean frees = kind == Kind.RELEASE || kind == Kind.EXPIRE;
        long moved = kind == Kind.PEND || frees ? 0 : amount;
        long pending = kind == Kind.PEND ? amount : kind == Kind.COMMIT || frees ? -amount : 0;
        stopIf(debit.closed || credit.closed, ACCOUNT_CLOSED);
        boolean debited = debit.add(-moved, pending, 0);
        boolean credited = credit.add(moved, 0, pending);
        boolean floored = debit.spec.policy().floor() != null;
        boolean ceiled = credit.spec.policy().ceiling() != null;
        refuseIf(!debited, floored ? INSUFFICIENT_FUNDS : BALANCE_OVERFLOW);
        refuseIf(debit.isBelowFloor(), INSUFFICIENT_FUNDS);
        stopIf(!credited, ceiled ? CEILING_EXCEEDED : BALANCE_OVERFLOW);
        refuseIf(credit.isAboveCeiling(), CEILING_EXCEEDED);
        if (!debited) {
            throw new Stop();
        }
        carry(debit, -moved, pending, 0);
        carry(credit, moved, 0, pending);
        gaining.add(frees ? debit.path() : credit.path());
        words.add(self.leg() + " " + kind + " " + amount + " " + debit.path() + "=" + debit.posted() + " "
                + credit.path() + "=" + credit.posted());
    }

    /** An account of lots is the sum of its lots. */
    private void carry(ModelAccount account, long moved, long pendingDebits, long pendingCredits) {
        ModelAccount parent = answering(account);
        if (parent != account) {
            boolean fits = parent.add(moved, pendingDebits, pendingCredits);
            refuseIf(parent.isAboveCeiling(), CEILING_EXCEEDED);
            stopIf(!fits, parent.spec.policy().ceiling() == null ? BALANCE_OVERFLOW : CEILING_EXCEEDED);
        }
    }

    private void refuseIf(boolean wrong, RejectionReason reason) {
        if (wrong) {
            faults.add(new Fault(reason, self.leg()));
        }
    }

    private void stopIf(boolean wrong, RejectionReason reason) {
        if (wrong) {
            stop(reason);
        }
    }

    private long stop(RejectionReason reason) {
        faults.add(new Fault(reason, self.leg()));
        throw new Stop();
    }
}
