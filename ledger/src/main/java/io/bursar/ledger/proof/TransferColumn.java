package io.bursar.ledger.proof;

/** Where the columns of a transfer are in its row. */
final class TransferColumn {
    static final int ID = at("id");
    static final int DEBIT_ACCOUNT = at("debit_account");
    static final int CREDIT_ACCOUNT = at("credit_account");
    static final int AMOUNT = at("amount");
    static final int DEBIT_SEQUENCE = at("debit_sequence");
    static final int DEBIT_BALANCE = at("debit_balance");
    static final int CREDIT_SEQUENCE = at("credit_sequence");
    static final int CREDIT_BALANCE = at("credit_balance");
    static final int POSTED_AT = at("posted_at");
    static final int EFFECTIVE_DATE = at("effective_date");
    static final int ASKED_DATE = at("asked_date");
    static final int LEG = at("leg");
    static final int PART = at("part");
    static final int LEGS = at("legs");
    static final int KIND = at("kind");
    static final int REFERENCE = at("reference");
    static final int CONTENT_HASH = at("content_hash");
    static final int SETTLES = at("settles");
    static final int SETTLE_ORDINAL = at("settle_ordinal");
    static final int REMAINING = at("remaining");
    static final int EXPIRES_AT = at("expires_at");
    static final int MEMO = at("memo");
    static final int ACTOR = at("actor");
    static final int HASH = at("hash");

    private TransferColumn() {}

    private static int at(String name) {
        return Layout.TRANSFER.index(name);
    }
}
