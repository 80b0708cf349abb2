package io.bursar.ledger.proof;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/** How values of the database are told in a finding. */
final class Text {
    private static final Instant FIRST_INSTANT = Instant.parse("2000-01-01T00:00:00Z");
    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);

    private Text() {}

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static Instant instant(long micros) {
        return FIRST_INSTANT.plus(micros, ChronoUnit.MICROS);
    }

    static LocalDate date(long days) {
        return FIRST_DAY.plusDays(days);
    }
}
