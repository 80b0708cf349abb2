package io.bursar.stablecoin.web;

import io.bursar.platform.Page;
import io.bursar.platform.Problem;
import io.bursar.stablecoin.PaymentRequestId;
import io.bursar.stablecoin.PaymentStatus;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a list over the API: what is wrong is refused by name, not ignored. */
final class ListParameters {
    private ListParameters() {}

    static int limit(@Nullable String text) {
        if (text == null) {
            return Page.LIMIT_DEFAULT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= Page.LIMIT_MAX) {
                return limit;
            }
        } catch (NumberFormatException notANumber) {
            // The same problem is told below.
        }
        throw Problem.field("limit", "limit_invalid", "The limit must be from 1 to %d.".formatted(Page.LIMIT_MAX))
                .asException();
    }

    static @Nullable PaymentRequestId cursor(@Nullable String text) {
        return text == null
                ? null
                : PaymentRequestId.parse(text)
                        .orElseThrow(() -> Problem.field(
                                        "cursor",
                                        "cursor_invalid",
                                        "The cursor must be the nextCursor of the page before.")
                                .asException());
    }

    static @Nullable PaymentStatus status(@Nullable String text) {
        return text == null
                ? null
                : PaymentStatus.ofWord(text)
                        .orElseThrow(() -> Problem.field(
                                        "status", "status_invalid", "There is no payment status of that name.")
                                .asException());
    }
}
