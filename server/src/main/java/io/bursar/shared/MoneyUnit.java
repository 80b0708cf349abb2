package io.bursar.shared;

import java.util.regex.Pattern;

/** What an amount counts: a code, and how many decimals its minor unit has (USD/2, JPY/0, USDC/6). */
public record MoneyUnit(String code, int scale) {
    public static final int SCALE_MAX = 18;
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9.]{1,15}");

    public MoneyUnit {
        Check.argument(CODE.matcher(code).matches(), "unit code: %s (expected: %s)", code, CODE);
        Check.argument(scale >= 0 && scale <= SCALE_MAX, "unit scale: %s (expected: 0..%s)", scale, SCALE_MAX);
    }

    @Override
    public String toString() {
        return code + "/" + scale;
    }
}
