package io.bursar.ledger.archive;

import java.util.List;

/** A table as it is archived. In another order, or with another column, it is another version of the format. */
enum Section {
    BOOK("book", "id", "id name opened_at"),
    PERIOD("period", "book", "book closed_through ordinal last_hash"),
    PERIOD_CLOSE("period_close", "ordinal", "book ordinal closed_through at actor reason hash"),
    ACCOUNT(
            "account",
            "id",
            "book id path unit_code unit_scale opened_at parent source expires_at owed lapses_to posted pending_debits"
                    + " pending_credits floor ceiling sequence last_at last_hash debit_freezes credit_freezes closed"),
    ACCOUNT_EVENT(
            "account_event",
            "account, sequence",
            "book account sequence kind path unit_code unit_scale parent source expires_at owed lapses_to floor ceiling"
                    + " debit_freezes credit_freezes closed at actor reason hash"),
    TRANSFER(
            "transfer",
            "id",
            "book id debit_account credit_account amount debit_sequence debit_balance credit_sequence credit_balance"
                    + " posted_at effective_date asked_date leg part legs kind reference content_hash settles"
                    + " settle_ordinal remaining expires_at memo actor hash");

    final String table;
    final String order;
    final int width;
    private final String columns;

    Section(String table, String order, String columns) {
        this.table = table;
        this.order = order;
        this.columns = columns;
        width = columns().size();
    }

    List<String> columns() {
        return List.of(columns.split(" "));
    }

    /** The line in front of its rows. The first column of each is the book. */
    String header(long rows) {
        return table + '\t' + rows + '\t' + columns.replace(' ', '\t');
    }
}
