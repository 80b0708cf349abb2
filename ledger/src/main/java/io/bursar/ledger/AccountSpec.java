package io.bursar.ledger;

/** What an account shall be when it is opened; its path and unit never change afterwards. */
public record AccountSpec(AccountPath path, Unit unit, Policy policy) {
    public AccountSpec {
        Long floor = policy.floor();
        Long ceiling = policy.ceiling();
        Check.argument(floor == null || floor <= 0, "floor", String.valueOf(floor), "<= 0 while the account is empty");
        Check.argument(ceiling == null || ceiling >= 0, "ceiling", String.valueOf(ceiling), ">= 0 while it is empty");
    }

    /** An account that cannot be overdrawn. */
    public static AccountSpec of(String path, Unit unit) {
        return new AccountSpec(new AccountPath(path), unit, Policy.FLOOR_ZERO);
    }

    /** An account that stands for the outside world and may go below zero without limit. */
    public static AccountSpec withoutFloor(String path, Unit unit) {
        return new AccountSpec(new AccountPath(path), unit, Policy.NO_FLOOR);
    }
}
