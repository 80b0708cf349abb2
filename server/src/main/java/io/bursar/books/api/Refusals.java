package io.bursar.books.api;

import io.bursar.ledger.Outcome;
import io.bursar.ledger.RejectionReason;
import io.bursar.platform.Problem;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the ledger refuses, as HTTP tells it: the code is the reason's name. 422 is for what names nothing that is there
 * or contradicts it, 409 for what the state forbids now and another state may allow.
 */
final class Refusals {
    private static final int BUSY_RETRY_SECONDS = 1;

    private Refusals() {}

    static Problem of(Outcome.Rejected rejected) {
        RejectionReason reason = rejected.reason();
        Map<String, Object> extra = new LinkedHashMap<>();
        if (reason != RejectionReason.REFERENCE_CONFLICT && reason != RejectionReason.PERIOD_CLOSED) {
            extra.put("leg", rejected.leg());
        }
        return new Problem(status(reason), reason.name().toLowerCase(Locale.ROOT), sentence(reason), extra);
    }

    static Problem unknown() {
        return Problem.unavailable(
                "outcome_unknown",
                "Whether this was posted could not be found out. Send it again with the same key: it posts once.",
                BUSY_RETRY_SECONDS);
    }

    static Problem busy() {
        return Problem.unavailable(
                "ledger_busy", "The ledger is busy and took nothing of this. Send it again.", BUSY_RETRY_SECONDS);
    }

    private static int status(RejectionReason reason) {
        return switch (reason) {
            case UNKNOWN_ACCOUNT, UNIT_MISMATCH, HOLD_UNKNOWN, ORIGINAL_UNKNOWN, BALANCE_OVERFLOW -> 422;
            case REFERENCE_CONFLICT,
                    PERIOD_CLOSED,
                    ACCOUNT_CLOSED,
                    DEBITS_FROZEN,
                    CREDITS_FROZEN,
                    HOLD_SETTLED,
                    HOLD_EXPIRED,
                    HOLD_EXCEEDED,
                    REVERSAL_EXCEEDED,
                    NOT_DUE,
                    INSUFFICIENT_FUNDS,
                    CEILING_EXCEEDED -> 409;
        };
    }

    private static String sentence(RejectionReason reason) {
        return switch (reason) {
            case REFERENCE_CONFLICT -> "This Idempotency-Key was used for other legs or another effective date.";
            case PERIOD_CLOSED -> "The effective date lies in a closed period of the book.";
            case UNKNOWN_ACCOUNT -> "The book has no account of that path.";
            case UNIT_MISMATCH -> "The unit is not the unit of both accounts.";
            case ACCOUNT_CLOSED -> "The account is closed.";
            case DEBITS_FROZEN -> "The debited account is frozen.";
            case CREDITS_FROZEN -> "The credited account is frozen.";
            case HOLD_UNKNOWN -> "The book has no hold of that reference and leg.";
            case HOLD_SETTLED -> "The hold has been committed or released already.";
            case HOLD_EXPIRED -> "The hold has expired.";
            case HOLD_EXCEEDED -> "The hold does not hold that much any more.";
            case ORIGINAL_UNKNOWN -> "The book has no leg of that reference and number that could be reversed.";
            case REVERSAL_EXCEEDED -> "The leg did not move that much, or some of it was reversed already.";
            case NOT_DUE -> "Its time has not come, or nothing is left of it.";
            case INSUFFICIENT_FUNDS -> "The debited account has too little for this.";
            case CEILING_EXCEEDED -> "The credited account would hold more than it may.";
            case BALANCE_OVERFLOW -> "A balance would become larger than the ledger can hold.";
        };
    }
}
