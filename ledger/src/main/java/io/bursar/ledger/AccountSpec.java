package io.bursar.ledger;

import io.bursar.ledger.AccountKind.OfLots;
import io.bursar.ledger.AccountKind.Single;

/** What an account shall be when it is opened; path, unit and kind never change afterwards. */
public record AccountSpec(AccountPath path, Unit unit, Policy policy, AccountKind kind) {
    /** What posting adds to the path of an account of lots to name a lot. */
    static final String LOT_SEGMENT = "/lot/";

    private static final int LOT_NAME_LENGTH = LOT_SEGMENT.length() + 36;

    public AccountSpec {
        Long floor = policy.floor();
        Long ceiling = policy.ceiling();
        Check.argument(floor == null || floor <= 0, "floor", String.valueOf(floor), "<= 0 while the account is empty");
        Check.argument(ceiling == null || ceiling >= 0, "ceiling", String.valueOf(ceiling), ">= 0 while it is empty");
        Check.argument(!kind.links().contains(path), "linked account", path, "another than the account itself");
        if (kind instanceof OfLots) {
            int length = path.value().length() + LOT_NAME_LENGTH;
            Check.argument(length <= AccountPath.LENGTH_MAX, "path length with a lot", length, "<= 200");
            Check.argument(Policy.floorIsZero(policy), "floor", String.valueOf(floor), "0 for an account of lots");
        }
    }

    public AccountSpec(AccountPath path, Unit unit, Policy policy) {
        this(path, unit, policy, AccountKind.single());
    }

    /** An account that cannot be overdrawn. */
    public static AccountSpec of(String path, Unit unit) {
        return new AccountSpec(new AccountPath(path), unit, Policy.FLOOR_ZERO);
    }

    /** An account that stands for the outside world and may go below zero without limit. */
    public static AccountSpec withoutFloor(String path, Unit unit) {
        return new AccountSpec(new AccountPath(path), unit, Policy.NO_FLOOR);
    }

    /** An account that holds lots, which lapse to another account when their time comes. */
    public static AccountSpec ofLots(String path, Unit unit, String lapsesTo) {
        OfLots kind = new OfLots(new AccountPath(lapsesTo), null);
        return new AccountSpec(new AccountPath(path), unit, Policy.FLOOR_ZERO, kind);
    }

    /** The same, with the account that forced corrections fall back to; it has to be open by then. */
    public AccountSpec owing(AccountPath owed) {
        AccountKind owing = switch (kind) {
            case Single _ -> new Single(owed);
            case OfLots(AccountPath lapsesTo, AccountPath _) -> new OfLots(lapsesTo, owed);
            case AccountKind.Lot _ -> throw new IllegalArgumentException("a lot owes through its parent");
        };
        return new AccountSpec(path, unit, policy, owing);
    }
}
