package io.bursar.ledger.proof;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The columns of a chained table in the order in which they are hashed, written a second time from the README and not
 * from what posting does. The last column is the hash itself.
 */
final class Layout {
    enum Type {
        ID,
        NUMBER,
        TEXT,
        TEXTS,
        FLAG,
        INSTANT,
        DATE,
        HASH
    }

    record Column(String name, Type type, boolean optional) {}

    static final Layout TRANSFER = new Layout(
            "ledger.transfer",
            "bursar transfer 1",
            "book ID, id ID, debit_account ID, credit_account ID, amount NUMBER, debit_sequence NUMBER,"
                    + " debit_balance NUMBER, credit_sequence NUMBER, credit_balance NUMBER, posted_at INSTANT,"
                    + " effective_date DATE, asked_date DATE?, leg NUMBER, part NUMBER, legs NUMBER, kind TEXT,"
                    + " reference TEXT, content_hash HASH, settles ID?, settle_ordinal NUMBER?, remaining NUMBER?,"
                    + " expires_at INSTANT?, memo TEXT, actor TEXT, hash HASH");
    static final Layout EVENT = new Layout(
            "ledger.account_event",
            "bursar account event 1",
            "book ID, account ID, sequence NUMBER, kind TEXT, path TEXT, unit_code TEXT, unit_scale NUMBER,"
                    + " parent TEXT?, source TEXT?, expires_at INSTANT?, owed TEXT?, lapses_to TEXT?,"
                    + " floor NUMBER?, ceiling NUMBER?, debit_freezes TEXTS, credit_freezes TEXTS, closed FLAG,"
                    + " at INSTANT, actor TEXT, reason TEXT, hash HASH");
    static final Layout PERIOD_CLOSE = new Layout(
            "ledger.period_close",
            "bursar period close 1",
            "book ID, ordinal NUMBER, closed_through DATE, at INSTANT, actor TEXT, reason TEXT, hash HASH");

    private final String table;
    private final String title;
    private final List<Column> columns;

    private Layout(String table, String title, String columns) {
        this.table = table;
        this.title = title;
        this.columns = List.of(columns.split(", ")).stream().map(Layout::column).toList();
    }

    private static Column column(String nameAndType) {
        int space = nameAndType.indexOf(' ');
        String type = nameAndType.substring(space + 1);
        boolean optional = type.endsWith("?");
        return new Column(nameAndType.substring(0, space), Type.valueOf(type.replace("?", "")), optional);
    }

    String table() {
        return table;
    }

    String title() {
        return title;
    }

    List<Column> columns() {
        return columns;
    }

    int hash() {
        return columns.size() - 1;
    }

    int index(String name) {
        for (int index = 0; index < columns.size(); index++) {
            if (columns.get(index).name().equals(name)) {
                return index;
            }
        }
        throw new IllegalArgumentException(table + " has no column " + name);
    }

    Row row() {
        return new Row(columns.size());
    }

    /** The columns as a statement names them. */
    String names(String alias) {
        return columns.stream().map(column -> alias + "." + column.name()).collect(Collectors.joining(", "));
    }
}
