package io.bursar.ledger;

import java.util.regex.Pattern;

/** The readable name of an account within its book, such as {@code merchant/42/wallet/base-usdc}. */
public record AccountPath(String value) {
    public static final int LENGTH_MAX = 200;
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9._:@+~-]+(/[A-Za-z0-9._:@+~-]+)*");

    public AccountPath {
        Check.argument(value.length() <= LENGTH_MAX, "account path length", value.length(), "<= " + LENGTH_MAX);
        Check.argument(
                PATH.matcher(value).matches(), "account path", value, "segments of A-Z a-z 0-9 . _ : @ + ~ - by /");
    }

    public static AccountPath of(String value) {
        return new AccountPath(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
