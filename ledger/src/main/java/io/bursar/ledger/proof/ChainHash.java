package io.bursar.ledger.proof;

import java.util.List;

/** Derives the hash of a row of one table from its columns and the ends of the chains it continues. */
final class ChainHash {
    private final Layout layout;
    private final Layout.Column[] columns;
    private final byte[] title;
    private final Bytes bytes = new Bytes();

    ChainHash(Layout layout) {
        this.layout = layout;
        List<Layout.Column> all = layout.columns();
        columns = all.subList(0, all.size() - 1).toArray(Layout.Column[]::new);
        title = new Bytes().text(layout.title()).copy();
    }

    /** The bytes of the row alone. */
    Bytes content(Row row) {
        bytes.clear().raw(title);
        for (int index = 0; index < columns.length; index++) {
            Layout.Column column = columns[index];
            if (column.optional()) {
                bytes.optional(row, index, column.type());
            } else {
                bytes.column(row, index, column.type());
            }
        }
        return bytes;
    }

    byte[] of(Row row, byte[] before) {
        return content(row).raw(before).hash();
    }

    byte[] of(Row row, byte[] debtorBefore, byte[] creditorBefore) {
        return content(row).raw(debtorBefore).raw(creditorBefore).hash();
    }

    boolean fits(Row row, byte[] hash) {
        return row.holds(layout.hash(), hash);
    }
}
