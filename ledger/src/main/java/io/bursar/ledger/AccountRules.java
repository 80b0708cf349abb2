package io.bursar.ledger;

import static io.bursar.ledger.AccountChange.Reason.ACCOUNT_CLOSED;
import static io.bursar.ledger.AccountChange.Reason.BALANCE_OUTSIDE_POLICY;
import static io.bursar.ledger.AccountChange.Reason.IS_A_LOT;
import static io.bursar.ledger.AccountChange.Reason.NOT_EMPTY;
import static io.bursar.ledger.AccountChange.Reason.POLICY_UNFIT;
import static io.bursar.ledger.AccountChange.Reason.STILL_NAMED;
import static io.bursar.ledger.AccountChange.Reason.TOO_MANY_FREEZES;

import io.bursar.ledger.Account.Direction;
import io.bursar.ledger.Account.Freeze;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What an account may become, decided on the account as it stands under its lock and on who names it. */
final class AccountRules {
    static final int FREEZES_MAX = 100;

    private AccountRules() {}

    /** The open accounts that name an account: those that owe to it, and those whose lots lapse to it. */
    record Names(List<AccountPath> owing, List<AccountPath> lapsing) {}

    sealed interface Verdict {}

    record Become(ChangeLine.Kind kind, Policy policy, List<Freeze> freezes, boolean closed) implements Verdict {}

    record Stay() implements Verdict {}

    record Refuse(AccountChange.Reason reason, String sentence) implements Verdict {}

    interface Rule extends BiFunction<Account, Names, Verdict> {}

    static Rule policy(Policy policy) {
        return (account, names) -> {
            if (account.policy().equals(policy)) {
                return new Stay();
            }
            if (account.kind() instanceof AccountKind.OfLots && !Policy.floorIsZero(policy)) {
                return refuse(POLICY_UNFIT, account, "an account of lots with floor %s (expected: 0)", policy.floor());
            }
            if (!names.owing().isEmpty() && !policy.equals(Policy.NO_FLOOR)) {
                String message = "owed by %s (expected: no limits while it is)";
                return refuse(POLICY_UNFIT, account, message, names.owing().getFirst());
            }
            return within(account, policy);
        };
    }

    private static Verdict within(Account account, Policy policy) {
        Long floor = policy.floor();
        Long ceiling = policy.ceiling();
        long available = account.available();
        long expected = account.expected();
        if (floor != null && available < floor) {
            return refuse(
                    BALANCE_OUTSIDE_POLICY, account, "%s available (expected: not below floor %s)", available, floor);
        }
        if (ceiling != null && expected > ceiling) {
            String message = "%s balance and pending credits (expected: not above ceiling %s)";
            return refuse(BALANCE_OUTSIDE_POLICY, account, message, expected, ceiling);
        }
        return new Become(ChangeLine.Kind.POLICY_CHANGED, policy, account.freezes(), account.closed());
    }

    static Rule freeze(Set<Direction> directions, String actor, String reason) {
        return (account, _) -> {
            List<Freeze> freezes = new ArrayList<>(account.freezes());
            for (Direction direction : Direction.values()) {
                Freeze freeze = new Freeze(direction, actor, reason);
                if (directions.contains(direction) && !freezes.contains(freeze)) {
                    freezes.add(freeze);
                }
            }
            if (freezes.size() > FREEZES_MAX) {
                return refuse(TOO_MANY_FREEZES, account, "%s freezes (expected: <= %s)", freezes.size(), FREEZES_MAX);
            }
            return freezes(ChangeLine.Kind.FROZEN, account, freezes);
        };
    }

    static Rule unfreeze(Set<Direction> directions, String actor) {
        return (account, _) -> freezes(
                ChangeLine.Kind.UNFROZEN,
                account,
                account.freezes().stream()
                        .filter(freeze -> !freeze.actor().equals(actor) || !directions.contains(freeze.direction()))
                        .toList());
    }

    private static Verdict freezes(ChangeLine.Kind kind, Account account, List<Freeze> freezes) {
        boolean same = freezes.size() == account.freezes().size();
        return same ? new Stay() : new Become(kind, account.policy(), freezes, account.closed());
    }

    static Rule close() {
        return (account, names) -> {
            if (account.balance() != 0 || account.pendingDebits() != 0 || account.pendingCredits() != 0) {
                return refuse(
                        NOT_EMPTY,
                        account,
                        "balance %s, pending debits %s, pending credits %s (expected: 0)",
                        account.balance(),
                        account.pendingDebits(),
                        account.pendingCredits());
            }
            for (List<AccountPath> naming : List.of(names.owing(), names.lapsing())) {
                if (!naming.isEmpty()) {
                    return refuse(
                            STILL_NAMED, account, "named by %s (expected: by closed accounts only)", naming.getFirst());
                }
            }
            return new Become(ChangeLine.Kind.CLOSED, account.policy(), account.freezes(), true);
        };
    }

    /** What holds for every change: lots follow their parent, and closing is the last event. */
    static Verdict judge(Rule rule, Account account, Names names) {
        AccountPath parent = account.kind().parent();
        if (parent != null) {
            return refuse(IS_A_LOT, account, "a lot (expected: its account, %s)", parent);
        }
        Verdict verdict = rule.apply(account, names);
        boolean closedAgain = verdict instanceof Become become && become.kind() == ChangeLine.Kind.CLOSED;
        if (account.closed() && !(verdict instanceof Stay)) {
            return closedAgain ? new Stay() : refuse(ACCOUNT_CLOSED, account, "closed (expected: open)");
        }
        return verdict;
    }

    private static Refuse refuse(
            AccountChange.Reason reason, Account account, String message, @Nullable Object... values) {
        return new Refuse(reason, "account " + account.path() + ": " + message.formatted(values));
    }
}
