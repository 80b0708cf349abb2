package io.bursar.ledger;

import java.util.regex.Pattern;

/**
 * What an amount counts: a code and how many decimal places one minor unit stands for, such as USD/2, USDC/6 or
 * PTS/0. Two units with one code and different scales are different units.
 */
public record Unit(String code, int scale) {
    public static final int SCALE_MAX = 18;
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    public Unit {
        Check.argument(CODE.matcher(code).matches(), "unit code", code, "1 to 64 of A-Z a-z 0-9 . _ : -");
        Check.argument(scale >= 0 && scale <= SCALE_MAX, "unit scale", scale, "0 to " + SCALE_MAX);
    }

    @Override
    public String toString() {
        return code + "/" + scale;
    }
}
