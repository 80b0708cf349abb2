package io.bursar.stablecoin;

import java.util.Locale;

/** What a Transfer to a deposit address turned out to be, measured against what was asked for. */
enum Finding {
    EXACT,
    OVERPAID,
    UNDERPAID,
    /** Mined after the request expired. */
    LATE,
    /** Mined before the request was made. */
    EARLY,
    /** The request had been paid by another Transfer. */
    DUPLICATE,
    /** A token that was not asked for, such as a bridge's look-alike. Never posted. */
    WRONG_TOKEN,
    /** More than the ledger can count. Never posted. */
    AMOUNT_OUT_OF_RANGE;

    /** Whether the request is paid by it. */
    boolean pays() {
        return this == EXACT || this == OVERPAID;
    }

    /** Whether the ledger takes it. */
    boolean bookable() {
        return this != WRONG_TOKEN && this != AMOUNT_OUT_OF_RANGE;
    }

    /** What a proof that led to such a Transfer fails for. */
    ProofReason reason() {
        return switch (this) {
            case EXACT, OVERPAID -> ProofReason.WAITING_FINALITY;
            case UNDERPAID -> ProofReason.WRONG_AMOUNT;
            case LATE -> ProofReason.LATE;
            case EARLY -> ProofReason.EARLY;
            case DUPLICATE -> ProofReason.DUPLICATE;
            case WRONG_TOKEN -> ProofReason.WRONG_TOKEN;
            case AMOUNT_OUT_OF_RANGE -> ProofReason.AMOUNT_OUT_OF_RANGE;
        };
    }

    /** The word that is stored and that programs see. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Finding ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
