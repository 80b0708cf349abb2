package io.bursar.ledger.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What an account is, as its newest event says; {@code message} is the row of that event. */
@SuppressWarnings("ArrayRecordComponent") // bytes as they came; nobody compares these
record Facts(
        byte[] message,
        byte[] path,
        byte[] owed,
        byte[] lapsesTo,
        String unit,
        byte[] unitBytes,
        long expiresAt,
        long floor,
        long ceiling,
        boolean debitsFrozen,
        boolean creditsFrozen,
        boolean closed,
        long openedAt) {

    static final List<String> COLUMNS = List.of(
            "path",
            "unit_code",
            "unit_scale",
            "parent",
            "source",
            "expires_at",
            "owed",
            "lapses_to",
            "floor",
            "ceiling",
            "debit_freezes",
            "credit_freezes",
            "closed");

    static final long NEVER = Long.MAX_VALUE;

    private static final byte[] ABSENT = {};

    static final Facts NONE = new Facts(
            ABSENT, ABSENT, ABSENT, ABSENT, "", ABSENT, NEVER, Long.MIN_VALUE, Long.MAX_VALUE, false, false, false, 0);

    /** Reads them from an event, which has them side by side from the path on. */
    static Facts of(Row row, int path, long openedAt) {
        int closed = path + COLUMNS.indexOf("closed");
        return new Facts(
                row.message(),
                row.copy(path),
                textOrAbsent(row, path + COLUMNS.indexOf("owed")),
                textOrAbsent(row, path + COLUMNS.indexOf("lapses_to")),
                unit(row, path).intern(),
                unitBytes(row, path),
                row.numberOr(path + COLUMNS.indexOf("expires_at"), NEVER),
                row.numberOr(path + COLUMNS.indexOf("floor"), Long.MIN_VALUE),
                row.numberOr(path + COLUMNS.indexOf("ceiling"), Long.MAX_VALUE),
                row.elements(path + COLUMNS.indexOf("debit_freezes")) > 0,
                row.elements(path + COLUMNS.indexOf("credit_freezes")) > 0,
                row.flag(closed),
                openedAt);
    }

    private static byte[] textOrAbsent(Row row, int column) {
        return row.isNull(column) ? ABSENT : row.copy(column);
    }

    private static String unit(Row row, int path) {
        return row.text(path + COLUMNS.indexOf("unit_code")) + "/" + row.number(path + COLUMNS.indexOf("unit_scale"));
    }

    /** The unit as it is hashed: its code and its scale. */
    private static byte[] unitBytes(Row row, int path) {
        int code = path + COLUMNS.indexOf("unit_code");
        return new Bytes()
                .column(row, code, Layout.Type.TEXT)
                .column(row, code + 1, Layout.Type.NUMBER)
                .copy();
    }

    /** An account of lots carries their sums and has no transfers of its own. */
    boolean isOfLots() {
        return lapsesTo.length > 0;
    }

    boolean owesTo(Facts other) {
        return owed.length > 0 && Arrays.equals(owed, other.path);
    }

    boolean lapsesTo(Facts other) {
        return isOfLots() && Arrays.equals(lapsesTo, other.path);
    }

    /** The columns that differ between two rows that have them side by side. */
    static List<String> differences(Row one, int path, Row other, int otherPath) {
        List<String> differences = new ArrayList<>();
        for (int column = 0; column < COLUMNS.size(); column++) {
            if (!one.same(path + column, other, otherPath + column)) {
                differences.add(COLUMNS.get(column));
            }
        }
        return differences;
    }
}
